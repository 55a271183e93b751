import type { Trail } from '../trail.js'
import type { FollowedJournal, SessionJournal } from './session-journal.js'
import { MOST_UNKNOWN_OF_SESSION, Tally } from './tally.js'

/** Told what happens in a journal, as it happens. */
export interface JournalListener {
  /** The reply has been decided; it may be under way for long, or never come. */
  arrived(trail: Trail): void
  /** The reply has been handed over, or a fault is done with. */
  ended?(trail: Trail): void
  cleared?(): void
  /** Nothing more will be told: the session has been dropped. */
  closed?(): void
}

/** What the journals of all sessions have in common. */
export interface SharedJournal {
  /** Calls that a journal keeps. */
  readonly entries: number
  /** Numbers and counts a call before it is kept, and makes it fit to be. */
  take(trail: Trail): void
  /** Told when a journal has come to hold more or fewer bytes; may have it drop some. */
  changed(journal: Journal, bytes: number): void
  /** Calls that the bounds of all journals have dropped. */
  dropped: number
}

/** The calls of one session, the newest last; the oldest make room. */
export class Journal implements SessionJournal {
  /** What the session has called since the journal was last cleared. */
  tally = new Tally(MOST_UNKNOWN_OF_SESSION)
  readonly #shared: SharedJournal
  readonly #listeners = new Set<JournalListener>()
  #trails: (Trail | undefined)[] = []
  /** Where the oldest stands: what is before it has been dropped. */
  #start = 0
  #dropped = 0
  #bytes = 0
  #closed = false

  constructor(shared: SharedJournal) {
    this.#shared = shared
  }

  /** Calls that the bounds have dropped since the journal was last cleared. */
  get dropped(): number {
    return this.#dropped
  }

  /** What the calls take in memory, about. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether its session has been dropped. */
  get closed(): boolean {
    return this.#closed
  }

  get size(): number {
    return this.#trails.length - this.#start
  }

  /** Called when a reply has been decided, before a delay: the call has arrived. */
  record(trail: Trail): void {
    this.#shared.take(trail)
    this.tally.count(trail)
    this.#trails.push(trail)
    let change = trail.bytes
    if (this.size > this.#shared.entries) change -= this.#dropOldest()
    this.#bytes += change
    this.#shared.changed(this, change)
    for (const listener of this.#listeners) listener.arrived(trail)
  }

  /**
   * Called when the reply is handed over, or a fault is done with.
   * @param at on the clock of {@link Trail.began}
   */
  ended(trail: Trail, at: number = performance.now()): void {
    trail.ended = at
    for (const listener of this.#listeners) listener.ended?.(trail)
  }

  read(): this {
    return this
  }

  follow(): FollowedJournal {
    return { journal: this, stop: () => {} }
  }

  counted(): Tally {
    return this.tally
  }

  /** It goes with its session, and whatever still comes goes with it. */
  leaveOff(): void {}

  drop(): void {
    this.close()
    this.clear()
  }

  /** Counts calls that came, but never here. */
  missed(calls: number): void {
    this.#dropped += calls
  }

  /** Forgets all calls. */
  clear(): void {
    const freed = this.#bytes
    this.tally = new Tally(MOST_UNKNOWN_OF_SESSION)
    this.#trails = []
    this.#start = this.#bytes = this.#dropped = 0
    this.#shared.changed(this, -freed)
    for (const listener of this.#listeners) listener.cleared?.()
  }

  /** Lets go of who listens, as when the session is dropped: what comes under its name has another journal. */
  close(): void {
    this.#closed = true
    for (const listener of this.#listeners) listener.closed?.()
  }

  /** The calls that are kept, the oldest first. */
  list(): Trail[] {
    return this.#trails.slice(this.#start).filter((trail) => trail !== undefined)
  }

  get(id: number): Trail | undefined {
    // Ids only grow, so half of what is left is looked at no more each time.
    let [low, high] = [this.#start, this.#trails.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#trails[middle]?.id ?? 0) < id) low = middle + 1
      else high = middle
    }
    const found = this.#trails[low]
    return found?.id === id ? found : undefined
  }

  /** Tells a listener of everything from now on. Returns how to stop. */
  watch(listener: JournalListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Drops the oldest calls until those that are left take no more than this. Returns the bytes that were freed. */
  shrinkTo(bytes: number): number {
    let freed = 0
    while (this.#bytes - freed > bytes && this.size > 0) freed += this.#dropOldest()
    this.#bytes -= freed
    return freed
  }

  /** Returns the bytes of the oldest call. */
  #dropOldest(): number {
    const oldest = this.#trails[this.#start]
    this.#trails[this.#start++] = undefined
    this.#dropped++
    this.#shared.dropped++
    // Moving the rest down once in a while costs less than moving it each time.
    if (this.#start > Math.min(this.#shared.entries, 1024)) {
      this.#trails.splice(0, this.#start)
      this.#start = 0
    }
    return oldest?.bytes ?? 0
  }
}
