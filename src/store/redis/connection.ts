import type { Trouble } from '../store.js'
import type { Answer, Argument, Ask } from './answers.js'
import { type Clients, clientsFor } from './clients.js'
import { Figures } from './figures.js'
import { findNodes } from './find-nodes.js'
import { Keys } from './keys.js'
import { Listener } from './listener.js'
import { type Address, addressText, type RedisLocation } from './location.js'
import { isUnanswered, Node, type Reachability } from './node.js'
import { type Answered, type Nodes, SoleNode } from './nodes.js'
import { Probe } from './probe.js'
import type { Script } from './script.js'

/** A Redis that is to be made ready. */
export interface Prepared {
  readonly ask: Ask
  /** Shown to people. */
  readonly shown: string
  /** Whether it holds what is not of a session. */
  readonly holdsShared: boolean
}

export interface ConnectionOptions {
  /** Done with each Redis before anything else is asked of it, now and whenever it has come back. Where it rejects, it is not used. */
  readonly prepare?: (redis: Prepared) => Promise<void>
  /** Told, as a sentence, when one goes and when it is back. */
  readonly onMessage?: ((message: string) => void) | undefined
}

/** Milliseconds before another node of a cluster is listened to, where one has failed. */
const LISTEN_AGAIN = 200

/**
 * A connection to a Redis, or to each node of a cluster, and one more that listens. Whatever asks for one
 * that is away is refused at once rather than held back; it comes back by itself.
 */
export class Connection {
  /** Shown to people: the URL without user and password. */
  readonly location: string
  readonly keys: Keys
  readonly figures = new Figures()
  readonly #at: RedisLocation
  readonly #clients: Clients
  readonly #options: ConnectionOptions
  readonly #listener: Listener
  readonly #probe: Probe
  readonly #restored = new Set<() => void>()
  /** What all replicas ask for: the node that holds it is the one of everything that is not of a session. */
  readonly #shared: string
  #nodes: Nodes

