import { allowedValues, referenced, schemasAt } from './keywords.js'
import type { Located, Resolve, SchemaObject } from './located.js'

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object'
const NAMES: ReadonlySet<unknown> = new Set<JsonType>([
  'string',
  'number',
  'integer',
  'boolean',
  'null',
  'array',
  'object',
])
const isJsonType = (name: unknown): name is JsonType => NAMES.has(name)

/** The type of a value in JSON Schema's words; whole numbers are integers (2020-12 core, section 4.2.1). */
export function typeOfValue(value: unknown): JsonType | undefined {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  const type: unknown = typeof value
  return isJsonType(type) ? type : undefined
}

/** Those that `type` names; `number` includes `integer`. Undefined where there is no such keyword. */
export function declaredTypes(schema: SchemaObject): Set<JsonType> | undefined {
  const { type } = schema
  if (type === undefined) return undefined
  const types = new Set((Array.isArray(type) ? type : [type]).filter(isJsonType))
  if (types.has('number')) types.add('integer')
  return types
}

/**
 * The types that a schema leaves open, seen through references and combinations; undefined where it
 * does not say. Where nothing names a type, `properties` and `items` are taken to mean one.
 */
export function typesOf(
  located: Located,
  resolve: Resolve,
  path: readonly SchemaObject[] = [],
): Set<JsonType> | undefined {
  const { schema } = located
  if (typeof schema === 'boolean' || path.includes(schema)) return undefined
  const inner = [...path, schema]
  let types = declaredTypes(schema)
  const narrow = (more: Set<JsonType> | undefined): void => {
    if (more) types = new Set([...more].filter((type) => types?.has(type) ?? true))
  }
  const values = allowedValues(schema)
  if (values) narrow(new Set(values.map(typeOfValue).filter((type) => type !== undefined)))
  const target = referenced(located, resolve)
  if (target) narrow(typesOf(target, resolve, inner))
  for (const part of schemasAt(located, 'allOf')) narrow(typesOf(part, resolve, inner))
  for (const keyword of ['anyOf', 'oneOf'] as const)
    narrow(typesOfAny(schemasAt(located, keyword), resolve, inner))
  if (types) return types
  if ('properties' in schema || 'additionalProperties' in schema) return new Set(['object'])
  return 'items' in schema || 'prefixItems' in schema ? new Set(['array']) : undefined
}

/** The types that any of the schemas leaves open. */
export function typesOfAny(
  schemas: readonly Located[],
  resolve: Resolve,
  path: readonly SchemaObject[] = [],
): Set<JsonType> | undefined {
  if (schemas.length === 0) return undefined
  const types = new Set<JsonType>()
  for (const schema of schemas) {
    const more = typesOf(schema, resolve, path)
    if (!more) return undefined
    for (const type of more) types.add(type)
  }
  return types
}
