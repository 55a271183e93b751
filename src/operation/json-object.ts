import { isLosslessNumber } from 'lossless-json'

/** Whether a JSON value is an object: neither an array nor a number that `parseExact` holds as its text. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
