import { setTimeout as sleep } from 'node:timers/promises'
import { asAnswer } from './answers.js'
import type { Clients } from './clients.js'
import { type Address, addressText } from './location.js'
import type { Node } from './node.js'
import { type Answered, askOne, type Nodes, type Question } from './nodes.js'
import { isReply } from './refusals.js'
import { redirection, Slots } from './slots.js'
import { explained } from './tls.js'

export interface ClusterOptions {
  readonly slots: Slots
  /** Makes a node that is not connected yet. */
  readonly make: (address: Address) => Node
  /** Where nodes may be found when none of those that are known answers. */
  readonly addresses: readonly Address[]
  readonly asking: Clients['asking']
  /** Whether that is done over TLS. */
  readonly secure: boolean
}

/** Milliseconds in which keys that are on their way have to arrive, and nodes have to agree on where they are. */
const PATIENCE = 1500
/** Milliseconds before the same is asked again. */
const AGAIN = 25
/** Redirections that are followed without a pause. */
const AT_ONCE = 3
/** Milliseconds between two looks who serves the keys of a node that is away. */
const FOLLOW = 500

/**
 * The nodes of a Redis Cluster (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/).
 * Each question goes to the node that serves its key, and on to where that one says it is by now. Only
 * what was refused is asked again: where a connection is lost, whoever asked is told.
 */
export class Cluster implements Nodes {
  readonly isCluster = true
  readonly #options: ClusterOptions
  readonly #nodes = new Map<string, Node>()
  #slots: Slots
  #refreshing: Promise<void> | undefined
  #following = false
  #closed = false

  constructor(options: ClusterOptions) {
    this.#options = options
    this.#slots = options.slots
  }

  get all(): readonly Node[] {
    return [...this.#slots.owners.values()].map((address) => this.#at(address))
  }

  async open(): Promise<void> {
    await Promise.all(
      this.all.map(async (node) => {
        await node.opening
        if (!node.reachability.up) throw await explained(node.away(), node, this.#options.secure)
      }),
    )
  }

  of(key: string): Node {
    const owner = this.#slots.ownerOf(key)
    const known = owner === undefined ? undefined : this.#nodes.get(owner)
    if (known) return known
    // Of a key that nobody serves any node says so.
    const [some] = this.#slots.owners.values()
    const address = (owner === undefined ? undefined : this.#slots.owners.get(owner)) ?? some
    if (!address) throw new Error('Somebody serves something')
    return this.#at(address)
  }

  async ask(question: Question): Promise<Answered> {
    let node = this.of(question.key)
    let asking = false
    let until: number | undefined
    for (let times = 1; ; times++) {
      await node.opening
      node.check()
      try {
        return await askOne(node, question, asking)
      } catch (error) {
        const redirected = isReply(error) ? redirection(error.message, node.address) : undefined
        until ??= performance.now() + PATIENCE
        if (!redirected || performance.now() > until) throw question.told(error, node)
        if (redirected.kind === 'again' || times > AT_ONCE) await sleep(AGAIN)
        if (redirected.kind === 'moved') this.#moved(redirected.slot, redirected.to)
        node = redirected.kind === 'again' ? this.of(question.key) : this.#at(redirected.to)
        asking = redirected.kind === 'ask'
      }
    }
  }

  follow(): void {
    if (!this.#following) void this.#follow()
  }

  close(): void {
    this.#closed = true
    for (const node of this.#nodes.values()) node.close()
  }

  #moved(slot: number, to: Address): void {
    this.#slots.set(slot, to)
    void this.#refresh()
  }

  /** One that is not known yet is opened: it comes into use as soon as it can be. */
  #at(address: Address): Node {
    const text = addressText(address)
    let node = this.#nodes.get(text)
    if (!node) {
      node = this.#options.make(address)
      this.#nodes.set(text, node)
      if (this.#closed) node.close()
      else node.open().catch(() => this.follow())
    }
    return node
  }

  async #follow(): Promise<void> {
    this.#following = true
    while (!this.#closed && this.all.some(({ reachability }) => !reachability.up)) {
      await this.#refresh()
      await sleep(FOLLOW, undefined, { ref: false })
    }
    this.#following = false
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#learn().finally(() => (this.#refreshing = undefined))
    return this.#refreshing
  }

  async #learn(): Promise<void> {
    const slots = await this.#askAnybody()
    if (!slots || this.#closed) return
    this.#slots = slots
    for (const address of slots.owners.values()) this.#at(address)
    // Those that serve nothing any more are kept as long as they are there: keys may be on their way to them.
    for (const [text, node] of this.#nodes) {
      if (slots.owners.has(text) || node.reachability.up || node.opening) continue
      this.#nodes.delete(text)
      node.close()
    }
  }

  /**
   * Who serves what, as the first says that knows: nodes, those that stand by for them, those of the URL.
   * One that was taken out of the cluster knows of nobody.
   */
  async #askAnybody(): Promise<Slots | undefined> {
    for (const node of this.#nodes.values()) {
      const slots = node.reachability.up ? await slotsOf(node).catch(() => undefined) : undefined
      if (slots && slots.owners.size > 0) return slots
    }
    for (const address of [...this.#slots.replicas.values(), ...this.#options.addresses]) {
      const slots = await this.#askStranger(address)
      if (slots && slots.owners.size > 0) return slots
    }
    return undefined
  }

  async #askStranger(address: Address): Promise<Slots | undefined> {
    const client = this.#options.asking(address)
    client.on('error', () => {})
    try {
      await client.connect()
      return Slots.of(asAnswer(await client.call('CLUSTER', 'SLOTS')), address)
    } catch {
      return undefined
    } finally {
      client.disconnect()
    }
  }
}

/** Which node serves what, as one of them says. Rejects with STANDIN_ERR_STORE_*. */
export const slotsOf = async ({ ask, address }: Pick<Node, 'ask' | 'address'>): Promise<Slots> =>
  Slots.of(await ask('CLUSTER', 'SLOTS'), address)
