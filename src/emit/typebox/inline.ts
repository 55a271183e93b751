import type { ApiDescription } from '../../operation/description.js'
import { isObject } from '../../operation/json-object.js'
import type { MediaType, Operation, Parameter, ResponseHeader } from '../../operation/operation.js'
import { fragmentTokens, valueAt } from './pointer.js'

type Documents = ApiDescription['documents']

/**
 * The operations with the schemas that stand in their own part of a document (`#/paths/...`, or in a
 * shared parameter) in place of the references to them. Named schemas, which others refer to as well,
 * stay references.
 */
export function inlineSchemas(operations: readonly Operation[], documents: Documents): Operation[] {
  const inline = <Part extends { readonly schema?: unknown }>(part: Part): Part =>
    part.schema === undefined ? part : { ...part, schema: target(part.schema, documents) }
  const content = (media: readonly MediaType[]): MediaType[] => media.map(inline)
  const parameters = (all: readonly Parameter[]): Parameter[] => all.map(inline)
  const headers = (all: readonly ResponseHeader[]): ResponseHeader[] => all.map(inline)
  return operations.map((operation) => {
    const { requestBody } = operation
    return {
      ...operation,
      parameters: parameters(operation.parameters),
      ...(requestBody && {
        requestBody: {
          ...requestBody,
          content: content(requestBody.content),
          ...(requestBody.parameters && { parameters: parameters(requestBody.parameters) }),
        },
      }),
      responses: operation.responses.map((response) => ({
        ...response,
        headers: headers(response.headers),
        content: content(response.content),
      })),
    }
  })
}

function target(schema: unknown, documents: Documents): unknown {
  let found = schema
  // Bounded, since references may lead in a circle.
  for (let step = 0; step < 10; step++) {
    const reference = onlyReference(found)
    const next = reference === undefined ? undefined : unnamed(reference, documents)
    if (next === undefined) return found
    found = next
  }
  return schema
}

const onlyReference = (schema: unknown): string | undefined =>
  isObject(schema) && typeof schema['$ref'] === 'string' && Object.keys(schema).length === 1
    ? schema['$ref']
    : undefined

/** What a reference points to, where that has no name of its own. */
function unnamed(reference: string, documents: Documents): unknown {
  const hash = reference.indexOf('#')
  const tokens = fragmentTokens(reference.slice(hash + 1))
  if (hash === -1 || !tokens || tokens.length === 0) return undefined
  const named = tokens[0] === 'components' && tokens[1] === 'schemas'
  return named ? undefined : valueAt(documents[reference.slice(0, hash)], tokens)
}
