import type { Trail } from '../trail.js'
import { differences } from './differences.js'
import type { Journal } from './journal.js'
import type { JournalMatch } from './match.js'
import { matching } from './query.js'
import type { Teller } from './tell.js'

export interface Wait {
  readonly match: JournalMatch
  /** How many calls have to be there, those that already are included. */
  readonly times: number
  /** Milliseconds. */
  readonly timeout: number
  readonly teller: () => Teller
  /** Ends the wait early, as when nobody waits any more. */
  readonly signal: AbortSignal
}

/** Resolves with the calls that are meant once there are as many, or with those that came when the time or the session is over. */
export function waitFor(journal: Journal, { match, times, timeout, teller, signal }: Wait): Promise<Trail[]> {
  const found = matching(journal, match, teller())
  if (found.length >= times || signal.aborted || journal.closed) return Promise.resolve(found)
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      stop()
      resolve(found)
    }
    const timer = setTimeout(done, timeout)
    signal.addEventListener('abort', done)
    const stop = journal.watch({
      arrived: (trail) => {
        if (differences(trail, match, teller()) !== undefined) return
        found.push(trail)
        if (found.length >= times) done()
      },
      cleared: () => void found.splice(0),
      closed: done,
    })
  })
}
