import { isLosslessNumber } from 'lossless-json'
import { isObject } from './json-object.js'

/**
 * Whether two JSON values are equal as JSON Schema sees it: the order of members does not count, and numbers
 * are equal by their value, `1.0` and `1`. Our own, since the usual `fast-deep-equal` takes members that are
 * called `valueOf` or `toString` for methods, and calls them.
 */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (isLosslessNumber(one) || isLosslessNumber(other)) return numberOf(one) === numberOf(other)
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => equal(item, other[index]))
    )
  }
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && equal(one[name], other[name]))
  )
}

/** Integers past 2^53 keep all their digits. */
function numberOf(value: unknown): unknown {
  if (!isLosslessNumber(value)) return value
  const number = Number(value.value)
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(value.value) ? number : BigInt(value.value)
}
