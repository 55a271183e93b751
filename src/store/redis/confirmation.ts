import { errors } from '../../errors.js'
import type { Connection } from './connection.js'

/** Milliseconds that replicas of Redis have to confirm what was written. Less than a silence that counts as a loss. */
const PATIENCE = 1000

/**
 * Waits until replicas of Redis have what was written (WAIT, https://redis.io/docs/latest/commands/wait/).
 * One wait is in flight at a time, and what is written meanwhile shares the next.
 */
export class Confirmation {
  readonly #connection: Connection
  readonly #replicas: number
  #inFlight: Promise<void> | undefined
  #next: Promise<void> | undefined

  /** @param replicas how many have to confirm; 0 waits for none */
  constructor(connection: Connection, replicas: number) {
    this.#connection = connection
    this.#replicas = replicas
  }

  get needed(): boolean {
    return this.#replicas > 0
  }

  /** Resolves when they have all that was answered before this. Rejects with STANDIN_ERR_STORE_UNCERTAIN. */
  confirm(): Promise<void> {
    if (!this.needed) return Promise.resolve()
    this.#next ??= this.#after(this.#inFlight)
    return this.#next
  }

  async #after(earlier: Promise<void> | undefined): Promise<void> {
    await earlier?.catch(() => {})
    const waiting = this.#wait()
    this.#inFlight = waiting
    this.#next = undefined
    await waiting
  }

  async #wait(): Promise<void> {
    const { location } = this.#connection
    const answer = await this.#connection.send('WAIT', this.#replicas, PATIENCE).catch(() => 0)
    const confirmed = Number(answer)
    if (confirmed >= this.#replicas) return
    const why = `it was written, and ${confirmed} of ${this.#replicas} replicas of Redis confirmed it within ${PATIENCE} ms`
    throw new errors.STANDIN_ERR_STORE_UNCERTAIN(location, why)
  }
}
