import { isObject } from '../../operation/json-object.js'

/** Carries the name of a schema through @fastify/swagger, which would make its own of an `$id`. */
const NAME = 'x-standin-name'

/** A schema whose parts bear their names in a way that {@link components} finds again. */
export function withNames(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNames)
  if (!isObject(schema)) return schema
  const { $id: id, ...rest } = schema
  const copy = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, withNames(member)]))
  return typeof id === 'string' ? { ...copy, [NAME]: id } : copy
}

/**
 * An OpenAPI document with each schema that has a name once, under `components`, and a reference to
 * it wherever it is used; and with a problem document for whatever is refused.
 */
export function components(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const schemas: Record<string, unknown> = { Problem: PROBLEM }
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named)
    if (!isObject(value)) return value
    const { [NAME]: id, ...rest } = value
    const copy = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, named(member)]))
    if (typeof id !== 'string') return copy
    schemas[id] = copy
    return { $ref: `#/components/schemas/${id}` }
  }
  const paths = named(document['paths'])
  for (const item of Object.values(isObject(paths) ? paths : {})) {
    for (const operation of Object.values(isObject(item) ? item : {})) addProblem(operation)
  }
  const known = isObject(document['components']) ? document['components'] : {}
  const inOrder = Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { ...document, paths, components: { ...known, schemas: inOrder } }
}

function addProblem(operation: unknown): void {
  const responses = isObject(operation) ? operation['responses'] : undefined
  if (!isObject(responses)) return
  responses['default'] = {
    description: 'Refused, and why',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  for (const [status, response] of Object.entries(responses)) {
    if (!isObject(response)) continue
    if (status === '204') delete response['content']
    if (response['description'] === 'Default Response')
      response['description'] = DESCRIPTIONS[status] ?? 'Done'
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Made', 204: 'Done' }

/** RFC 9457. */
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'One of those in /_standin/errors' },
    pointer: { type: 'string', description: 'JSON pointer to the member that is meant' },
  },
}
