import { isLosslessNumber } from '../../operation/json.js'

/** The text of a scalar as a URL has it, all digits kept; undefined for null, objects and lists. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (isLosslessNumber(value)) return value.value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  return undefined
}

/** A JSON object of any kind, numbers that keep their digits excepted. */
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)

/** Whether two values are the same JSON, numbers by value. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    )
  }
  if (typeof a === 'string' || typeof b === 'string') return a === b
  const [one, other] = [scalarText(a), scalarText(b)]
  if (one === undefined || other === undefined) return a === b
  return one === other || (typeof a !== 'boolean' && typeof b !== 'boolean' && Number(one) === Number(other))
}
