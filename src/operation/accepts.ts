import { type TSchema, TypeGuard } from '@sinclair/typebox'
import { isLosslessNumber } from './json.js'

export type JsonKind = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

/** The kind of a value from `parseExact`; by the digits as written 14 is an integer and 14.0 a number. */
export function kindOf(value: unknown): JsonKind {
  if (value === null) return 'null'
  if (isLosslessNumber(value)) return /^-?\d+$/.test(value.value) ? 'integer' : 'number'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'string') return 'string'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}

const FORMATS: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i,
}

/**
 * Whether a declared schema, as one row of a table gives it, allows a value. It knows the keywords
 * that such schemas have; members of objects are not looked into, they have rows of their own.
 */
export function accepts(schema: TSchema, value: unknown): boolean {
  if (TypeGuard.IsUnion(schema)) return schema.anyOf.some((one) => accepts(one, value))
  if (TypeGuard.IsLiteral(schema))
    return isLosslessNumber(value) ? Number(value.value) === schema.const : value === schema.const
  const kind = kindOf(value)
  const wanted: unknown = schema['type']
  if (typeof wanted === 'string' && wanted !== kind && !(wanted === 'number' && kind === 'integer'))
    return false
  if (typeof value === 'string') return acceptsText(schema, value)
  if (isLosslessNumber(value)) return acceptsNumber(schema, Number(value.value))
  if (Array.isArray(value) && TypeGuard.IsArray(schema)) {
    const { items } = schema
    return value.every((item) => accepts(items, item))
  }
  return true
}

const limit = (schema: TSchema, keyword: string, otherwise: number): number => {
  const given: unknown = schema[keyword]
  return typeof given === 'number' ? given : otherwise
}

function acceptsText(schema: TSchema, text: string): boolean {
  const pattern: unknown = schema['pattern']
  const format: unknown = schema['format']
  return (
    lengthUpTo(text, limit(schema, 'maxLength', Infinity) + 1) <= limit(schema, 'maxLength', Infinity) &&
    lengthUpTo(text, limit(schema, 'minLength', 0)) >= limit(schema, 'minLength', 0) &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text)) &&
    (typeof format !== 'string' || (FORMATS[format]?.test(text) ?? true))
  )
}

/** Length in code points, as JSON Schema counts, as far as it matters. */
function lengthUpTo(text: string, most: number): number {
  if (most === Infinity || most === 0) return 0
  let length = 0
  for (const _ of text) if (++length >= most) break
  return length
}

const acceptsNumber = (schema: TSchema, value: number): boolean =>
  value >= limit(schema, 'minimum', -Infinity) &&
  value <= limit(schema, 'maximum', Infinity) &&
  value > limit(schema, 'exclusiveMinimum', -Infinity)
