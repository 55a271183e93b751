import { setTimeout as sleep } from 'node:timers/promises'
import { errors } from '../../errors.js'
import { errorMessage } from '../failure.js'
import { type Clients, createClients, gather } from './clients.js'
import type { Trouble } from '../store.js'
import { Figures } from './figures.js'
import { Keys } from './keys.js'
import type { RedisLocation } from './location.js'
import { disconnection, inOneLine, refusal } from './refusals.js'
import type { Script } from './script.js'

/** What Redis answers: texts, whole numbers, null, and lists of them. */
export type Answer = string | number | null | readonly Answer[]

type Argument = string | number | Buffer

/** Asks Redis, whatever is known of it. */
export type Ask = (command: string, ...values: readonly Argument[]) => Promise<Answer>

/** Whether Redis can be asked, and since when not. */
export type Reachability = { readonly up: true } | ({ readonly up: false } & Trouble)

export interface ConnectionOptions {
  /** Done before anything else is asked, now and whenever Redis has come back. Where it rejects, Redis is not used. */
  readonly prepare?: (ask: Ask) => Promise<void>
  /** Told, as a sentence, when Redis goes and when it is back. */
  readonly onMessage?: ((message: string) => void) | undefined
}

/** Milliseconds between two looks whether a Redis that is there can be used. */
const LOOK = 200
const CLOSED = 'the connection was closed'

/**
 * A connection to Redis, and a second one that listens. While Redis is away, whatever asks for it is
 * refused at once rather than held back; the connection comes back by itself.
 */
export class Connection {
  /** Shown to people: the URL without user and password. */
  readonly location: string
  readonly keys: Keys
  readonly figures = new Figures()
  readonly #clients: Clients
  readonly #prepare: NonNullable<ConnectionOptions['prepare']>
  readonly #onMessage: ConnectionOptions['onMessage']
  readonly #listeners = new Map<string, Set<(message: string) => void>>()
  readonly #restored = new Set<() => void>()
  #reachability: Reachability = { up: false, reason: 'it has not been connected', since: Date.now() }
  /** Why it cannot be used although it may be there. */
  #unusable: Error | undefined
  #refused: Trouble | undefined
  #looking = false
  #opened = false
  #closed = false

