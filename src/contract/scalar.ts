import { isLosslessNumber } from '../operation/json.js'
import type { Flat, Part } from './flatten.js'
import { FORMAT_PATTERNS, lengthPattern, portablePattern } from './pattern.js'
import { oneOfTexts } from './rules.js'
import type { Limits } from './unsupported.js'
import { type JsonKind, isIntegral, kindOf, memberOf } from './value.js'

export type ScalarType = 'string' | 'integer' | 'number' | 'boolean' | 'null'

export interface Pattern {
  readonly text: string
  /** The keywords that ask for it, by their place. */
  readonly from: readonly Part[]
}

/** One way for a value to be a scalar. */
export interface Alternative {
  readonly type: ScalarType
  /** The only values allowed, where the schema lists them. */
  readonly values?: readonly unknown[]
  /** Whole-text expressions that a string must match. */
  readonly patterns: readonly Pattern[]
  /** The place of `values`. */
  readonly pointer: string
}

const SCALARS = new Set<unknown>(['string', 'integer', 'number', 'boolean', 'null'])
const isScalarType = (type: unknown): type is ScalarType => SCALARS.has(type)
const isType = (type: unknown): type is JsonKind | 'integer' =>
  isScalarType(type) || type === 'array' || type === 'object'

/** The largest repetition that the engines' expressions are known to take. */
const LONGEST = 65_535

/** The scalar alternatives of a schema without `anyOf`; undefined where it also allows arrays or objects, or says nothing. */
export function scalarAlternatives(flat: Flat, limits: Limits): Alternative[] | undefined {
  const types = typesOf(flat)
  if (types === undefined || types.length === 0) return undefined
  if (!types.every(isScalarType)) return undefined
  return types.map((type) => {
    const listed = listedValues(flat)
    const patterns = type === 'string' && !listed ? patternsOf(flat, limits) : []
    if (type === 'integer' || type === 'number') limitNumber(flat, limits)
    return {
      type,
      patterns,
      pointer: listed?.pointer ?? flat.keywords.get('type')?.pointer ?? flat.pointer,
      ...(listed ? { values: listed.values.filter((value) => isOfType(value, type)) } : {}),
    }
  })
}

/** The JSON types that a schema names, or that its `const` and `enum` imply; undefined where it says nothing. */
export function typesOf(flat: Flat): (JsonKind | 'integer')[] | undefined {
  const stated = flat.keywords.get('type')?.schema
  const nullable = flat.keywords.get('nullable')?.schema === true
  const listed = listedValues(flat)
  const kinds = listed ? new Set(listed.values.map(kindOf)) : undefined
  let types: (JsonKind | 'integer')[] | undefined
  if (stated !== undefined) {
    types = [stated].flat().filter(isType)
    if (nullable && !types.includes('null')) types = [...types, 'null']
    if (kinds) types = types.filter((type) => kinds.has(type === 'integer' ? 'number' : type))
  } else if (kinds) types = [...kinds].filter((kind) => kind !== undefined)
  else if (flat.properties.size > 0 || flat.required.size > 0) types = ['object']
  else if (flat.keywords.has('items')) types = ['array']
  return types?.includes('number') ? types.filter((type) => type !== 'integer') : types
}

/** What `const`, `enum` or a union of constants leaves. */
export function listedValues(flat: Flat): { values: readonly unknown[]; pointer: string } | undefined {
  const constant = flat.keywords.get('const')
  if (constant) return { values: [constant.schema], pointer: constant.pointer }
  const listed = flat.keywords.get('enum')
  if (listed)
    return Array.isArray(listed.schema) ? { values: listed.schema, pointer: listed.pointer } : undefined
  // A union of literals, as TypeBox writes an enumeration.
  const union = flat.keywords.get('anyOf') ?? flat.keywords.get('oneOf')
  const values = [union?.schema].flat().map((branch) => memberOf(branch, 'const'))
  return union && values.every((value) => value !== undefined)
    ? { values, pointer: union.pointer }
    : undefined
}

export function isOfType(value: unknown, type: string): boolean {
  return type === 'integer' ? isIntegral(value) : kindOf(value) === type
}

function patternsOf(flat: Flat, limits: Limits): Alternative['patterns'] {
  const found: Pattern[] = []
  const pattern = flat.keywords.get('pattern')
  if (pattern) {
    const text = portablePattern(String(pattern.schema))
    if (text === undefined) {
      limits.keyword(pattern.pointer, 'pattern', 'the expression uses what the engines of Pact do not share')
    } else found.push({ text, from: [pattern] })
  }
  const format = flat.keywords.get('format')
  if (format && !UNASSERTED_FORMATS.has(String(format.schema))) {
    const text = FORMAT_PATTERNS[String(format.schema)]
    if (text === undefined)
      limits.keyword(format.pointer, 'format', `"${String(format.schema)}" is checked by schema only`)
    else found.push({ text, from: [format] })
  }
  return [...found, ...lengthOf(flat, limits)]
}

function lengthOf(flat: Flat, limits: Limits): Alternative['patterns'] {
  const least = flat.keywords.get('minLength')
  const most = flat.keywords.get('maxLength')
  const bounds = [least, most].filter((part) => part !== undefined)
  if (bounds.some((part) => Number(part.schema) > LONGEST)) {
    for (const part of bounds) limits.keyword(part.pointer, 'length', 'longer than an expression can count')
    return []
  }
  if (Number(least?.schema ?? 0) === 0 && !most) return []
  const text = lengthPattern(Number(least?.schema ?? 0), most && Number(most.schema))
  return [{ text, from: bounds }]
}

/** Formats that say how a value is stored or shown, not which values there are. */
const UNASSERTED_FORMATS = new Set(['password', 'byte', 'binary', 'int32', 'int64', 'float', 'double'])

const RANGES = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']

function limitNumber(flat: Flat, limits: Limits): void {
  if (listedValues(flat)) return
  for (const keyword of RANGES) {
    const part = flat.keywords.get(keyword)
    if (part) limits.keyword(part.pointer, keyword, 'Pact has no matcher for the range or step of a number')
  }
}

/** An expression for the texts that the engine makes of a number: `200`, `200.0`. */
export function numberPattern(values: readonly unknown[]): string {
  const texts = values.map((value) => {
    const text = isLosslessNumber(value) ? value.value : String(value)
    if (isIntegral(value))
      return String.raw`${oneOfTexts([String(BigInt(Number(text)))]).slice(1, -1)}(\.0+)?`
    return `${oneOfTexts([String(Number(text))]).slice(1, -1)}0*`
  })
  return `(${texts.join('|')})`
}
