import { lengthOf } from '../schema/admits-scalar.js'
import { numberOf, regularExpression, stringOf } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { believableText } from './believable-text.js'
import { formatted } from './formats.js'
import { matching } from './pattern.js'
import type { Place } from './place.js'
import type { Random } from './random.js'

/** In characters. A schema that asks for more has no body that is worth sending. */
const LONGEST = 1_000_000

/** Candidates for a string, the most believable first; the caller takes the first that its schemas admit. */
export function* strings(
  parts: readonly Located[],
  place: Place,
  random: Random,
  people: Random,
): Generator<string> {
  const least = Math.max(0, ...parts.map(({ schema }) => numberOf(schema, 'minLength') ?? 0))
  const most = Math.min(...parts.map(({ schema }) => numberOf(schema, 'maxLength') ?? Infinity))
  if (least > LONGEST) return
  const formats = parts.flatMap(({ schema }) => stringOf(schema, 'format') ?? [])
  const patterns = parts.flatMap(({ schema }) => stringOf(schema, 'pattern') ?? [])
  const fits = (text: string): boolean =>
    lengthOf(text) >= least &&
    lengthOf(text) <= most &&
    patterns.every((pattern) => regularExpression(pattern)?.test(text) ?? true)
  for (const text of candidates({ formats, patterns, least, most }, place, random, people))
    if (fits(text)) yield text
}

interface Wanted {
  readonly formats: readonly string[]
  readonly patterns: readonly string[]
  readonly least: number
  readonly most: number
}

function* candidates(
  { formats, patterns, least, most }: Wanted,
  place: Place,
  random: Random,
  people: Random,
): Generator<string> {
  for (const format of formats) yield* formatted(format, place, least, random, people)
  if (formats.length === 0) yield believableText(place, random, people)
  for (const pattern of patterns) {
    yield* matching(pattern, least, random)
    // The shortest matches are too short, or the first ones too long: aim between.
    if (Number.isFinite(most)) yield* matching(pattern, Math.floor((least + most) / 2), random)
  }
  for (let attempt = 0; attempt < 8; attempt++) {
    yield fitted(believableText(place, random.fork(attempt), people), least, most, random.fork(attempt))
  }
  yield random.text(Math.min(most, Math.max(least, 8)), 'abcdefghijklmnopqrstuvwxyz')
}

function fitted(text: string, least: number, most: number, random: Random): string {
  let long = text
  while (long.length < least)
    long += random.text(Math.min(least - long.length, 16), 'abcdefghijklmnopqrstuvwxyz')
  return long.slice(0, most === Infinity ? undefined : most)
}
