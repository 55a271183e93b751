import type { Keys } from './keys.js'
import type { Node } from './node.js'
import type { Nodes } from './nodes.js'

/** Keys that are looked at for one that a node serves. */
const MOST = 100_000
/** Milliseconds that what was written stays. */
const STAYS = 60_000

/** Finds out whether nodes take what is written to them, which nobody else may ask for long. */
export class Probe {
  readonly #keys: Keys
  readonly #numbers = new WeakMap<Node, number>()

  constructor(keys: Keys) {
    this.#keys = keys
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  async write(node: Node, nodes: Nodes): Promise<void> {
    const key = this.#keyOf(node, nodes)
    if (key === undefined) return
    await nodes.ask({
      key,
      ask: (asked, asking) => asked.call('SET', [key, '', 'PX', STAYS], asking),
      told: (error, asked) => asked.told(error, 'SET', [key]),
    })
  }

  /** Undefined where it serves next to nothing. */
  #keyOf(node: Node, nodes: Nodes): string | undefined {
    for (let number = this.#numbers.get(node) ?? 0; number < MOST; number++) {
      const key = this.#keys.probe(number)
      if (nodes.of(key) !== node) continue
      this.#numbers.set(node, number)
      return key
    }
    return undefined
  }
}
