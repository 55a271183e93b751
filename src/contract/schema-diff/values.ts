import { isDeepStrictEqual } from 'node:util'
import { breaks, type Emit } from './emit.js'
import { type Level, valuesAt } from './level.js'

/** Differences of the values that two schemas list, and of the one that stands for what is not sent. */
export function diffValues(old: Level, now: Level, emit: Emit): void {
  diffLists(valuesAt(old), valuesAt(now), emit)
  const [before, after] = [old, now].map(({ flat }) => flat.keywords.get('default')?.schema)
  if (emit.direction !== 'request' || before === undefined || after === undefined) return
  if (isDeepStrictEqual(before, after)) return
  const message = `what is not sent was taken as ${JSON.stringify(before)} and is taken as ${JSON.stringify(after)}`
  emit.say('default-changed', true, message)
}

export function diffLists(
  before: readonly unknown[] | undefined,
  after: readonly unknown[] | undefined,
  emit: Emit,
): void {
  if (!before && !after) return
  const gone = before?.filter((value) => after && !has(after, value)) ?? []
  const added = after?.filter((value) => before && !has(before, value)) ?? []
  if (after && (gone.length > 0 || !before)) {
    const message = before ? `${list(gone)} is no longer a value` : `only ${list(after)} is allowed now`
    emit.say('values-narrowed', breaks(emit, true), message)
  }
  if (before && (added.length > 0 || !after)) {
    const message = after ? `${list(added)} is a value now` : 'any value is allowed now'
    emit.say('values-widened', breaks(emit, false), message)
  }
}

const has = (values: readonly unknown[], value: unknown): boolean =>
  values.some((one) => isDeepStrictEqual(one, value))

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ')
