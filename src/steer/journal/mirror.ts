import type { CallLog, LogEntry, Place } from '../../store/redis/call-log.js'
import type { Trail } from '../trail.js'
import { Journal, type SharedJournal } from './journal.js'
import { readTrails } from './trail-text.js'

const BEGINNING: Place = { token: '', entry: '' }

/** A journal of this process that shows what is in the log of a session, which all replicas write. */
export class Mirror {
  readonly journal: Journal
  readonly #log: CallLog
  readonly #session: string
  #place = BEGINNING
  /** The number of the newest call that was read, or is known to be gone. */
  #last = 0
  #lost = 0
  #reading: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(log: CallLog, session: string, shared: SharedJournal) {
    this.#log = log
    this.#session = session
    this.journal = new Journal(shared)
  }

  /** Whether it shows what came before a session ended, after which the log has a new token. */
  isBefore(token: string): boolean {
    return this.#place !== BEGINNING && this.#place.token !== token
  }

  /** Resolves when everything that is in the log by now is in the journal. Rejects with STANDIN_ERR_STORE_*. */
  catchUp(): Promise<void> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => (this.#reading = undefined))
      return this.#reading
    }
    // What is being read may have begun before what is asked for.
    this.#next ??= this.#reading
      .catch(() => {})
      .then(() => {
        this.#next = undefined
        return this.catchUp()
      })
    return this.#next
  }

  async #read(): Promise<void> {
    for (let more = true; more;) {
      const page = await this.#log.read(this.#session, this.#place)
      if (this.journal.closed) return
      more = page.more
      if (page.next.token !== this.#place.token) this.#begin(page.base)
      this.#place = page.next
      for (const entry of page.entries) this.#take(entry)
      if (!more) this.#skipTo(page.last)
      this.journal.missed(page.lost - this.#lost)
      this.#lost = page.lost
    }
  }

  /** The log is another by now. */
  #begin(base: number): void {
    this.#last = base
    this.#lost = 0
    if (this.journal.size > 0 || this.journal.dropped > 0) this.journal.clear()
  }

  #take(entry: LogEntry): void {
    const { journal } = this
    if ('text' in entry) {
      this.#skipTo(entry.first - 1)
      const trails = readable(entry.first, entry.text)
      if (trails) this.#last = entry.first + entry.count - 1
      else this.#skipTo(entry.first + entry.count - 1)
      for (const trail of trails ?? []) journal.record(trail)
      return
    }
    const trail = journal.get(entry.id)
    if (trail) journal.ended(trail, trail.began + entry.took)
  }

  /** Calls that went before they were read, or cannot be, count as dropped. */
  #skipTo(number: number): void {
    if (number <= this.#last) return
    this.journal.missed(number - this.#last)
    this.#last = number
  }
}

/** Undefined where another version, or somebody else, has written what this one cannot read. */
function readable(first: number, text: string): Trail[] | undefined {
  try {
    return readTrails(first, text)
  } catch {
    return undefined
  }
}
