import { equal } from '../../operation/equal.js'
import type { AdmitContext } from './admits.js'
import { numberOf, recordOf, schemaAt, stringsOf } from './keywords.js'
import { type Located, within } from './located.js'
import { ownItemSchema, ownPropertySchemas } from './members.js'
import { leftOut } from './visibility.js'

type Test = (part: Located, value: unknown) => boolean

/** 2020-12 validation, section 6.4, and core, section 10.3.1. */
export function admitsArray(located: Located, items: readonly unknown[], test: Test): boolean {
  const { schema } = located
  if (typeof schema === 'boolean') return schema
  if (items.length < (numberOf(schema, 'minItems') ?? 0)) return false
  if (items.length > (numberOf(schema, 'maxItems') ?? Infinity)) return false
  if (schema['uniqueItems'] === true && !allDifferent(items)) return false
  const contains = schemaAt(located, 'contains')
  if (contains) {
    const count = items.filter((item) => test(contains, item)).length
    if (
      count < (numberOf(schema, 'minContains') ?? 1) ||
      count > (numberOf(schema, 'maxContains') ?? Infinity)
    ) {
      return false
    }
  }
  return items.every((item, index) => {
    const member = ownItemSchema(located, index)
    return !member || test(member, item)
  })
}

const allDifferent = (items: readonly unknown[]): boolean =>
  items.every((item, index) => !items.slice(index + 1).some((other) => equal(item, other)))

/** 2020-12 validation, section 6.5, and core, section 10.3.2. */
export function admitsObject(
  located: Located,
  value: Readonly<Record<string, unknown>>,
  test: Test,
  testWhole: (part: Located) => boolean,
  context: AdmitContext,
): boolean {
  const { schema } = located
  if (typeof schema === 'boolean') return schema
  const names = Object.keys(value)
  if (names.length < (numberOf(schema, 'minProperties') ?? 0)) return false
  if (names.length > (numberOf(schema, 'maxProperties') ?? Infinity)) return false
  const lacks = (name: string): boolean =>
    !Object.hasOwn(value, name) &&
    !ownPropertySchemas(located, name).some((member) => leftOut(member, context))
  if (stringsOf(schema, 'required').some(lacks)) return false
  const nameSchema = schemaAt(located, 'propertyNames')
  if (nameSchema && !names.every((name) => test(nameSchema, name))) return false
  for (const [name, dependents] of Object.entries(recordOf(schema, 'dependentRequired'))) {
    if (Object.hasOwn(value, name) && Array.isArray(dependents) && dependents.some(lacks)) return false
  }
  for (const [name, dependent] of Object.entries(recordOf(schema, 'dependentSchemas'))) {
    if (Object.hasOwn(value, name) && !testWhole(within(located, dependent))) return false
  }
  return names.every((name) => ownPropertySchemas(located, name).every((member) => test(member, value[name])))
}
