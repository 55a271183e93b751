import type { Trail } from '../trail.js'
import type { Journal } from './journal.js'

/** What a feed tells. */
export interface FeedReader {
  /** A call that is new, or known and now at its end. */
  call(trail: Trail): void
  cleared(): void
}

/**
 * Tells of calls as they come: each once, when it is done, and before that where it is not done by
 * the end of the turn in which it arrived, as with a delay. Returns how to stop.
 *
 * @param after calls with a greater id that are already there are told at once
 */
export function feed(journal: Journal, after: number | undefined, reader: FeedReader): () => void {
  const pending = new Set<Trail>()
  let scheduled: NodeJS.Immediate | undefined
  const flush = (): void => {
    scheduled = undefined
    const calls = [...pending]
    pending.clear()
    for (const trail of calls) reader.call(trail)
  }
  const soon = (trail: Trail): void => {
    pending.add(trail)
    scheduled ??= setImmediate(flush)
  }
  if (after !== undefined) {
    for (const trail of journal.list()) if (trail.id > after) reader.call(trail)
  }
  const stop = journal.watch({
    arrived: soon,
    ended: soon,
    cleared: () => {
      pending.clear()
      reader.cleared()
    },
  })
  return () => {
    stop()
    if (scheduled) clearImmediate(scheduled)
  }
}
