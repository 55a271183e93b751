import { isObject } from '../../operation/json-object.js'
import { equal } from '../../operation/equal.js'
import { admitsArray, admitsObject } from './admits-members.js'
import { admitsNumber, admitsString } from './admits-scalar.js'
import { allowedValues, referenced, schemaAt, schemasAt } from './keywords.js'
import type { Located, Resolve, SchemaObject } from './located.js'
import { declaredTypes, typeOfValue } from './types.js'

/** Whose members a value may have: a response holds none that are `writeOnly`, a request none that are `readOnly`. */
export type Direction = 'request' | 'response'

export interface AdmitContext {
  readonly resolve: Resolve
  /** Where set, members of the other direction are not asked for even if `required` (OpenAPI 3.1 section 4.8.24). */
  readonly direction?: Direction | undefined
}

/**
 * Whether a value meets a schema, read directly and not compiled: for choosing between readings
 * and between alternatives, where thousands of small schemas are asked once each. It leaves out
 * `unevaluatedProperties` and `unevaluatedItems`; Ajv has the last word on every message.
 */
export function admits(
  located: Located,
  value: unknown,
  context: AdmitContext,
  path: readonly SchemaObject[] = [],
): boolean {
  const { schema } = located
  if (typeof schema === 'boolean') return schema
  // References that lead in circles without ever reaching into the value.
  if (path.includes(schema)) return true
  const inner = [...path, schema]
  const test = (part: Located): boolean => admits(part, value, context, inner)
  const testMember = (part: Located, member: unknown): boolean => admits(part, member, context)
  const type = typeOfValue(value)
  const types = declaredTypes(schema)
  if (types && (!type || !types.has(type))) return false
  const values = allowedValues(schema)
  if (values && !values.some((allowed) => equal(allowed, value))) return false
  if (typeof value === 'number' && !admitsNumber(schema, value)) return false
  if (typeof value === 'string' && !admitsString(schema, value)) return false
  if (Array.isArray(value) && !admitsArray(located, value, testMember)) return false
  if (isObject(value) && !admitsObject(located, value, testMember, test, context)) return false
  const target = referenced(located, context.resolve)
  return (!target || test(target)) && admitsCombination(located, test)
}

function admitsCombination(located: Located, test: (part: Located) => boolean): boolean {
  if (!schemasAt(located, 'allOf').every((part) => test(part))) return false
  const any = schemasAt(located, 'anyOf')
  if (any.length > 0 && !any.some((part) => test(part))) return false
  const one = schemasAt(located, 'oneOf')
  if (one.length > 0 && one.filter((part) => test(part)).length !== 1) return false
  const not = schemaAt(located, 'not')
  if (not && test(not)) return false
  const condition = schemaAt(located, 'if')
  const consequence = condition && schemaAt(located, test(condition) ? 'then' : 'else')
  return !consequence || test(consequence)
}
