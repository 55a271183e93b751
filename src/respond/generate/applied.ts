import { recordOf, referenced, schemaAt, schemasAt } from '../schema/keywords.js'
import { type Located, type Resolve, type SchemaObject, within } from '../schema/located.js'
import { typesOf } from '../schema/types.js'
import { Unsatisfiable } from './unsatisfiable.js'

/**
 * Every schema object that a value has to meet once a choice is made among the alternatives:
 * references followed, `allOf` joined, one of `anyOf` and of `oneOf` taken, one side of `if`.
 */
export function applied(
  schemas: readonly Located[],
  shift: number,
  path: string,
  resolve: Resolve,
): Located[] {
  const parts: Located[] = []
  const seen = new Set<SchemaObject>()
  const visit = (located: Located): void => {
    const { schema } = located
    if (schema === false) throw new Unsatisfiable(path, 'the schema allows nothing')
    if (schema === true || seen.has(schema)) return
    seen.add(schema)
    parts.push(located)
    const target = referenced(located, resolve)
    if (target) visit(target)
    for (const part of schemasAt(located, 'allOf')) visit(part)
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const chosen = choose(schemasAt(located, keyword), shift, resolve)
      if (chosen) visit(chosen)
    }
    const condition = schemaAt(located, 'if')
    if (condition) {
      const consequence = schemaAt(located, shift % 2 === 0 ? 'then' : 'else')
      if (shift % 2 === 0) visit(condition)
      if (consequence) visit(consequence)
    }
    // Their triggers are members like others, and all members are shown.
    for (const dependent of Object.values(recordOf(schema, 'dependentSchemas'))) {
      if (shift % 3 === 0 && dependent !== false) visit(within(located, dependent))
    }
  }
  for (const schema of schemas) visit(schema)
  return parts
}

/** In the order of the description, but what says something goes before null. */
function choose(alternatives: readonly Located[], shift: number, resolve: Resolve): Located | undefined {
  if (alternatives.length === 0) return undefined
  const isNull = (part: Located): boolean => {
    const types = typesOf(part, resolve)
    return types?.size === 1 && types.has('null')
  }
  const ordered = [...alternatives.filter((part) => !isNull(part)), ...alternatives.filter(isNull)]
  return ordered[shift % ordered.length]
}

/** How many choices there are at most, so that a search knows when it has seen all. */
export function choices(schemas: readonly Located[], resolve: Resolve): number {
  let most = 1
  const seen = new Set<SchemaObject>()
  const visit = (located: Located): void => {
    if (typeof located.schema === 'boolean' || seen.has(located.schema)) return
    seen.add(located.schema)
    const target = referenced(located, resolve)
    if (target) visit(target)
    if ('if' in located.schema || 'not' in located.schema) most = Math.max(most, 4)
    if ('dependentSchemas' in located.schema) most = Math.max(most, 3)
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      const parts = schemasAt(located, keyword)
      if (keyword !== 'allOf') most = Math.max(most, Math.min(parts.length, 16))
      for (const part of parts) visit(part)
    }
  }
  for (const schema of schemas) visit(schema)
  return most
}
