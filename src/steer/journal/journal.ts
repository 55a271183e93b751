import type { Trail } from '../trail.js'

/** The calls of one session, the newest last; the oldest make room. */
export class Journal {
  readonly #trails: Trail[] = []
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Called when a reply has been decided, before a delay: the call has arrived. */
  record(trail: Trail): void {
    this.#trails.push(trail)
    if (this.#trails.length > this.#limit) this.#trails.shift()
  }

  /** Called when the reply is handed over, or a fault is done with. */
  ended(trail: Trail): void {
    trail.ended = performance.now()
  }

  clear(): void {
    this.#trails.length = 0
  }
}
