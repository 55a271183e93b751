import { setMaxListeners } from 'node:events'
import type { CallLog } from '../../store/redis/call-log.js'
import type { Trail } from '../trail.js'
import type { Journal } from './journal.js'
import { BYTES, type JournalsOptions, LONGEST_BODY, MOST_UNKNOWN } from './journals.js'
import { makeFit } from './keep.js'
import { Mirrors } from './mirrors.js'
import { Outboxes } from './outboxes.js'
import type { FollowedJournal, SessionJournal, SessionJournals } from './session-journal.js'
import { MOST_UNKNOWN_OF_SESSION, type Tally } from './tally.js'
import { tallyOf } from './tally-counts.js'
import type { Teller } from './tell.js'
import { Tellers } from './tellers.js'

export interface SharedJournalsOptions extends JournalsOptions {
  readonly log: CallLog
  /** Called before there are calls, and again when a shared store has come back. Rejects with STANDIN_ERR_STORE_*. */
  readonly begin: () => Promise<void>
  /** Has every replica write what it has, this one included. Rejects with STANDIN_ERR_STORE_*. */
  readonly flushAll: () => Promise<void>
  /** Has every replica forget what it has not written yet of a session. Rejects with STANDIN_ERR_STORE_*. */
  readonly discardAll: (session: string) => Promise<void>
  /** Told of calls that could not be written for now. */
  readonly onFailure?: ((error: unknown) => void) | undefined
}

/**
 * The journals of all sessions where several replicas answer their calls: each writes its calls to a log
 * soon after they were answered, and whoever asks has all of them write, and reads the log.
 */
export class SharedJournals implements SessionJournals {
  readonly entries: number
  readonly #options: SharedJournalsOptions
  readonly #tellers: Tellers
  readonly #mirrors: Mirrors
  readonly #outboxes: Outboxes
  readonly #closing = new AbortController()
  /** What was counted when this process ended. */
  #counted: Tally | undefined

  constructor(options: SharedJournalsOptions) {
    setMaxListeners(0, this.#closing.signal)
    const { entries, log, bytes = BYTES, onFailure } = options
    this.#options = options
    this.#tellers = new Tellers(options)
    this.entries = entries
    this.#mirrors = new Mirrors(log, entries, bytes)
    this.#outboxes = new Outboxes({ log, keep: entries, onFailure })
  }

  get bytes(): number {
    return this.#outboxes.bytes + this.#mirrors.bytes
  }

  get dropped(): number {
    return this.#outboxes.dropped
  }

  get closing(): AbortSignal {
    return this.#closing.signal
  }

  get teller(): Teller {
    return this.#tellers.current
  }

  start(): Promise<void> {
    return this.#options.begin()
  }

  /** Writes what this process has, as others ask for. Rejects with STANDIN_ERR_STORE_*. */
  flush(): Promise<void> {
    return this.#outboxes.flush()
  }

  /** Forgets what this process has not written yet of a session, as others ask for. */
  discard(session: string): Promise<void> {
    return this.#outboxes.discard(session)
  }

  open(session: string): SessionJournal {
    const { log, flushAll, discardAll, longestBody = LONGEST_BODY } = this.#options
    const outboxes = this.#outboxes
    const mirrors = this.#mirrors
    let isOver = false
    return {
      record: (trail: Trail) => {
        makeFit(trail, longestBody)
        if (!isOver) outboxes.add(session, trail)
      },
      ended: (trail: Trail, at = performance.now()) => {
        trail.ended = at
        if (!isOver) outboxes.end(session, trail)
      },
      clear: async () => {
        await discardAll(session)
        await log.clear(session)
      },
      leaveOff: () => {
        isOver = true
        return outboxes.discard(session)
      },
      drop: async () => {
        await log.drop(session)
        mirrors.end(session)
      },
      read: async (): Promise<Journal> => {
        await flushAll()
        return mirrors.read(session)
      },
      follow: async (): Promise<FollowedJournal> => {
        await flushAll()
        return mirrors.follow(session)
      },
      counted: async () => {
        await flushAll()
        return tallyOf(await log.counts(session), MOST_UNKNOWN_OF_SESSION)
      },
    }
  }

  async counted(): Promise<Tally> {
    if (this.#counted) return this.#counted
    await this.#options.flushAll()
    return tallyOf(await this.#options.log.counts(), MOST_UNKNOWN)
  }

  close(): void {
    this.#closing.abort()
    this.#mirrors.close()
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  async settle(): Promise<void> {
    try {
      await this.flush()
      this.#counted = await this.counted()
    } finally {
      this.#outboxes.close()
    }
  }
}
