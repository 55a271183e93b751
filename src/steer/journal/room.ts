import type { Journal } from './journal.js'

/** How much memory journals may take together. */
export class Room {
  readonly #limit: number
  /** Those that hold calls. */
  readonly #filled = new Set<Journal>()
  #bytes = 0

  /** @param limit bytes, about */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** What all of them take, about. */
  get bytes(): number {
    return this.#bytes
  }

  /** Called when a journal has come to hold more or fewer bytes; may have some drop calls. */
  changed(journal: Journal, bytes: number): void {
    this.#bytes += bytes
    if (journal.size > 0) this.#filled.add(journal)
    else this.#filled.delete(journal)
    if (this.#bytes > this.#limit) this.#makeRoom()
  }

  /** Called when a journal is let go of with what it holds. */
  left(journal: Journal): void {
    if (this.#filled.delete(journal)) this.#bytes -= journal.bytes
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
