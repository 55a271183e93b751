import { stringifyExact } from '../../operation/json.js'
import { isSecretName, REDACTED } from '../../operation/secrets.js'
import type { Condition, ValueMatch } from '../condition.js'
import { type Differences, differences } from './differences.js'
import type { ClosestMiss, JournalMatch, Times, Verification } from './match.js'
import type { Journal } from './journal.js'
import type { Teller } from './tell.js'
import type { Trail } from '../trail.js'

/** How many closest misses are shown. */
const CLOSEST = 3
/** How many ids of those that were meant are told. */
const MOST_MATCHED = 100

/** Whether a session was called as expected: at least once unless told otherwise. */
export function verify(
  journal: Journal,
  asked: JournalMatch,
  times: Times | undefined,
  teller: Teller,
): Verification {
  const match = ofCalls(asked)
  const matched: number[] = []
  const misses: (Differences & { readonly trail: Trail })[] = []
  for (const trail of journal.list()) {
    const found = differences(trail, match, teller)
    if (!found) matched.push(trail.id)
    else if (trail.kind === match.kind) misses.push({ ...found, trail })
  }
  const { atLeast, atMost } = boundsOf(times)
  const verified = matched.length >= atLeast && matched.length <= atMost
  return {
    verified,
    count: matched.length,
    message: sentence(match, times, matched.length, journal),
    matched: matched.slice(0, MOST_MATCHED),
    closest: verified || matched.length > atMost ? [] : closest(misses, teller),
    dropped: journal.dropped,
  }
}

/** A check means calls, where nothing else is said. */
export const ofCalls = (match: JournalMatch): JournalMatch => ({ kind: 'call', ...match })

/** The calls that were nearly meant, the nearest first, the newer of two as near. */
export const closestMisses = (journal: Journal, match: JournalMatch, teller: Teller): ClosestMiss[] =>
  closest(
    journal.list().flatMap((trail) => {
      const found = differences(trail, match, teller)
      return found && trail.kind === (match.kind ?? 'call') ? [{ ...found, trail }] : []
    }),
    teller,
  )

const closest = (
  misses: readonly (Differences & { readonly trail: Trail })[],
  teller: Teller,
): ClosestMiss[] =>
  misses
    .toSorted((a, b) => a.distance - b.distance || b.trail.id - a.trail.id)
    .slice(0, CLOSEST)
    .map(({ trail, differs }) => ({ entry: teller.entry(trail), differs: [...differs] }))

function boundsOf(times: Times | undefined): { readonly atLeast: number; readonly atMost: number } {
  if (times === undefined) return { atLeast: 1, atMost: Infinity }
  if (typeof times === 'number') return { atLeast: times, atMost: times }
  return { atLeast: times.atLeast ?? 0, atMost: times.atMost ?? Infinity }
}

function sentence(
  match: JournalMatch,
  times: Times | undefined,
  count: number,
  { dropped }: Journal,
): string {
  const lost = dropped > 0 ? ` (${dropped} earlier calls are not kept any more)` : ''
  return `Expected ${expected(times)} ${described(match)}; there ${count === 1 ? 'was 1' : `were ${count}`}${lost}.`
}

function expected(times: Times | undefined): string {
  if (times === undefined) return 'at least 1 call of'
  if (typeof times === 'number') return times === 0 ? 'no call of' : `exactly ${calls(times)} of`
  const { atLeast, atMost } = times
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast} to ${calls(atMost)} of`
  if (atMost !== undefined) return `at most ${calls(atMost)} of`
  return `at least ${calls(atLeast ?? 0)} of`
}

const calls = (count: number): string => `${count} call${count === 1 ? '' : 's'}`

/** What is meant, in words: `resetPin with status 401 and body /pin "1111"`. */
export function described({
  operationId,
  method,
  path,
  status,
  kind = 'call',
  documented,
  when,
  after,
}: JournalMatch): string {
  const what = [method?.toUpperCase(), path].filter((part) => part !== undefined).join(' ')
  const subject = operationId ?? (what === '' ? 'anything' : what)
  const parts = [
    ...(operationId !== undefined && what !== '' ? [what] : []),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(kind === 'call' ? [] : [`the kind ${kind}`]),
    ...(documented === undefined ? [] : [documented ? 'a documented operation' : 'no documented operation']),
    ...(when ? conditionsOf(when) : []),
    ...(after === undefined ? [] : [`an id after ${after}`]),
  ]
  return parts.length === 0 ? subject : `${subject} with ${parts.join(' and ')}`
}

const named = (place: string, values: Readonly<Record<string, ValueMatch>> = {}): string[] =>
  Object.entries(values).map(([name, match]) => `${place} ${name} ${wanted(name, match)}`)

function conditionsOf({ headers, query, path, body, valid }: Condition): string[] {
  return [
    ...named('header', headers),
    ...named('query', query),
    ...named('path', path),
    ...named('body', body),
    ...(valid === undefined
      ? []
      : [valid ? 'nothing that breaks the docs' : 'something that breaks the docs']),
  ]
}

/** Messages end in the logs of test runs, so secrets are not repeated even to those who gave them. */
function wanted(name: string, match: ValueMatch): string {
  if (typeof match === 'object' && match !== null && 'present' in match) {
    return match.present ? 'present' : 'absent'
  }
  if (name.split('/').some(isSecretName)) return REDACTED
  if (typeof match !== 'object' || match === null) return stringifyExact(match)
  if ('equals' in match) return stringifyExact(match.equals)
  return 'contains' in match ? `containing ${stringifyExact(match.contains)}` : `matching /${match.matches}/`
}
