import { isLosslessNumber, parse, stringify } from 'lossless-json'

/**
 * JSON that keeps its digits. A number is held as its text (`LosslessNumber`), so that `14.0` and
 * integers past 2^53 come out as they went in. Throws `SyntaxError` on text that is not strict JSON.
 */
export const parseExact = (text: string): unknown =>
  parse(text, undefined, { onDuplicateKey: ({ newValue }) => newValue })

/** The text of a value from {@link parseExact}, or of any plain JSON value. `indent` in spaces, as in JSON.stringify. */
export function stringifyExact(value: unknown, indent?: number): string {
  const text = stringify(value, undefined, indent)
  if (text === undefined) throw new TypeError('The value has no JSON form')
  return text
}

/** The same value with plain JavaScript numbers, as JSON.parse would have given it. */
export function toPlain(value: unknown): unknown {
  if (isLosslessNumber(value)) return Number(value.value)
  if (Array.isArray(value)) return value.map(toPlain)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)]))
  }
  return value
}

export { isLosslessNumber, LosslessNumber } from 'lossless-json'
