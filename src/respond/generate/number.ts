import { isMultiple, isOfFormat } from '../schema/admits-scalar.js'
import { numberOf, stringOf } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { believableNumber } from './believable-number.js'
import type { Place } from './place.js'
import type { Random } from './random.js'

/** Candidates for a number, the most believable first; the caller takes the first that its schemas admit. */
export function* numbers(
  parts: readonly Located[],
  place: Place,
  integer: boolean,
  random: Random,
): Generator<number> {
  const bounds = boundsOf(parts, integer)
  const { least, most, steps } = bounds
  for (const candidate of candidates(bounds, place, integer, random)) {
    const whole = !integer || Number.isInteger(candidate)
    if (
      whole &&
      candidate >= least &&
      candidate <= most &&
      steps.every((step) => isMultiple(candidate, step))
    ) {
      yield candidate === 0 ? 0 : candidate
    }
  }
}

interface Bounds {
  readonly least: number
  readonly most: number
  readonly steps: readonly number[]
}

const INT32 = 2 ** 31

function boundsOf(parts: readonly Located[], integer: boolean): Bounds {
  let least = -Infinity
  let most = Infinity
  const steps: number[] = []
  for (const { schema } of parts) {
    const above = numberOf(schema, 'exclusiveMinimum')
    const below = numberOf(schema, 'exclusiveMaximum')
    least = Math.max(
      least,
      numberOf(schema, 'minimum') ?? -Infinity,
      above === undefined ? -Infinity : after(above, integer),
    )
    most = Math.min(
      most,
      numberOf(schema, 'maximum') ?? Infinity,
      below === undefined ? Infinity : -after(-below, integer),
    )
    const step = numberOf(schema, 'multipleOf')
    if (step !== undefined && step > 0) steps.push(step)
    if (!isOfFormat(stringOf(schema, 'format'), INT32)) {
      least = Math.max(least, -INT32)
      most = Math.min(most, INT32 - 1)
    }
  }
  return integer ? { least: Math.ceil(least), most: Math.floor(most), steps } : { least, most, steps }
}

/** The next greater number that is worth writing. */
function after(bound: number, integer: boolean): number {
  if (integer) return Math.floor(bound) + 1
  return bound + Math.max(Number.EPSILON, Math.abs(bound) * Number.EPSILON * 2)
}

function* candidates(
  { least, most, steps }: Bounds,
  place: Place,
  integer: boolean,
  random: Random,
): Generator<number> {
  const believed = believableNumber(place, integer, random)
  if (steps.length === 0) {
    yield believed
  }
  // A window of ordinary size inside the bounds.
  const from = Number.isFinite(least) ? least : Math.min(most - 100, 1)
  const to = Math.min(most, from + 1000)
  if (steps.length > 0) yield* multiples(from, most, Math.max(...steps), random)
  for (const digits of integer ? [0] : [1, 2, 4, 8, 12]) {
    for (let attempt = 0; attempt < 5; attempt++) {
      yield Number((from + random.next() * (to - from)).toFixed(digits))
    }
  }
  yield from + (to - from) / 2
  yield from
  yield to
}

function* multiples(from: number, most: number, step: number, random: Random): Generator<number> {
  const first = Math.ceil(from / step)
  const last = Math.min(Math.floor(most / step), first + 1000)
  const clean = (count: number): number => Number((count * step).toPrecision(15))
  if (last < first) return
  for (let attempt = 0; attempt < 10; attempt++)
    yield clean(random.integer(first, Math.min(last, first + 50)))
  for (let count = first; count <= last; count++) {
    yield clean(count)
    yield count * step
  }
}
