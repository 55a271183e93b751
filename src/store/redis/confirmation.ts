import { errors } from '../../errors.js'
import type { Node } from './node.js'
import type { Answered } from './nodes.js'

/** Milliseconds that replicas of Redis have to confirm what was written. Less than a silence that counts as a loss. */
const PATIENCE = 1000

/** WAITs at one node: one is in flight, and another may be to come. */
interface Waits {
  inFlight: Promise<number>
  next: Promise<number> | undefined
}

/**
 * Waits until replicas of Redis have what was written (WAIT, https://redis.io/docs/latest/commands/wait/).
 * At each node one wait is in flight at a time, and what is written meanwhile shares the next.
 */
export class Confirmation {
  readonly #replicas: number
  readonly #waits = new WeakMap<Node, Waits>()

  /** @param replicas how many have to confirm; 0 waits for none */
  constructor(replicas: number) {
    this.#replicas = replicas
  }

  /** Resolves when they have what was answered. Rejects with STANDIN_ERR_STORE_UNCERTAIN. */
  async confirm({ node, connection }: Pick<Answered, 'node' | 'connection'>): Promise<void> {
    if (this.#replicas === 0) return
    const confirmed = await this.#wait(node)
    // WAIT is about what this very connection has written.
    const known = node.connection === connection ? confirmed : 0
    if (known >= this.#replicas) return
    const why = `it was written, and ${known} of ${this.#replicas} replicas of Redis confirmed it within ${PATIENCE} ms`
    throw new errors.STANDIN_ERR_STORE_UNCERTAIN(node.shown, why)
  }

  /** How many have confirmed everything that was answered before this. */
  #wait(node: Node): Promise<number> {
    const waits = this.#waits.get(node)
    if (!waits) {
      const begun: Waits = { inFlight: this.#ask(node), next: undefined }
      this.#waits.set(node, begun)
      return begun.inFlight
    }
    waits.next ??= waits.inFlight.then(() => {
      waits.inFlight = this.#ask(node)
      waits.next = undefined
      return waits.inFlight
    })
    return waits.next
  }

  #ask(node: Node): Promise<number> {
    return node.ask('WAIT', this.#replicas, PATIENCE).then(Number, () => 0)
  }
}
