import { isLosslessNumber, LosslessNumber } from '../../operation/json.js'

/** A path's text as a value of the kind that another value of its place has. */
export function typedLike(value: unknown, text: string): unknown {
  const isNumber = typeof value === 'number' || isLosslessNumber(value)
  return isNumber && isNumberText(text) ? new LosslessNumber(text) : text
}

/** RFC 8259 section 6. */
export const isNumberText = (text: string): boolean => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)
