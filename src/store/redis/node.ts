import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { errors } from '../../errors.js'
import { errorMessage } from '../failure.js'
import type { Trouble } from '../store.js'
import { type Answer, type Argument, type Ask, asAnswer } from './answers.js'
import { gather } from './clients.js'
import type { Figures } from './figures.js'
import type { Address } from './location.js'
import { disconnection, inOneLine, isReply, refusal } from './refusals.js'
import type { Script } from './script.js'
import { insecurity } from './tls.js'

/** Whether a Redis can be asked, and since when not. */
export type Reachability = { readonly up: true } | ({ readonly up: false } & Trouble)

export interface NodeOptions {
  readonly address: Address
  /** Shown to people. */
  readonly shown: string
  readonly client: Redis
  readonly figures: Figures
  /** Done before anything else is asked, now and whenever it has come back. Where it rejects, the node is not used. */
  readonly prepare: (node: Node) => Promise<void>
  readonly onLost: (node: Node, reason: string) => void
  readonly onBack: (node: Node) => void
}

/** Milliseconds between two looks whether a Redis that is there can be used. */
const LOOK = 200
const CLOSED = 'the connection was closed'

/**
 * One Redis, and the connection over which it is asked. While it is away, whatever asks for it is
 * refused at once rather than held back; the connection comes back by itself.
 */
export class Node {
  readonly address: Address
  readonly shown: string
  readonly #options: NodeOptions
  #reachability: Reachability = { up: false, reason: 'it has not been connected', since: Date.now() }
  /** Why it cannot be used although it may be there. */
  #unusable: Error | undefined
  #refused: Trouble | undefined
  #losses = 0
  #connections = 0
  #opening: Promise<void> | undefined
  #opened = false
  #looking = false
  #closed = false

  constructor(options: NodeOptions) {
    this.#options = options
    this.address = options.address
    this.shown = options.shown
    const { client } = options
    client.on('error', (error: unknown) => {
      this.lost(disconnection(error), insecurity(this.shown, error))
    })
    client.on('close', () => {
      this.#connections++
      if (this.#reachability.up) this.lost(CLOSED)
    })
    client.on('ready', () => void this.look())
  }

  get reachability(): Reachability {
    return this.#reachability
  }

  /** Undefined while all is well: it is there, and takes what is written to it. */
  get trouble(): Trouble | undefined {
    return this.#reachability.up ? this.#refused : this.#reachability
  }

  /** Another number once the connection is another, which knows nothing of what the one before has written. */
  get connection(): number {
    return this.#connections
  }

  /** Resolves when it is known for the first time whether it can be used. */
  get opening(): Promise<void> | undefined {
    return this.#opening
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  async connect(): Promise<void> {
    await this.#options.client.connect().catch(() => {
      throw this.away()
    })
  }

  /** Connects, unless it is. Rejects with STANDIN_ERR_STORE_*; until it is closed it comes into use as soon as it can be. */
  async open(): Promise<void> {
    const opening = this.#open()
    this.#opening = opening.catch(() => {})
    try {
      await opening
    } finally {
      this.#opening = undefined
      this.#opened = true
      void this.look()
    }
  }

  /** What has become of the last attempt to write: the error, or undefined. */
  wrote(error: unknown): void {
    if (error === undefined) this.#refused = undefined
    else if (this.#refused?.reason !== errorMessage(error)) {
      this.#refused = { reason: errorMessage(error), since: this.#refused?.since ?? Date.now() }
    }
  }

  close(): void {
    this.#closed = true
    this.#reachability = { up: false, reason: 'it was closed', since: Date.now() }
    this.#options.client.disconnect()
  }

  /** Whatever is known of it. Rejects with STANDIN_ERR_STORE_*. */
  readonly ask: Ask = async (command, ...values) => {
    try {
      return await this.call(command, values)
    } catch (error) {
      throw this.told(error, command, [])
    }
  }

  /**
   * Rejects with what the client rejects with.
   * @param asking for a key that is on its way to this node: once, says ASKING
   */
  async call(command: string, values: readonly Argument[], asking = false): Promise<Answer> {
    const { client, figures } = this.#options
    gather(client)
    // Its failure is that of the command behind it.
    if (asking) client.call('ASKING').catch(() => {})
    return asAnswer(await figures.timed(client.call(command, ...values)))
  }

  /** Runs a script. Rejects as {@link call} does. */
  async evaluate(
    { lua, sha }: Script,
    keys: readonly string[],
    values: readonly Argument[],
    asking = false,
  ): Promise<Answer> {
    try {
      return await this.call('EVALSHA', [sha, keys.length, ...keys, ...values], asking)
    } catch (error) {
      if (!(isReply(error) && error.message.startsWith('NOSCRIPT'))) throw error
    }
    // A Redis that was started anew knows no script any more.
    return this.call('EVAL', [lua, keys.length, ...keys, ...values], asking)
  }

  /** Throws what is to be told while it is away. */
  check(): void {
    if (!this.#reachability.up) throw this.away()
  }

  away(): Error {
    if (this.#closed) return new errors.STANDIN_ERR_STORE_CLOSED(this.shown)
    return this.#unusable ?? new errors.STANDIN_ERR_STORE_UNREACHABLE(this.shown, this.#reason)
  }

  /** What is to be told of a change whose answer never came. */
  uncertain(): Error {
    const why = `it was lost before it answered (${this.#reason})`
    return new errors.STANDIN_ERR_STORE_UNCERTAIN(this.shown, why)
  }

  /** What is to be told of a failure of {@link call}. */
  told(error: unknown, what: string, keys: readonly string[]): Error {
    if (!isReply(error)) return this.away()
    const { message } = error
    return (
      refusal(this.shown, message, keys) ??
      new errors.STANDIN_ERR_STORE_WRITE(this.shown, `${what}: ${inOneLine(message)}`)
    )
  }

  /** It cannot be used any more, until it is looked at again. */
  lost(reason: string, error?: unknown): void {
    if (this.#closed) return
    const before = this.#reachability
    this.#losses++
    this.#reachability = { up: false, reason, since: before.up ? Date.now() : before.since }
    this.#unusable = error instanceof Error ? error : refusal(this.shown, reason)
    if (before.up) this.#options.onLost(this, reason)
  }

  /** Looks until it can be used: it may be there and still reading its data, or be another than before. */
  async look(): Promise<void> {
    if (this.#looking || !this.#opened) return
    this.#looking = true
    while (!this.#closed && this.#options.client.status === 'ready' && !this.#reachability.up) {
      const losses = this.#losses
      try {
        await this.#options.prepare(this)
        if (losses !== this.#losses || this.#closed) continue
        this.#reachability = { up: true }
        this.#options.onBack(this)
      } catch (error) {
        this.lost(errorMessage(error), error)
        await sleep(LOOK, undefined, { ref: false })
      }
    }
    this.#looking = false
  }

  async #open(): Promise<void> {
    if (this.#options.client.status === 'wait') await this.connect()
    try {
      await this.#options.prepare(this)
    } catch (error) {
      this.lost(errorMessage(error), error)
      throw error
    }
    this.#reachability = { up: true }
  }

  get #reason(): string {
    return this.#reachability.up ? CLOSED : this.#reachability.reason
  }
}

/** Whether a failure of {@link Node.call} leaves open what was done: it was sent, and no answer came. */
export const isUnanswered = (error: unknown): boolean =>
  !isReply(error) && !errorMessage(error).startsWith("Stream isn't writeable")
