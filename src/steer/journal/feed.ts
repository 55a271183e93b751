import type { Trail } from '../trail.js'
import type { Journal } from './journal.js'

/** Whom a feed tells. */
export interface FeedReader {
  /** A call that is new, or known and now at its end. Returns false where nothing more is taken until {@link Feed.resume}. */
  call(trail: Trail): boolean
  cleared(): void
  /** More calls wait for it than a journal keeps, so that some were dropped before it could be told. */
  lost(): void
  /** Nothing more will come. */
  closed(): void
}

export interface FeedOptions {
  /** Calls with a greater id that are there already are told at once; none where it is undefined. */
  readonly after: number | undefined
  /** Calls that may wait for the reader. */
  readonly most: number
  readonly reader: FeedReader
}

/**
 * Tells of calls as they come: each once, when it is done, and before that where it is not done by
 * the end of the turn in which it arrived, as with a delay. Only the ids of calls wait for a reader
 * that is slow, so that it keeps nothing in memory that the journal does not.
 */
export class Feed {
  readonly #journal: Journal
  readonly #options: FeedOptions
  readonly #pending = new Set<number>()
  readonly #unwatch: () => void
  #scheduled: NodeJS.Immediate | undefined
  #ready = true

  constructor(journal: Journal, options: FeedOptions) {
    this.#journal = journal
    this.#options = options
    const { after, reader } = options
    this.#unwatch = journal.watch({
      arrived: ({ id }) => this.#add(id),
      ended: ({ id }) => this.#add(id),
      cleared: () => {
        this.#pending.clear()
        reader.cleared()
      },
      closed: () => reader.closed(),
    })
    if (after === undefined) return
    for (const { id } of journal.list()) if (id > after) this.#add(id)
  }

  /** The reader takes more. */
  resume(): void {
    this.#ready = true
    this.#schedule()
  }

  stop(): void {
    this.#unwatch()
    this.#ready = false
    clearImmediate(this.#scheduled)
  }

  #add(id: number): void {
    this.#pending.add(id)
    if (this.#pending.size > this.#options.most) return this.#options.reader.lost()
    this.#schedule()
  }

  #schedule(): void {
    if (this.#ready && this.#pending.size > 0) this.#scheduled ??= setImmediate(() => this.#tell())
  }

  #tell(): void {
    this.#scheduled = undefined
    for (const id of this.#pending) {
      if (!this.#ready) return
      this.#pending.delete(id)
      const trail = this.#journal.get(id)
      if (trail) this.#ready = this.#options.reader.call(trail)
    }
  }
}