  private constructor(location: RedisLocation, clients: Clients, options: ConnectionOptions) {
    this.location = location.shown
    this.keys = new Keys(location.prefix)
    this.#clients = clients
    this.#prepare = options.prepare ?? (async () => {})
    this.#onMessage = options.onMessage
    for (const client of [clients.asking, clients.listening]) {
      client.on('error', (error: unknown) => this.#lost(disconnection(error)))
      client.on('close', () => this.#gone())
      client.on('ready', () => void this.#ready())
    }
    clients.listening.on('message', (channel: string, message: string) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener(message)
    })
  }

  /** Rejects with STANDIN_ERR_STORE_*: _UNREACHABLE where nobody answers yet. */
  static async open(location: RedisLocation, options: ConnectionOptions = {}): Promise<Connection> {
    const clients = await createClients(location)
    const connection = new Connection(location, clients, options)
    try {
      await Promise.all([clients.asking.connect(), clients.listening.connect()]).catch(() => {
        throw connection.#away()
      })
      await connection.#prepare(connection.#ask)
      connection.#reachability = { up: true }
      connection.#opened = true
      return connection
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  get reachability(): Reachability {
    return this.#reachability
  }

  /** Undefined while all is well: Redis is there, and takes what is written to it. */
  get trouble(): Trouble | undefined {
    return this.#reachability.up ? this.#refused : this.#reachability
  }

  /** What has become of the last attempt to write: the error, or undefined. */
  wrote(error: unknown): void {
    if (error === undefined) this.#refused = undefined
    else if (this.#refused?.reason !== errorMessage(error)) {
      this.#refused = { reason: errorMessage(error), since: this.#refused?.since ?? Date.now() }
    }
  }

  /** Told when Redis has come back: what was told meanwhile has been missed. Returns how to stop. */
  onRestored(listener: () => void): () => void {
    this.#restored.add(listener)
    return () => void this.#restored.delete(listener)
  }

  /** Runs a script. Rejects with STANDIN_ERR_STORE_*. */
  async run(script: Script, keys: readonly string[], values: readonly Argument[]): Promise<Answer> {
    this.#check()
    try {
      return await this.#evaluate(script, keys, values)
    } catch (error) {
      throw this.#told(error, script.name, keys)
    }
  }

  /**
   * As {@link run}, for what changes something: rejects with STANDIN_ERR_STORE_UNCERTAIN where Redis
   * went before it answered, since it may have done it.
   */
  async change(script: Script, keys: readonly string[], values: readonly Argument[]): Promise<Answer> {
    this.#check()
    try {
      return await this.#evaluate(script, keys, values)
    } catch (error) {
      throw isUnanswered(error) ? this.#uncertain() : this.#told(error, script.name, keys)
    }
  }

  /** One command. Rejects with STANDIN_ERR_STORE_*. */
  async send(command: string, ...values: readonly Argument[]): Promise<Answer> {
    this.#check()
    try {
      return await this.#call(command, ...values)
    } catch (error) {
      throw this.#told(error, command, [])
    }
  }

  /** Hears what is published on a channel, as long as Redis is there. Resolves with how to stop, once it does. */
  async subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>> {
    const known = this.#listeners.get(channel)
    if (known) known.add(listener)
    else this.#listeners.set(channel, new Set([listener]))
    try {
      await this.#clients.listening.subscribe(channel)
    } catch (error) {
      throw this.#told(error, 'SUBSCRIBE', [])
    }
    return async () => {
      const listeners = this.#listeners.get(channel)
      listeners?.delete(listener)
      if (listeners?.size !== 0) return
      this.#listeners.delete(channel)
      if (this.#reachability.up) await this.#clients.listening.unsubscribe(channel).catch(() => {})
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#reachability = { up: false, reason: 'it was closed', since: Date.now() }
    this.#clients.asking.disconnect()
    this.#clients.listening.disconnect()
  }

  readonly #ask: Ask = async (command, ...values) => {
    try {
      return await this.#call(command, ...values)
    } catch (error) {
      throw this.#told(error, command, [])
    }
  }

  readonly #call: Ask = async (command, ...values) => {
    gather(this.#clients.asking)
    return asAnswer(await this.figures.timed(this.#clients.asking.call(command, ...values)))
  }

  async #evaluate(
    { lua, sha }: Script,
    keys: readonly string[],
    values: readonly Argument[],
  ): Promise<Answer> {
    try {
      return await this.#call('EVALSHA', sha, keys.length, ...keys, ...values)
    } catch (error) {
      if (!(isReply(error) && error.message.startsWith('NOSCRIPT'))) throw error
    }
    // A Redis that was started anew knows no script any more.
    return this.#call('EVAL', lua, keys.length, ...keys, ...values)
  }

  #check(): void {
    if (this.#reachability.up) return
    throw this.#closed ? new errors.STANDIN_ERR_STORE_CLOSED(this.location) : this.#away()
  }

  #away(): Error {
    return this.#unusable ?? new errors.STANDIN_ERR_STORE_UNREACHABLE(this.location, this.#reason)
  }

  #uncertain(): Error {
    const why = `it was lost before it answered (${this.#reason})`
    return new errors.STANDIN_ERR_STORE_UNCERTAIN(this.location, why)
  }

  get #reason(): string {
    return this.#reachability.up ? CLOSED : this.#reachability.reason
  }

  #told(error: unknown, what: string, keys: readonly string[]): Error {
    if (isReply(error)) {
      const { message } = error
      return (
        refusal(this.location, message, keys) ??
        new errors.STANDIN_ERR_STORE_WRITE(this.location, `${what}: ${inOneLine(message)}`)
      )
    }
    return this.#closed ? new errors.STANDIN_ERR_STORE_CLOSED(this.location) : this.#away()
  }

  #gone(): void {
    if (this.#reachability.up) this.#lost(CLOSED)
  }

  #lost(reason: string, error?: unknown): void {
    if (this.#closed) return
    const since = this.#reachability.up ? Date.now() : this.#reachability.since
    // Where the one connection is lost, the other may not have noticed, and would hear nothing any more.
    if (this.#reachability.up) {
      this.#clients.listening.disconnect(true)
      this.#onMessage?.(`The store ${this.location} is away: ${reason}. Requests that need it are refused.`)
    }
    this.#reachability = { up: false, reason, since }
    this.#unusable = error instanceof Error ? error : refusal(this.location, reason)
  }

  /** Looks until Redis can be used: it may be there and still reading its data, or be another than before. */
  async #ready(): Promise<void> {
    if (this.#looking || !this.#opened) return
    this.#looking = true
    while (!this.#closed && this.#isConnected && !this.#reachability.up) {
      try {
        await this.#hear()
        await this.#prepare(this.#ask)
        if (!this.#isConnected) break
        this.#reachability = { up: true }
        this.#onMessage?.(`The store ${this.location} is back.`)
        for (const listener of this.#restored) listener()
      } catch (error) {
        this.#lost(errorMessage(error), error)
        await sleep(LOOK, undefined, { ref: false })
      }
    }
    this.#looking = false
  }

  /** Answered after the channels have been subscribed to again, so that nothing more is missed. */
  async #hear(): Promise<void> {
    try {
      await this.#clients.listening.ping()
    } catch (error) {
      throw this.#told(error, 'PING', [])
    }
  }

  get #isConnected(): boolean {
    const { asking, listening } = this.#clients
    return asking.status === 'ready' && listening.status === 'ready'
  }
}

/** Whether it is what Redis answered. */
const isReply = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError'

/** Whether it was sent, and the connection was lost before an answer came. */
const isUnanswered = (error: unknown): boolean =>
  !isReply(error) && !errorMessage(error).startsWith("Stream isn't writeable")

function asAnswer(answer: unknown): Answer {
  if (Array.isArray(answer)) return answer.map(asAnswer)
  return typeof answer === 'string' || typeof answer === 'number' ? answer : null
}
