import { referenced, recordOf, regularExpression, schemaAt, schemasAt } from './keywords.js'
import { type Located, type Resolve, type SchemaObject, within } from './located.js'

/**
 * A schema with all that its references and combinations lead to: everything that may have
 * something to say of a value's members. Alternatives count as well as conditions.
 */
export function* partsOf(
  located: Located,
  resolve: Resolve,
  seen = new Set<SchemaObject>(),
): Generator<Located> {
  if (typeof located.schema === 'boolean' || seen.has(located.schema)) return
  seen.add(located.schema)
  yield located
  const target = referenced(located, resolve)
  if (target) yield* partsOf(target, resolve, seen)
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const part of schemasAt(located, keyword)) yield* partsOf(part, resolve, seen)
  }
  for (const keyword of ['then', 'else']) {
    const part = schemaAt(located, keyword)
    if (part) yield* partsOf(part, resolve, seen)
  }
}

/** The schemas that one schema object itself has for a member: AND, JSON Schema 2020-12 core, section 10.3.2. */
export function ownPropertySchemas(located: Located, name: string): Located[] {
  const { schema } = located
  if (typeof schema === 'boolean') return []
  const properties = recordOf(schema, 'properties')
  const schemas = Object.hasOwn(properties, name) ? [within(located, properties[name])] : []
  for (const [pattern, member] of Object.entries(recordOf(schema, 'patternProperties'))) {
    if (regularExpression(pattern)?.test(name)) schemas.push(within(located, member))
  }
  const rest = schemas.length === 0 ? schemaAt(located, 'additionalProperties') : undefined
  return rest ? [rest] : schemas
}

/** The schema that one schema object itself has for an item: section 10.3.1. */
export function ownItemSchema(located: Located, index: number): Located | undefined {
  return schemasAt(located, 'prefixItems')[index] ?? schemaAt(located, 'items')
}

/** The names that a schema documents, in their order. */
export function propertyNames(located: Located, resolve: Resolve): Set<string> {
  const names = new Set<string>()
  for (const part of partsOf(located, resolve)) {
    for (const name of Object.keys(recordOf(part.schema, 'properties'))) names.add(name)
  }
  return names
}
