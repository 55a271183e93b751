import { isLosslessNumber } from '../operation/json.js'
import {
  anyOf,
  allOf,
  anything,
  ANYTHING_EXAMPLE,
  type Matcher,
  oneOfTexts,
  regex,
  type RuleList,
  type,
} from './rules.js'
import { type Alternative, isOfType, numberPattern, type ScalarType } from './scalar.js'
import type { Limits } from './unsupported.js'
import { kindOf } from './value.js'

export interface Asserted {
  readonly rules: RuleList
  readonly example: unknown
}

/** Makes a value where the documentation shows none that fits. */
export type Sample = (alternative: Alternative) => unknown

/**
 * The matchers of a scalar. `type` compares with the example, so the example decides what it means:
 * one that the schema does not allow, or of the wrong kind, is replaced.
 */
export function assertScalar(
  alternatives: readonly Alternative[],
  documented: unknown,
  limits: Limits,
  sample: Sample,
): Asserted {
  const ways = absorb(alternatives, limits)
  const [only] = ways
  if (!only) return { rules: anything, example: ANYTHING_EXAMPLE }
  return ways.length === 1
    ? assertOne(only, documented, limits, sample)
    : assertAny(ways, documented, limits, sample)
}

function assertOne(way: Alternative, documented: unknown, limits: Limits, sample: Sample): Asserted {
  const example = allows(way, documented) ? documented : (way.values?.[0] ?? sample(way))
  if (way.type === 'null') {
    limits.keyword(way.pointer, 'type', 'null is documented, and filled in real life, so it is not asserted')
    return { rules: anything, example: ANYTHING_EXAMPLE }
  }
  if (way.type === 'string') {
    if (way.values?.length === 1) return { rules: allOf({ match: 'equality' }), example }
    if (way.values) return { rules: allOf(type, regex(oneOfTexts(way.values.map(String)))), example }
    return { rules: allOf(type, ...way.patterns.map(({ text }) => regex(text))), example }
  }
  if (way.type === 'boolean')
    return { rules: allOf(way.values?.length === 1 ? { match: 'equality' } : type), example }
  if (way.values) return { rules: allOf({ match: 'number' }, regex(numberPattern(way.values))), example }
  if (way.type === 'number') return { rules: allOf({ match: 'number' }), example }
  // `integer` would reject an example that is written 14.0.
  const written = isLosslessNumber(example) ? example.value : String(example)
  if (/^-?\d+$/.test(written)) return { rules: allOf({ match: 'integer' }), example }
  return { rules: allOf({ match: 'number' }, regex(String.raw`-?[0-9]+(\.0+)?`)), example }
}

/** Alternatives are one flat list of matchers in Pact: each gets one, so "a string AND this pattern, OR null" is not to be had. */
function assertAny(
  ways: readonly Alternative[],
  documented: unknown,
  limits: Limits,
  sample: Sample,
): Asserted {
  const text = ways.find((way) => way.type === 'string')
  const truth = ways.find((way) => way.type === 'boolean')
  const listed =
    text && text.patterns.length === 0 && text.values?.every((value) => !LOOKS_SCALAR.test(String(value)))
  const typed = text && !listed ? text : truth
  for (const way of ways) if (way !== text || !listed) loosen(way, limits)
  const matchers = ways.map((way): Matcher => {
    if (way === typed) return type
    if (way === text) return regex(oneOfTexts((way.values ?? []).map(String)))
    return { match: way.type }
  })
  const shown = typed ?? ways.find((way) => allows(way, documented)) ?? ways[0]
  if (!shown) return { rules: anything, example: ANYTHING_EXAMPLE }
  const fits = allows(shown, documented) && documented !== null
  return { rules: anyOf(...matchers), example: fits ? documented : (shown.values?.[0] ?? sample(shown)) }
}

/** Texts of numbers, booleans and null, which an expression alone would also accept as such. */
const LOOKS_SCALAR = /^(?:-?[0-9].*|true|false|null|[[{].*)$/

function loosen(way: Alternative, limits: Limits): void {
  const whole = way.type === 'null' || (way.type === 'boolean' && way.values?.length === 2)
  if (way.values && !whole) {
    limits.keyword(
      way.pointer,
      way.values.length === 1 ? 'const' : 'enum',
      'one of several types: only the type is asserted',
    )
  }
  for (const { pointer } of way.patterns.flatMap(({ from }) => from)) {
    limits.keyword(
      pointer,
      pointer.slice(pointer.lastIndexOf('/') + 1),
      'one of several types: only the type is asserted',
    )
  }
}

/** Alternatives of one type become one: their values together, or the type alone. */
function absorb(alternatives: readonly Alternative[], limits: Limits): Alternative[] {
  const byType = new Map<ScalarType, Alternative[]>()
  for (const way of alternatives) byType.set(way.type, [...(byType.get(way.type) ?? []), way])
  const whole = byType.get('number')
  const integers = byType.get('integer')
  if (whole && integers) {
    byType.set('number', [...whole, ...integers])
    byType.delete('integer')
  }
  return [...byType].map(([type, ways]) => {
    const [first] = ways
    const free = ways.find((way) => !way.values && way.patterns.length === 0)
    if (first && ways.length === 1) return first
    const pointer = first?.pointer ?? ''
    if (ways.every((way) => way.values)) {
      return {
        type,
        patterns: [],
        pointer,
        values: ways.flatMap((way) => way.values ?? []),
      }
    }
    if (free) return free
    for (const way of ways) loosen(way, limits)
    return { type, patterns: [], pointer }
  })
}

function allows(way: Alternative, value: unknown): boolean {
  if (value === undefined || !isOfType(value, way.type)) return false
  if (way.values) return way.values.some((allowed) => sameScalar(allowed, value))
  return true
}

const sameScalar = (a: unknown, b: unknown): boolean => {
  if (kindOf(a) !== 'number' || kindOf(b) !== 'number') return a === b
  return Number(isLosslessNumber(a) ? a.value : a) === Number(isLosslessNumber(b) ? b.value : b)
}
