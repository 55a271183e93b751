import { isLosslessNumber } from '../operation/json.js'

export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object'

/** The kind of a value from `parseExact` or of a plain one. */
export function kindOf(value: unknown): JsonKind | undefined {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isLosslessNumber(value)) return 'number'
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return undefined
  return typeof value === 'bigint' ? 'number' : (typeof value as JsonKind)
}

export const isObject = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'object'

/** The member of an object, its own only. */
export const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** JSON Schema's integer: `14.0` is one. */
export function isIntegral(value: unknown): boolean {
  return kindOf(value) === 'number' && Number.isInteger(Number(isLosslessNumber(value) ? value.value : value))
}

export const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1')
export const unescapePointer = (segment: string): string =>
  segment.replaceAll('~1', '/').replaceAll('~0', '~')
