import type { PatternBudget } from '../bounded-regexp.js'
import type { Trail } from '../trail.js'
import { differences } from './differences.js'
import type { Journal } from './journal.js'
import type { JournalMatch } from './match.js'
import { matching } from './query.js'
import { ofCalls } from './verify.js'
import type { Teller } from './tell.js'

export interface Wait {
  readonly match: JournalMatch
  /** How many calls have to be there, those that already are included. */
  readonly times: number
  /** Milliseconds. */
  readonly timeout: number
  readonly teller: () => Teller
  /** What looking for the patterns of the match may take, in calls to come too. */
  readonly patterns: PatternBudget
  /** Ends the wait early, as when nobody waits any more. */
  readonly signal: AbortSignal
}

/**
 * Resolves with the calls that are meant once there are as many, or with those that came when the time
 * or the session is over. Rejects with `Refused` where patterns take too long.
 */
export async function waitFor(journal: Journal, wait: Wait): Promise<Trail[]> {
  const { times, timeout, teller, patterns, signal } = wait
  const match = ofCalls(wait.match)
  const found = patterns.within(() => matching(journal, match, teller()))
  if (found.length >= times || signal.aborted || journal.closed) return found
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      unwatch()
    }
    const done = (): void => {
      stop()
      resolve(found)
    }
    const timer = setTimeout(done, timeout)
    signal.addEventListener('abort', done)
    const unwatch = journal.watch({
      arrived: (trail) => {
        try {
          if (patterns.within(() => differences(trail, match, teller())) !== undefined) return
        } catch (error) {
          // Of who waits, not of who calls.
          stop()
          reject(error)
          return
        }
        found.push(trail)
        if (found.length >= times) done()
      },
      cleared: () => void found.splice(0),
      closed: done,
    })
  })
}
