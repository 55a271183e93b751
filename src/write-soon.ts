/**
 * Milliseconds from something new to its being in the file, so that a run that is killed loses no more.
 * What takes longer to write also waits ten times what the last writing took.
 */
const SOON = 200

/** Writes again and again while something new comes, one writing at a time. */
export class WriteSoon {
  readonly #write: () => Promise<unknown>
  #timer: NodeJS.Timeout | undefined
  #wait = SOON
  #writing: Promise<unknown> = Promise.resolve()

  /** @param write may reject: what cannot be written now is tried again with what comes next, and at the end */
  constructor(write: () => Promise<unknown>) {
    this.#write = write
  }

  /** There is something new. */
  touch(): void {
    // Not pushed back by further calls: under a steady load it would never come.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#writing = this.#writing.then(() => this.#inPassing())
    }, this.#wait).unref()
  }

  /** Writes nothing more by itself; resolves when nothing is being written. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#writing
  }

  async #inPassing(): Promise<void> {
    const begun = performance.now()
    await this.#write().catch(() => {})
    this.#wait = SOON + 10 * (performance.now() - begun)
  }
}
