import { setMaxListeners } from 'node:events'
import type { Trail } from '../trail.js'
import { Tally } from './tally.js'
import { Journal, type SharedJournal } from './journal.js'
import { makeFit } from './keep.js'
import { Room } from './room.js'
import type { SessionJournals } from './session-journal.js'
import { type TellerOptions, Tellers } from './tellers.js'
import type { Teller } from './tell.js'

export interface JournalsOptions extends TellerOptions {
  /** Calls that each session's journal keeps. */
  readonly entries: number
  /** Bytes of a body that are kept. */
  readonly longestBody?: number
  /** Bytes that all sessions' calls may take together, about. */
  readonly bytes?: number
}

/** Bytes of a body that are kept. */
export const LONGEST_BODY = 16 * 1024
/** Bytes that calls may take in memory. */
export const BYTES = 64 * 1024 * 1024
/** Different unknown requests that are listed. */
export const MOST_UNKNOWN = 1000

/** The journals of all sessions of this process: what they have in common, and how much memory they may take together. */
export class Journals implements SharedJournal, SessionJournals {
  readonly entries: number
  dropped = 0
  /** What was called of the docs, by every session, those that are gone included. */
  readonly tally = new Tally(MOST_UNKNOWN)
  readonly #longestBody: number
  readonly #room: Room
  readonly #closing = new AbortController()
  readonly #tellers: Tellers
  #id = 0

  constructor(options: JournalsOptions) {
    // Each stream and each wait listens, and their numbers are bounded where they are made.
    setMaxListeners(0, this.#closing.signal)
    const { entries, longestBody = LONGEST_BODY, bytes = BYTES } = options
    this.#tellers = new Tellers(options)
    this.entries = entries
    this.#longestBody = longestBody
    this.#room = new Room(bytes)
  }

  /** What all calls that are kept take in memory, about. */
  get bytes(): number {
    return this.#room.bytes
  }

  /** The id of the newest call. */
  get lastId(): number {
    return this.#id
  }

  /** Aborted when nothing more will be recorded. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  get teller(): Teller {
    return this.#tellers.current
  }

  open(_session?: string): Journal {
    return new Journal(this)
  }

  counted(): Tally {
    return this.tally
  }

  start(): void {}

  close(): void {
    this.#closing.abort()
  }

  settle(): void {}

  take(trail: Trail): void {
    trail.id = ++this.#id
    this.tally.count(trail)
    makeFit(trail, this.#longestBody)
  }

  changed(journal: Journal, bytes: number): void {
    this.#room.changed(journal, bytes)
  }
}
