import { isDeepStrictEqual } from 'node:util'
import type { Flat } from '../flatten.js'
import { breaks, type Emit } from './emit.js'
import type { Level } from './level.js'

const UPPER = ['maxLength', 'maxItems', 'maxProperties']
const LOWER = ['minLength', 'minItems', 'minProperties']
const OTHER = ['pattern', 'format', 'multipleOf', 'uniqueItems']

/** Differences of ranges, lengths, patterns and formats. */
export function diffBounds({ flat: old }: Level, { flat: now }: Level, emit: Emit): void {
  diffRange(old, now, emit, 'minimum', 'exclusiveMinimum')
  diffRange(old, now, emit, 'maximum', 'exclusiveMaximum')
  for (const keyword of [...UPPER, ...LOWER, ...OTHER]) {
    const [before, after] = [valueOf(old, keyword), valueOf(now, keyword)]
    if (isDeepStrictEqual(before, after)) continue
    const message = `"${keyword}" was ${show(before)} and is ${show(after)}`
    const tighter = isTighter(keyword, before, after)
    if (tighter === undefined) emit.say('constraint-changed', true, message)
    else emit.say(tighter ? 'constraint-tightened' : 'constraint-loosened', breaks(emit, tighter), message)
  }
}

const show = (value: unknown): string => JSON.stringify(value) ?? 'not there'

/** Undefined where nothing is ruled out. */
function valueOf({ keywords }: Flat, keyword: string): unknown {
  const value = keywords.get(keyword)?.schema
  const idle = LOWER.includes(keyword) ? Number(value) === 0 : value === false
  return idle ? undefined : value
}

/** Undefined where neither follows from the other. */
function isTighter(keyword: string, before: unknown, after: unknown): boolean | undefined {
  if (before === undefined || after === undefined) return before === undefined
  if (UPPER.includes(keyword)) return Number(after) < Number(before)
  if (LOWER.includes(keyword)) return Number(after) > Number(before)
  if (keyword === 'multipleOf') {
    if (isMultiple(after, before)) return true
    return isMultiple(before, after) ? false : undefined
  }
  if (keyword === 'format') {
    if (WIDER_FORMATS.get(after) === before) return true
    return WIDER_FORMATS.get(before) === after ? false : undefined
  }
  return undefined
}

/** Whether each multiple of the first is one of the second too. Steps of less than one are not exact in binary. */
const isMultiple = (whole: unknown, part: unknown): boolean => {
  const ratio = Number(whole) / Number(part)
  return Math.abs(ratio - Math.round(ratio)) < 1e-9
}

/** Formats of numbers whose values all have another format too (OpenAPI Format Registry). */
const WIDER_FORMATS = new Map<unknown, string>([
  ['int32', 'int64'],
  ['float', 'double'],
])

interface Bound {
  readonly keyword: string
  readonly value: number
  /** The value itself is ruled out. */
  readonly exclusive: boolean
}

/** One end of a range, whichever of its two keywords says it. */
function diffRange(old: Flat, now: Flat, emit: Emit, inclusive: string, exclusive: string): void {
  const [before, after] = [old, now].map((flat) => boundOf(flat, inclusive, exclusive))
  if (before?.value === after?.value && before?.exclusive === after?.exclusive) return
  const tighter = !before || (after !== undefined && tightest(before, after) === after)
  const { keyword } = after ?? before ?? { keyword: inclusive }
  const was = before && before.keyword !== keyword ? `"${before.keyword}" ${before.value}` : before?.value
  const message = `"${keyword}" was ${was ?? 'not there'} and is ${after?.value ?? 'not there'}`
  emit.say(tighter ? 'constraint-tightened' : 'constraint-loosened', breaks(emit, tighter), message)
}

function boundOf({ keywords }: Flat, inclusive: string, exclusive: string): Bound | undefined {
  const [bound, other] = [inclusive, exclusive].flatMap((keyword): Bound[] => {
    const value = keywords.get(keyword)?.schema
    return value === undefined ? [] : [{ keyword, value: Number(value), exclusive: keyword === exclusive }]
  })
  return bound && other ? tightest(bound, other) : bound
}

/** The one of two lower or two upper ends that leaves fewer values. */
function tightest(one: Bound, other: Bound): Bound {
  if (one.value === other.value) return other.exclusive ? other : one
  const lower = one.keyword.toLowerCase().endsWith('minimum')
  return one.value > other.value === lower ? one : other
}
