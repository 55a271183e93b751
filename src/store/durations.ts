/**
 * How long things took, counted by size, as a histogram of Prometheus has it
 * (https://prometheus.io/docs/concepts/metric_types/#histogram). Adding costs a few comparisons and
 * keeps nothing of what was measured.
 */
export class Durations {
  /** Seconds, growing: the upper bounds of the counts. */
  readonly bounds: readonly number[]
  readonly #limits: readonly number[]
  readonly #counts: number[]
  #sum = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.#limits = bounds.map((bound) => bound * 1000)
    this.#counts = [...bounds, Infinity].map(() => 0)
  }

  /** @param milliseconds from two readings of `performance.now()` */
  add(milliseconds: number): void {
    let index = 0
    while (milliseconds > (this.#limits[index] ?? Infinity)) index++
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#sum += milliseconds
  }

  /** How many took no longer than each bound, and last how many there were. */
  get cumulative(): readonly number[] {
    let total = 0
    return this.#counts.map((count) => (total += count))
  }

  /** Seconds, of all together. */
  get sum(): number {
    return this.#sum / 1000
  }
}
