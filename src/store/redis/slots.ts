import keySlot from 'cluster-key-slot'
import { type Answer, list } from './answers.js'
import { type Address, addressText } from './location.js'

/** Which node of a cluster serves which keys, as far as is known. Nodes go by their {@link addressText}. */
export class Slots {
  readonly #bySlot: (string | undefined)[] = []
  /** Those that serve keys. */
  readonly owners = new Map<string, Address>()
  /** Those that take over when an owner is lost. */
  readonly replicas = new Map<string, Address>()

  /**
   * What CLUSTER SLOTS answers: first slot, last slot, owner, its replicas
   * (https://redis.io/docs/latest/commands/cluster-slots/).
   * @param asked by which host a node was asked: it may not know its own
   */
  static of(answer: Answer, asked: Address): Slots {
    const slots = new Slots()
    for (const range of list(answer)) {
      const [first, last, ...nodes] = list(range)
      const [owner, ...replicas] = nodes.map((node) => addressOf(node, asked))
      if (!owner) continue
      for (let slot = Number(first); slot <= Number(last); slot++) slots.set(slot, owner)
      for (const replica of replicas) slots.replicas.set(addressText(replica), replica)
    }
    return slots
  }

  /** Undefined where nobody serves the key. */
  ownerOf(key: string): string | undefined {
    return this.#bySlot[keySlot(key)]
  }

  set(slot: number, owner: Address): void {
    const text = addressText(owner)
    this.#bySlot[slot] = text
    if (!this.owners.has(text)) this.owners.set(text, owner)
  }
}

function addressOf(node: Answer, asked: Address): Address {
  const [host, port] = list(node)
  const known = typeof host === 'string' && host !== '' && host !== '?'
  return { host: known ? host : asked.host, port: Number(port) }
}

/** What a node answers about a key that it does not serve (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/). */
export type Redirection =
  /** Another node serves its slot from now on. */
  | { readonly kind: 'moved'; readonly slot: number; readonly to: Address }
  /** Its slot is on its way to another node, which is to be asked this once. */
  | { readonly kind: 'ask'; readonly to: Address }
  /** Keys that are asked for together are on their way, and some have arrived. */
  | { readonly kind: 'again' }

/**
 * Undefined for what says nothing of that kind.
 * @param asked by which host the node was asked: one that is left out is the same
 */
export function redirection(message: string, asked: Address): Redirection | undefined {
  if (message.startsWith('TRYAGAIN')) return { kind: 'again' }
  const [, kind, slot, host = '', port] = /^(MOVED|ASK) (\d+) (.*):(\d+)$/.exec(message) ?? []
  if (kind === undefined) return undefined
  const to = { host: host === '' ? asked.host : host, port: Number(port) }
  return kind === 'ASK' ? { kind: 'ask', to } : { kind: 'moved', slot: Number(slot), to }
}
