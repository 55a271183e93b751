import type { Batch, CallLog } from '../../store/redis/call-log.js'
import type { Trail } from '../trail.js'
import { MOST_UNKNOWN_OF_SESSION, Tally } from './tally.js'
import { countsOf } from './tally-counts.js'
import { writeTrails } from './trail-text.js'

/** Calls that are written at once, and their bytes, about. */
const AT_ONCE = 200
const BYTES_AT_ONCE = 256 * 1024

interface Sending {
  readonly batch: Batch
  readonly trails: readonly Trail[]
  /** Those that were under way when they were written. */
  readonly open: ReadonlySet<Trail>
}

export interface OutboxOptions {
  readonly log: CallLog
  readonly session: string
  /** Calls that a session keeps. */
  readonly keep: number
  /** Told of the bytes that wait no more. */
  readonly onGone: (bytes: number) => void
}

/** The calls of one session that have still to be written where all replicas see them. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #calls: Trail[] = []
  /** Those that have ended since they were written. */
  readonly #ends: Trail[] = []
  #tally = new Tally(MOST_UNKNOWN_OF_SESSION)
  #lost = 0
  /** What may have been written, or not. */
  #unsure: Sending | undefined
  #sending: Promise<void> | undefined
  /** Calls and ends ever taken in, and those of them that wait no more. */
  #taken = 0
  #gone = 0

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  get isEmpty(): boolean {
    return this.#taken === this.#gone && this.#lost === 0
  }

  /** Whether something is under way. */
  get isSending(): boolean {
    return this.#sending !== undefined
  }

  add(trail: Trail): void {
    this.#tally.count(trail)
    this.#calls.push(trail)
    this.#taken++
  }

  /** To be told of calls that have a number; of others it is seen when they are written. */
  end(trail: Trail): void {
    if (trail.id === 0) return
    this.#ends.push(trail)
    this.#taken++
  }

  /** Gives up the oldest call, for which there is no room. Returns its bytes, 0 where there is none. */
  shed(): number {
    const oldest = this.#calls.shift()
    if (!oldest) return 0
    this.#lost++
    this.#gone++
    return oldest.bytes
  }

  /** Resolves when everything that was taken in until now is written. Rejects with STANDIN_ERR_STORE_*. */
  async flush(): Promise<void> {
    const upTo = this.#taken
    while (this.#gone < upTo || this.#lost > 0) await this.#step()
  }

  /** Forgets what is not written yet. Resolves when nothing of it is being written any more; it may have been. */
  async discard(): Promise<void> {
    const unsure = this.#unsure
    this.#leave(this.#calls.splice(0), this.#ends.splice(0).length)
    this.#tally = new Tally(MOST_UNKNOWN_OF_SESSION)
    this.#lost = 0
    while (this.#sending && this.#unsure === unsure) await this.#sending.catch(() => {})
    if (!unsure || this.#unsure !== unsure) return
    this.#unsure = undefined
    this.#leave(unsure.trails, unsure.batch.ends.length)
  }

  #step(): Promise<void> {
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined))
    return this.#sending
  }

  async #send(): Promise<void> {
    const { log, session, keep } = this.#options
    const { batch, trails, open } = (this.#unsure ??= this.#next())
    const first = await log.append(session, batch, keep)
    this.#unsure = undefined
    for (const [index, trail] of trails.entries()) {
      trail.id = first + index
      if (open.has(trail) && trail.ended !== undefined) this.end(trail)
    }
    this.#leave(trails, batch.ends.length)
  }

  /** Calls and ends that wait no more. */
  #leave(trails: readonly Trail[], ends: number): void {
    this.#gone += trails.length + ends
    this.#options.onGone(trails.reduce((sum, { bytes }) => sum + bytes, 0))
  }

  #next(): Sending {
    const trails = this.#calls.splice(0, this.#many())
    const ends = this.#ends.splice(0, AT_ONCE)
    const batch: Batch = {
      calls: { count: trails.length, text: writeTrails(trails) },
      ends: ends.map(({ id, began, ended = began }) => ({ id, took: ended - began })),
      counts: countsOf(this.#tally, MOST_UNKNOWN_OF_SESSION),
      lost: this.#lost,
    }
    this.#tally = new Tally(MOST_UNKNOWN_OF_SESSION)
    this.#lost = 0
    return { batch, trails, open: new Set(trails.filter(({ ended }) => ended === undefined)) }
  }

  /** How many calls are written next. */
  #many(): number {
    let bytes = 0
    const full = this.#calls.findIndex((trail, index) => {
      bytes += trail.bytes
      return index === AT_ONCE || (index > 0 && bytes > BYTES_AT_ONCE)
    })
    return full === -1 ? this.#calls.length : full
  }
}
