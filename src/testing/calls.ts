import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { JournalEntry } from '../steer/journal/entry.js'
import { ClosestMiss, type JournalMatch, type Times, Verification } from '../steer/journal/match.js'
import { type Asks, ControlRefusal } from './control.js'
import { notCalled } from './misses.js'

export interface WaitOptions {
  /** How many calls there have to be, those that already came included; 1 by default. */
  readonly times?: number
  /** Milliseconds, 5000 by default. */
  readonly timeout?: number
}

/** Which calls are meant: those of an operation, or those that a match describes. */
export type Meant = string | JournalMatch

/** Which calls are listed; all that is named must hold. */
export interface CallsQuery extends Omit<JournalMatch, 'when'> {
  /** The first so many; 1000 by default, which is also the most. */
  readonly limit?: number
  /** `oldest` by default. */
  readonly order?: 'oldest' | 'newest'
}

/** What a session was called with. */
export interface TestCalls {
  journal(query?: CallsQuery): Promise<JournalEntry[]>
  /** Forgets the calls that came so far. */
  clearJournal(): Promise<void>
  /** The calls that are meant, as soon as there are as many. Rejects with an AssertionError when the time is over. */
  waitFor(meant: Meant, options?: WaitOptions): Promise<[JournalEntry, ...JournalEntry[]]>
  /** Rejects with an AssertionError, which tells the closest misses, unless there were as many calls; at least one by default. */
  verify(meant: Meant, times?: Times): Promise<void>
}

const Listed = Type.Object({ entries: Type.Array(JournalEntry) })
/** A wait that was in vain. */
const InVain = Type.Object({ count: Type.Integer(), closest: Type.Array(ClosestMiss) })

const matchOf = (meant: Meant): JournalMatch => (typeof meant === 'string' ? { operationId: meant } : meant)

export function testCalls(asks: Asks): TestCalls {
  return {
    async journal(query) {
      const found = await asks.get(Listed, {
        path: '/journal',
        query: { order: 'oldest', limit: MOST, kind: 'call', ...query },
      })
      return found.entries
    },
    async clearJournal() {
      await asks.call({ method: 'DELETE', path: '/journal' })
    },
    async waitFor(meant, { times = 1, timeout = 5000 } = {}) {
      const body = { match: matchOf(meant), times, timeout }
      try {
        const found = await asks.get(Listed, { method: 'POST', path: '/journal/wait', body })
        const [first, ...rest] = found.entries
        if (first) return [first, ...rest]
      } catch (error) {
        throw inVain(error, times) ?? error
      }
      throw new RangeError('The stand-in answered a wait with no call at all')
    },
    async verify(meant, times) {
      const body = { match: matchOf(meant), ...(times !== undefined && { times }) }
      const found = await asks.get(Verification, { method: 'POST', path: '/journal/verify', body })
      const { verified, message, closest, count } = found
      if (verified) return
      throw notCalled(message, closest, {
        expected: times ?? { atLeast: 1 },
        actual: count,
        operator: 'verify',
      })
    },
  }
}

/** As many as the control API lists at once. */
const MOST = 1000

function inVain(error: unknown, times: number): Error | undefined {
  if (!(error instanceof ControlRefusal) || error.problem !== 'wait-timeout') return undefined
  const { document } = error
  const { count, closest }: Static<typeof InVain> = Value.Check(InVain, document)
    ? document
    : { count: 0, closest: [] }
  return notCalled(String(document['detail']), closest, {
    expected: { atLeast: times },
    actual: count,
    operator: 'waitFor',
  })
}
