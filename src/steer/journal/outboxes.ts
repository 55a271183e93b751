import type { CallLog } from '../../store/redis/call-log.js'
import type { Trail } from '../trail.js'
import { MOST_UNKNOWN } from './journals.js'
import { Outbox } from './outbox.js'
import { Tally } from './tally.js'
import { type Count, countsOf } from './tally-counts.js'

/** Milliseconds in which calls gather before they are written together, and after a failure. */
const GATHER = 10
const AFTER_FAILURE = 1000
/** Milliseconds in which counts of all sessions gather: nobody sees them but who asks, and then they are written at once. */
const GATHER_COUNTS = 1000

/** Bytes of calls that may wait to be written, about. */
const MOST_WAITING = 32 * 1024 * 1024

export interface OutboxesOptions {
  readonly log: CallLog
  /** Calls that a session keeps. */
  readonly keep: number
  readonly onFailure: ((error: unknown) => void) | undefined
}

/** What this process has still to write of the calls of all sessions. */
export class Outboxes {
  readonly #options: OutboxesOptions
  readonly #unwatch: () => void
  /** Those that hold something. */
  readonly #bySession = new Map<string, Outbox>()
  /** Calls for which there was no room while they could not be written. */
  dropped = 0
  /** Bytes. */
  #waiting = 0
  #tally = new Tally(MOST_UNKNOWN)
  #counts: readonly Count[] | undefined
  #counting: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #countsDue = 0
  #failing = false
  #closed = false

  constructor(options: OutboxesOptions) {
    this.#options = options
    this.#unwatch = options.log.onRestored(() => {
      this.#failing = false
      this.#schedule()
    })
  }

  /** What waits to be written, about. */
  get bytes(): number {
    return this.#waiting
  }

  add(session: string, trail: Trail): void {
    this.#tally.count(trail)
    const outbox = this.#of(session)
    outbox.add(trail)
    this.#waiting += trail.bytes
    while (this.#waiting > MOST_WAITING) {
      const freed = outbox.shed()
      if (freed === 0) break
      this.#waiting -= freed
      this.dropped++
    }
    this.#schedule()
  }

  end(session: string, trail: Trail): void {
    if (trail.id === 0) return
    this.#of(session).end(trail)
    this.#schedule()
  }

  /** Resolves when everything that was taken in until now is written. Rejects with STANDIN_ERR_STORE_*. */
  async flush(): Promise<void> {
    await Promise.all([...this.#bySession.values()].map((outbox) => outbox.flush()).concat(this.#count()))
  }

  /** Forgets what is not written yet of a session. Resolves when nothing of it is being written any more. */
  async discard(session: string): Promise<void> {
    await this.#bySession.get(session)?.discard()
  }

  close(): void {
    this.#closed = true
    this.#unwatch()
    clearTimeout(this.#timer)
  }

  #of(session: string): Outbox {
    let outbox = this.#bySession.get(session)
    if (!outbox) {
      const { log, keep } = this.#options
      outbox = new Outbox({ log, session, keep, onGone: (bytes) => (this.#waiting -= bytes) })
      this.#bySession.set(session, outbox)
    }
    return outbox
  }

  #schedule(): void {
    if (this.#timer || this.#closed || !this.#options.log.isUp) return
    this.#timer = setTimeout(() => this.#write(), this.#failing ? AFTER_FAILURE : GATHER).unref()
  }

  #write(): void {
    this.#timer = undefined
    const now = performance.now()
    if (now >= this.#countsDue) {
      this.#countsDue = now + GATHER_COUNTS
      void this.#watched(this.#count())
    }
    for (const [session, outbox] of this.#bySession) {
      if (outbox.isEmpty) this.#bySession.delete(session)
      else if (!outbox.isSending) void this.#watched(outbox.flush())
    }
  }

  async #watched(writing: Promise<void>): Promise<void> {
    try {
      await writing
      this.#failing = false
      if (this.#bySession.size > 0) this.#schedule()
    } catch (error) {
      if (!this.#failing) this.#options.onFailure?.(error)
      this.#failing = true
      this.#schedule()
    }
  }

  /** Writes what was counted over all sessions. */
  async #count(): Promise<void> {
    await this.#counting?.catch(() => {})
    this.#counts ??= this.#takeCounts()
    const counts = this.#counts
    if (counts.length === 0) {
      this.#counts = undefined
      return
    }
    this.#counting = this.#options.log.count(counts)
    await this.#counting
    if (this.#counts === counts) this.#counts = undefined
  }

  #takeCounts(): Count[] {
    const counts = countsOf(this.#tally, MOST_UNKNOWN)
    this.#tally = new Tally(MOST_UNKNOWN)
    return counts
  }
}
