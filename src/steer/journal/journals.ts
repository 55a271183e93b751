import { setMaxListeners } from 'node:events'
import type { ApiDescription } from '../../operation/description.js'
import type { Trail } from '../trail.js'
import { Tally } from './tally.js'
import { Journal, type SharedJournal } from './journal.js'
import { makeFit } from './keep.js'
import { Teller } from './tell.js'

export interface JournalsOptions {
  /** Calls that each session's journal keeps. */
  readonly entries: number
  /** The docs as they are now. */
  readonly description: () => ApiDescription
  /** JSON pointers of what is secret beyond what is so by its name. */
  readonly redact?: readonly string[] | undefined
  /** Bytes of a body that are kept. */
  readonly longestBody?: number
  /** Bytes that all sessions' calls may take together, about. */
  readonly bytes?: number
}

const LONGEST_BODY = 16 * 1024
const BYTES = 64 * 1024 * 1024
/** Different unknown requests that are listed. */
const MOST_UNKNOWN = 1000

/** Undefined where none is to be kept. */
export const openJournals = (options: JournalsOptions): Journals | undefined =>
  options.entries === 0 ? undefined : new Journals(options)

/** The journals of all sessions: what they have in common, and how much memory they may take together. */
export class Journals implements SharedJournal {
  readonly entries: number
  dropped = 0
  /** What was called of the docs, by every session, those that are gone included. */
  readonly tally = new Tally(MOST_UNKNOWN)
  readonly #longestBody: number
  readonly #limit: number
  /** Those that hold calls. */
  readonly #filled = new Set<Journal>()
  readonly #closing = new AbortController()
  readonly #options: JournalsOptions
  #teller: Teller | undefined
  #id = 0
  #bytes = 0

  constructor(options: JournalsOptions) {
    // Each stream and each wait listens, and their numbers are bounded where they are made.
    setMaxListeners(0, this.#closing.signal)
    const { entries, longestBody = LONGEST_BODY, bytes = BYTES } = options
    this.#options = options
    this.entries = entries
    this.#longestBody = longestBody
    this.#limit = bytes
  }

  /** What all calls that are kept take in memory, about. */
  get bytes(): number {
    return this.#bytes
  }

  /** The id of the newest call. */
  get lastId(): number {
    return this.#id
  }

  /** Aborted when nothing more will be recorded. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** Tells of calls in the terms of the docs as they are now. */
  get teller(): Teller {
    const description = this.#options.description()
    if (this.#teller?.description !== description) {
      this.#teller = new Teller(description, this.#options.redact ?? [])
    }
    return this.#teller
  }

  open(): Journal {
    return new Journal(this)
  }

  close(): void {
    this.#closing.abort()
  }

  take(trail: Trail): void {
    trail.id = ++this.#id
    this.tally.count(trail)
    makeFit(trail, this.#longestBody)
  }

  changed(journal: Journal, bytes: number): void {
    this.#bytes += bytes
    if (journal.size > 0) this.#filled.add(journal)
    else this.#filled.delete(journal)
    if (this.#bytes > this.#limit) this.#makeRoom()
  }

  /**
   * Frees an eighth, so that this is not done for each call. Those that hold most give: no journal
   * loses a call as long as another one holds more than it (max-min fairness).
   */
  #makeRoom(): void {
    const journals = [...this.#filled].toSorted((a, b) => a.bytes - b.bytes)
    let left = this.#limit - this.#limit / 8
    for (const [index, journal] of journals.entries()) {
      const share = left / (journals.length - index)
      if (journal.bytes > share) this.#bytes -= journal.shrinkTo(share)
      left -= journal.bytes
      if (journal.size === 0) this.#filled.delete(journal)
    }
  }
}
