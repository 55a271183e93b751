/** Counts the steps of all workers, so that something can be made to happen in their middle. */
export class Progress {
  readonly #marks = new Map<number, () => void>()
  #steps = 0

  /** To be called at each step. */
  step(): void {
    this.#steps++
    this.#marks.get(this.#steps)?.()
  }

  /** Does something once so many steps have begun, while the others go on. Resolves when it is done. */
  at(steps: number, action: () => Promise<void>): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#marks.set(steps, () => void action().then(resolve, reject))
    })
  }
}
