import { readFileSync } from 'node:fs'
import type { TSchema } from '@sinclair/typebox'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { ApiDescription } from '../../../src/operation/description.js'
import type { Operation } from '../../../src/operation/operation.js'
import { type OpenApiOptions, readOpenApi } from '../../../src/parse/openapi/read-openapi.js'

const CASES = 'fixtures/openapi-cases'

/** Reads one of the committed cases, with the files beside it. */
export const readCase = (name: string, options?: OpenApiOptions): ApiDescription =>
  readOpenApi(
    { path: `${CASES}/${name}`, text: readFileSync(`${CASES}/${name}`, 'utf8') },
    {
      read: (path) => {
        try {
          return readFileSync(path, 'utf8')
        } catch {
          return undefined
        }
      },
    },
    options,
  )

/** Reads the first of some files held in memory. */
export function readFiles(files: Record<string, string>, options?: OpenApiOptions): ApiDescription {
  const [path = '', text = ''] = Object.entries(files)[0] ?? []
  return readOpenApi({ path, text }, { read: (asked) => files[asked] }, options)
}

export const readValue = (document: unknown, options?: OpenApiOptions): ApiDescription =>
  readFiles({ 'api.json': JSON.stringify(document, undefined, 2) }, options)

export function operation(description: ApiDescription, id: string): Operation {
  const found = description.operations.find(({ operationId }) => operationId === id)
  if (found === undefined) throw new Error(`There is no operation ${id}`)
  return found
}

/** Compiles schemas of a description the way a server does: documents once, whatever else they hold. */
export function compiler(description: ApiDescription): (schema: TSchema | undefined) => ValidateFunction {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    validateFormats: false,
    logger: false,
    code: { regExp: tolerantRegExp },
  })
  for (const [id, document] of Object.entries(description.documents)) {
    if (typeof document === 'object' && document !== null) ajv.addSchema(document, id)
  }
  return (schema) => {
    if (schema === undefined) throw new Error('There is no schema')
    return ajv.compile(schema)
  }
}

/** An OpenAPI document around one schema, which is that of the reply to `GET /`. */
export const withSchema = (version: string, schema: unknown, components: unknown = {}): object => ({
  openapi: version,
  info: { title: 'Cases', version: '1' },
  paths: {
    '/': {
      get: {
        operationId: 'get',
        responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
      },
    },
  },
  components,
})

export function replySchema(description: ApiDescription): TSchema {
  const schema = operation(description, 'get').responses[0]?.content[0]?.schema
  if (schema === undefined) throw new Error('The reply has no schema')
  return schema
}

/** Patterns of real descriptions are often no patterns under the `u` flag. */
function tolerantRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return new RegExp(pattern)
  }
}
tolerantRegExp.code = 'new RegExp'
