/** The objects of an OpenAPI document that hold, at any depth, schemas or references to each other. */
export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'response'
  | 'header'
  | 'mediaType'
  | 'encoding'
  | 'callback'
  | 'example'
  | 'schema'

/** What stands under a member: one object, a map of them by name, or a list. */
export interface Shape {
  readonly kind: Kind
  readonly many?: 'map' | 'list'
}

const one = (kind: Kind): Shape => ({ kind })
const map = (kind: Kind): Shape => ({ kind, many: 'map' })
const list = (kind: Kind): Shape => ({ kind, many: 'list' })

const under = (shape: Shape, keys: readonly string[]): Record<string, Shape> =>
  Object.fromEntries(keys.map((key) => [key, shape]))

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

const shapes: Readonly<Record<Kind, Readonly<Record<string, Shape>>>> = {
  document: {
    paths: map('pathItem'),
    webhooks: map('pathItem'),
    components: one('components'),
    definitions: map('schema'),
    parameters: map('parameter'),
    responses: map('response'),
  },
  components: {
    schemas: map('schema'),
    responses: map('response'),
    parameters: map('parameter'),
    requestBodies: map('requestBody'),
    headers: map('header'),
    pathItems: map('pathItem'),
    callbacks: map('callback'),
    mediaTypes: map('mediaType'),
    examples: map('example'),
  },
  pathItem: {
    parameters: list('parameter'),
    additionalOperations: map('operation'),
    ...under(one('operation'), METHODS),
  },
  operation: {
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: map('response'),
    callbacks: map('callback'),
  },
  parameter: { schema: one('schema'), content: map('mediaType'), examples: map('example') },
  requestBody: { content: map('mediaType') },
  response: { headers: map('header'), content: map('mediaType'), schema: one('schema') },
  header: { schema: one('schema'), content: map('mediaType'), examples: map('example') },
  mediaType: {
    schema: one('schema'),
    itemSchema: one('schema'),
    encoding: map('encoding'),
    examples: map('example'),
  },
  encoding: { headers: map('header') },
  // Its value is data.
  example: {},
  // A callback is itself a map of path items, by expression.
  callback: {},
  schema: {
    ...under(map('schema'), ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']),
    ...under(list('schema'), ['allOf', 'anyOf', 'oneOf', 'prefixItems']),
    ...under(one('schema'), [
      'items',
      'contains',
      'unevaluatedItems',
      'additionalProperties',
      'propertyNames',
    ]),
    ...under(one('schema'), ['unevaluatedProperties', 'not', 'if', 'then', 'else', 'contentSchema']),
  },
}

/**
 * Of each kind, the members that lead on. Taken from the fixed fields of OpenAPI 2.0, 3.0, 3.1 and 3.2, and
 * of JSON Schema 2020-12 those keywords whose values are schemas. What is not listed is data: a `$ref`
 * within it is a word like any other.
 */
export const grammar: ReadonlyMap<string, ReadonlyMap<string, Shape>> = new Map(
  Object.entries(shapes).map(([kind, members]) => [kind, new Map(Object.entries(members))]),
)
