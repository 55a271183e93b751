/** Get Token's page: at most 19 digits, more than a JavaScript number holds. */
const MAX_DIGITS = 19

/** A JSON number without a sign: whole part, fraction, exponent (RFC 8259 section 6). */
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/**
 * The digits of an account number from the text of a JSON number, none lost and none added:
 * `100`, `100.0` and `1e2` are the same account. Undefined where it is not a whole number of 19
 * digits at most.
 */
export function accountNumberOf(text: string): string | undefined {
  const [, whole, fraction = '', exponent = '0'] = NUMBER.exec(text) ?? []
  if (whole === undefined) return undefined
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  if (digits === '') return '0'
  if (text.startsWith('-')) return undefined
  const shift = Number(exponent) - fraction.length
  if (digits.length + shift > MAX_DIGITS || digits.length + shift < 1) return undefined
  if (shift >= 0) return digits + '0'.repeat(shift)
  return /^0+$/.test(digits.slice(shift)) ? digits.slice(0, shift) : undefined
}
