import { decoded } from '../../operation/decoded.js'
import { distance } from 'fastest-levenshtein'
import { type ConditionedCall, conditionDiffers } from '../match-condition.js'
import type { Trail, TrailKind } from '../trail.js'
import type { JournalMatch } from './match.js'
import { leavesNoReply } from './no-reply.js'
import type { Teller } from './tell.js'

/** What keeps a call from being one that is meant. */
export interface Differences {
  readonly differs: readonly string[]
  /** How far it is: the number of differences, and less than one more for how unlike its path is. */
  readonly distance: number
}

/** Comparing letters takes the product of two lengths. */
const LONGEST = 200

const NAMES: Readonly<Record<TrailKind, string>> = {
  call: 'a call',
  preflight: 'a preflight',
  unreadable: 'no HTTP request',
}

/** How a call differs from those that are meant; undefined where it is one. */
export function differences(trail: Trail, match: JournalMatch, teller: Teller): Differences | undefined {
  const { input, operationId } = trail
  const differs: string[] = []
  let unlike = 0
  // That a preflight is documented or not is nothing that the docs say.
  const kind = match.kind ?? (match.documented === undefined ? undefined : 'call')
  if (kind !== undefined && kind !== trail.kind)
    differs.push(`it is ${NAMES[trail.kind]}, expected ${NAMES[kind]}`)
  if (match.after !== undefined && trail.id <= match.after) differs.push(`it came before ${match.after}`)
  if (match.operationId !== undefined && match.operationId !== operationId) {
    differs.push(
      operationId === undefined
        ? `no documented operation took it, expected ${match.operationId}`
        : `the operation is ${operationId}, expected ${match.operationId}`,
    )
    const expected = teller.operationOf({ operationId: match.operationId })?.path
    if (expected !== undefined) unlike = Math.max(unlike, unlikeness(input.url, expected))
  }
  if (match.method !== undefined && match.method.toUpperCase() !== input.method) {
    differs.push(`the method is ${input.method}, expected ${match.method.toUpperCase()}`)
  }
  const [path = ''] = input.url.split('?', 1)
  if (match.path !== undefined && match.path !== path) {
    differs.push(`the path is ${teller.urlOf(trail).split('?', 1)[0]}, expected ${match.path}`)
    unlike = Math.max(unlike, unlikeness(path, match.path))
  }
  const status = leavesNoReply(trail) ? undefined : trail.reply?.status
  if (match.status !== undefined && match.status !== status) {
    differs.push(
      status === undefined ? 'it had no reply' : `the status is ${status}, expected ${match.status}`,
    )
  }
  const documented = operationId !== undefined
  if (match.documented !== undefined && match.documented !== documented) {
    differs.push(documented ? 'a documented operation took it' : 'no documented operation took it')
  }
  if (match.when)
    differs.push(...conditionDiffers(match.when, conditioned(trail, teller)), ...cutNote(trail, match))
  return differs.length === 0 ? undefined : { differs, distance: differs.length + unlike }
}

/** A body that was cut cannot be looked into any more, which is told rather than taken for a difference of the call. */
function cutNote({ cut }: Trail, { when }: JournalMatch): string[] {
  return when?.body && cut?.request !== undefined
    ? [`only the beginning of its body (${cut.request} bytes) is kept, so it cannot be compared`]
    : []
}

function conditioned(trail: Trail, teller: Teller): ConditionedCall {
  const path = Object.fromEntries(
    Object.entries(teller.pathOf(trail)).map(([name, value]) => [name, decoded(value)]),
  )
  return { input: trail.input, path, valid: trail.rejection === undefined }
}

/** From 0, the same, up to less than 1. */
function unlikeness(a: string, b: string): number {
  const [one, other] = [a.slice(0, LONGEST), b.slice(0, LONGEST)]
  return (distance(one, other) / Math.max(one.length, other.length, 1)) * 0.99
}
