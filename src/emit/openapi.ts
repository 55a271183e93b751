import type { ApiDescription, SecurityScheme } from '../operation/description.js'
import { parseExact } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import type {
  Example,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
} from '../operation/operation.js'
import { formatSource } from '../operation/source.js'

/**
 * OpenAPI 3.1.1 objects from the model. Examples, origins (`x-source`) and what the docs leave open
 * (`x-undocumented`) are in them. Values may hold LosslessNumber, so print them with stringifyExact.
 */
export type OpenApiObject = Record<string, unknown>

/** Info, security schemes and the schema documents' shared part; paths are added by whoever knows the routes. */
export function documentFrame(description: ApiDescription): OpenApiObject {
  return {
    openapi: '3.1.1',
    info: {
      title: description.title,
      version: description.version ?? '0',
      ...(description.summary !== undefined && { description: description.summary }),
    },
    components: {
      securitySchemes: Object.fromEntries(
        Object.entries(description.securitySchemes).map(([id, scheme]) => [id, securityScheme(scheme)]),
      ),
    },
  }
}

/** An Operation Object, section 4.8.10. */
export function operationObject(operation: Operation): OpenApiObject {
  const { summary, description, deprecated, tags, security, resultCodes, requestBody } = operation
  return {
    operationId: operation.operationId,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    ...(tags !== undefined && { tags }),
    ...(operation.parameters.length > 0 && { parameters: operation.parameters.map(parameterObject) }),
    ...(requestBody && { requestBody: requestBodyObject(requestBody) }),
    responses: Object.fromEntries(
      operation.responses.map((response) => [response.status, responseObject(response)]),
    ),
    ...(security !== undefined && { security }),
    ...(resultCodes.length > 0 && {
      'x-result-codes': resultCodes.map((code) => ({ ...code, source: formatSource(code.source) })),
    }),
    'x-source': formatSource(operation.source),
    ...(operation.sources.length > 1 && { 'x-sources': operation.sources.map(formatSource) }),
  }
}

function parameterObject(parameter: Parameter): OpenApiObject {
  const {
    in: place,
    name,
    description,
    deprecated,
    style,
    explode,
    allowReserved,
    mediaType,
    wholeQuery,
  } = parameter
  return {
    name,
    in: place,
    ...(description !== undefined && { description }),
    ...((place === 'path' || parameter.required !== undefined) && {
      required: place === 'path' || parameter.required,
    }),
    ...(deprecated !== undefined && { deprecated }),
    ...(style !== undefined && { style }),
    ...(explode !== undefined && { explode }),
    ...(allowReserved !== undefined && { allowReserved }),
    ...(mediaType === undefined
      ? { schema: parameter.schema, ...(parameter.example !== undefined && { example: parameter.example }) }
      : { content: { [mediaType]: { schema: parameter.schema } } }),
    // 3.1 has no place for it.
    ...(wholeQuery !== undefined && { 'x-in': 'querystring' }),
    'x-source': formatSource(parameter.source),
  }
}

function requestBodyObject(body: RequestBody): OpenApiObject {
  return {
    ...(body.description !== undefined && { description: body.description }),
    ...(body.required !== undefined && { required: body.required }),
    content: contentObject(body.content),
    'x-source': formatSource(body.source),
  }
}

function responseObject(response: Response): OpenApiObject {
  return {
    description: response.description ?? '',
    ...(response.headers.length > 0 && {
      headers: Object.fromEntries(
        response.headers.map(({ name, description, required, schema }) => [
          name,
          {
            ...(description !== undefined && { description }),
            ...(required !== undefined && { required }),
            schema,
          },
        ]),
      ),
    }),
    ...(response.content.length > 0 && { content: contentObject(response.content) }),
    ...(response.undocumentedBody !== undefined && { 'x-undocumented': response.undocumentedBody }),
    'x-source': formatSource(response.source),
  }
}

const contentObject = (content: readonly MediaType[]): OpenApiObject =>
  Object.fromEntries(
    content.map(({ mediaType, schema, examples, encoding }) => [
      mediaType,
      {
        ...(schema !== undefined && { schema }),
        ...(examples.length > 0 && {
          examples: Object.fromEntries(examples.map((example) => [example.name, exampleObject(example)])),
        }),
        ...(encoding !== undefined && { encoding }),
      },
    ]),
  )

function exampleObject(example: Example): OpenApiObject {
  return {
    ...(example.summary !== undefined && { summary: example.summary }),
    value: isJson(example.mediaType) && example.origin !== 'text' ? parseExact(example.text) : example.text,
    'x-source': formatSource(example.source),
    ...(example.origin !== 'documented' && { 'x-origin': example.origin }),
    ...(example.repairs.length > 0 && {
      'x-repairs': example.repairs.map(({ kind, source }) => `${kind} at ${formatSource(source)}`),
    }),
  }
}

const securityScheme = ({
  type,
  in: place,
  name,
  scheme,
  description,
  rest,
}: SecurityScheme): OpenApiObject => ({
  type,
  ...(place !== undefined && { in: place }),
  ...(name !== undefined && { name }),
  ...(scheme !== undefined && { scheme }),
  ...(description !== undefined && { description }),
  ...rest,
})