  private constructor(location: RedisLocation, clients: Clients, options: ConnectionOptions) {
    this.location = location.shown
    this.keys = new Keys(location.prefix)
    this.#at = location
    this.#clients = clients
    this.#options = options
    this.#listener = new Listener({
      create: clients.listening,
      onLost: (reason) => this.#deaf(reason),
      onHearing: () => this.#hearing(),
    })
    this.#probe = new Probe(this.keys)
    this.#shared = this.keys.shared('')
    this.#nodes = new SoleNode(this.#node(location.addresses[0], location.shown))
  }

  /** Rejects with STANDIN_ERR_STORE_*: _UNREACHABLE where nobody answers yet. */
  static async open(location: RedisLocation, options: ConnectionOptions = {}): Promise<Connection> {
    const connection = new Connection(location, await clientsFor(location), options)
    try {
      await connection.#open()
      return connection
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  /** Whether the Redis can be asked that holds what is not of a session. */
  get reachability(): Reachability {
    return this.#home.reachability
  }

  /** Whether all can be asked. */
  get isWhole(): boolean {
    return this.#nodes.all.every(({ reachability }) => reachability.up)
  }

  /** Undefined while all is well: each Redis is there, and takes what is written to it. */
  get trouble(): Trouble | undefined {
    for (const { trouble, address } of this.#nodes.all) {
      if (!trouble) continue
      return this.#nodes.isCluster
        ? { ...trouble, reason: `node ${addressText(address)}: ${trouble.reason}` }
        : trouble
    }
    return undefined
  }

  /** Those that hold keys. */
  get redises(): readonly Pick<Node, 'ask' | 'shown'>[] {
    return this.#nodes.all
  }

  /** Told when a Redis has come back: what was told meanwhile has been missed. Returns how to stop. */
  onRestored(listener: () => void): () => void {
    this.#restored.add(listener)
    return () => void this.#restored.delete(listener)
  }

  /** Runs a script, whose keys are of one session. Rejects with STANDIN_ERR_STORE_*. */
  async run(script: Script, keys: readonly string[], values: readonly Argument[]): Promise<Answer> {
    const { answer } = await this.#nodes.ask({
      key: keys[0] ?? '',
      ask: (node, asking) => node.evaluate(script, keys, values, asking),
      told: (error, node) => node.told(error, script.name, keys),
    })
    return answer
  }

  /**
   * As {@link run}, for what changes something: rejects with STANDIN_ERR_STORE_UNCERTAIN where Redis
   * went before it answered, since it may have done it.
   */
  async change(script: Script, keys: readonly string[], values: readonly Argument[]): Promise<Answer> {
    return (await this.commit(script, keys, values)).answer
  }

  /** As {@link change}, for what has to be confirmed by replicas of whoever answered. */
  commit(script: Script, keys: readonly string[], values: readonly Argument[]): Promise<Answered> {
    return this.#nodes.ask({
      key: keys[0] ?? '',
      ask: (node, asking) => node.evaluate(script, keys, values, asking),
      told: (error, node) => (isUnanswered(error) ? node.uncertain() : node.told(error, script.name, keys)),
    })
  }

  /** One command, whose first value is a key, and all keys of one session. Rejects with STANDIN_ERR_STORE_*. */
  async send(command: string, ...values: readonly Argument[]): Promise<Answer> {
    const { answer } = await this.#nodes.ask({
      key: String(values[0]),
      ask: (node, asking) => node.call(command, values, asking),
      told: (error, node) => node.told(error, command, []),
    })
    return answer
  }

  /** Tells whoever has subscribed to the channel: nodes of a cluster tell each other. Rejects with STANDIN_ERR_STORE_*. */
  async publish(channel: string, message: string): Promise<void> {
    const node = this.#home
    node.check()
    await node.ask('PUBLISH', channel, message)
  }

  /** Hears what is published on a channel, as long as Redis is there. Resolves with how to stop, once it does. */
  async subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>> {
    try {
      return await this.#listener.subscribe(channel, listener)
    } catch (error) {
      throw this.#home.told(error, 'SUBSCRIBE', [])
    }
  }

  /**
   * Writes something at each Redis, which shows what has become of it. Rejects with STANDIN_ERR_STORE_*.
   * @param alongside what is written meanwhile and is not of a session
   */
  async checkWrites(alongside: Promise<void> = Promise.resolve()): Promise<void> {
    alongside.catch(() => {})
    const written = this.#nodes.all.map(async (node) => {
      try {
        const probed = this.#probe.write(node, this.#nodes)
        await (node === this.#home ? Promise.all([probed, alongside]) : probed)
        node.wrote(undefined)
      } catch (error) {
        if (node.reachability.up) node.wrote(error)
        throw error
      }
    })
    await Promise.all(written)
  }

  async close(): Promise<void> {
    this.#nodes.close()
    this.#listener.close()
  }

  get #home(): Node {
    return this.#nodes.of(this.#shared)
  }

  async #open(): Promise<void> {
    const make = (address: Address, shown: string): Node => this.#node(address, shown)
    this.#nodes = await findNodes({ location: this.#at, clients: this.#clients, make })
    await this.#nodes.open()
    const home = this.#home
    await this.#listener.listenAt(home.address).catch(() => {
      throw home.away()
    })
  }

  #node(address: Address, shown: string): Node {
    return new Node({
      address,
      shown,
      client: this.#clients.asking(address),
      figures: this.figures,
      prepare: (node) => this.#prepare(node),
      onLost: (node, reason) => this.#lost(node, reason),
      onBack: (node) => this.#back(node),
    })
  }

  async #prepare(node: Node): Promise<void> {
    // So that nothing more is missed.
    if (!this.#nodes.isCluster) {
      await this.#listener.check().catch((error: unknown) => {
        throw node.told(error, 'SUBSCRIBE', [])
      })
    }
    const { ask, shown } = node
    await this.#options.prepare?.({ ask, shown, holdsShared: node === this.#home })
  }

  #lost(node: Node, reason: string): void {
    this.#options.onMessage?.(
      `The store ${node.shown} is away: ${reason}. Requests that need it are refused.`,
    )
    // Where the one connection is lost, the other may not have noticed, and would hear nothing any more.
    if (this.#listener.isAt(node.address)) this.#listenElsewhere()
    this.#nodes.follow()
  }

  #back(node: Node): void {
    this.#options.onMessage?.(`The store ${node.shown} is back.`)
    if (this.#nodes.isCluster && !this.#listener.isConnected) this.#listenElsewhere()
    this.#restore()
  }

  #deaf(reason: string): void {
    if (!this.#nodes.isCluster) this.#home.lost(reason)
    else setTimeout(() => this.#listener.isConnected || this.#listenElsewhere(), LISTEN_AGAIN).unref()
  }

  #hearing(): void {
    if (this.#nodes.isCluster) this.#restore()
    else void this.#home.look()
  }

  /** At another node, where there is one. */
  #listenElsewhere(): void {
    const other = this.#nodes.all.find(
      ({ reachability, address }) => reachability.up && !this.#listener.isAt(address),
    )
    // If it fails there too it is told, and another is tried.
    if (other) this.#listener.listenAt(other.address).catch(() => {})
    else this.#listener.reconnect()
  }

  #restore(): void {
    for (const listener of this.#restored) listener()
  }
}
