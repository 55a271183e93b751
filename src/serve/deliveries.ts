/** Replies that are held back or given out slowly. None of them may keep a server from closing. */
export class Deliveries {
  readonly #pending = new Set<() => void>()
  #hurrying = false

  /** Whether nothing is to be held back any more. */
  get hurrying(): boolean {
    return this.#hurrying
  }

  /** `finish` is called when there is no time left; returns what says that it is not needed any more. */
  add(finish: () => void): () => void {
    this.#pending.add(finish)
    // A behaviour may have answered only after the rest was hurried; what is added first has to be set up.
    if (this.#hurrying) queueMicrotask(() => this.#pending.delete(finish) && finish())
    return () => void this.#pending.delete(finish)
  }

  /** Brings everything that is under way to its end, now and from now on. */
  hurry(): void {
    this.#hurrying = true
    for (const finish of this.#pending) finish()
    this.#pending.clear()
  }
}
