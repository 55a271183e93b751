import { isLosslessNumber } from '../../operation/json.js'
import { array, type Expression, name, number, object, string } from '../typescript/expression.js'

/** A JSON value as a literal. What JSON does not have (undefined members) is left out, as JSON.stringify would. */
export function literal(value: unknown): Expression {
  if (typeof value === 'string') return string(value)
  if (typeof value === 'number') return number(value)
  if (isLosslessNumber(value)) return number(Number(value.value))
  if (Array.isArray(value)) return array(value.map(literal))
  if (typeof value === 'object' && value !== null) {
    return object(
      Object.entries(value).flatMap(([key, member]) =>
        member === undefined ? [] : [[key, literal(member)] as const],
      ),
    )
  }
  return name(String(value))
}
