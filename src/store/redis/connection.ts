import { Redis } from 'ioredis'
import { errors } from '../../errors.js'
import { errorMessage } from '../failure.js'
import type { RedisLocation } from './location.js'
import { Figures } from './figures.js'
import { Keys } from './keys.js'
import type { Script } from './script.js'

/** What Redis answers: texts, whole numbers, null, and lists of them. */
export type Answer = string | number | null | readonly Answer[]

/** Whether Redis can be asked, and since when not. */
export type Reachability =
  | { readonly up: true }
  | {
      readonly up: false
      /** What is wrong, in words. */
      readonly reason: string
      /** Milliseconds since 1970. */
      readonly since: number
    }

type Argument = string | number | Buffer

/**
 * A connection to Redis, and a second one that listens. Commands of one turn of the event loop are
 * sent together. While Redis is away, whatever asks for it is refused at once rather than held back;
 * the connection comes back by itself.
 */
export class Connection {
  /** Shown to people: the URL without its password. */
  readonly location: string
  readonly keys: Keys
  readonly figures = new Figures()
  readonly #client: Redis
  readonly #listening: Redis
  readonly #listeners = new Map<string, Set<(message: string) => void>>()
  readonly #restored = new Set<() => void>()
  #reachability: Reachability = { up: true }
  #closed = false

  private constructor(location: RedisLocation) {
    this.location = location.shown
    this.keys = new Keys(location.prefix)
    const options = {
      ...location.options,
      replyMapping: 'legacy' as const,
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 5000,
      retryStrategy: (attempts: number) => Math.min(50 * 2 ** Math.min(attempts, 6), 2000),
    }
    this.#client = new Redis(options)
    this.#listening = new Redis({ ...options, enableOfflineQueue: true, maxRetriesPerRequest: null })
    for (const client of [this.#client, this.#listening]) {
      client.on('error', (error: unknown) => this.#lost(errorMessage(error)))
      client.on('close', () => this.#lost('the connection was closed'))
      client.on('ready', () => this.#ready())
    }
    this.#listening.on('message', (channel: string, message: string) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener(message)
    })
  }

  /** Rejects with STANDIN_ERR_STORE_UNREACHABLE where nobody answers. */
  static async open(location: RedisLocation): Promise<Connection> {
    const connection = new Connection(location)
    try {
      await Promise.all([connection.#client.connect(), connection.#listening.connect()])
      return connection
    } catch (error) {
      const why = connection.#reachability.up ? errorMessage(error) : connection.#reachability.reason
      await connection.close()
      throw new errors.STANDIN_ERR_STORE_UNREACHABLE(location.shown, why)
    }
  }

  get reachability(): Reachability {
    return this.#reachability
  }

  /** Told when Redis has come back: what was told meanwhile has been missed. Returns how to stop. */
  onRestored(listener: () => void): () => void {
    this.#restored.add(listener)
    return () => void this.#restored.delete(listener)
  }

  /** Runs a script. Rejects with STANDIN_ERR_STORE_*. */
  async run(
    { lua, sha, name }: Script,
    keys: readonly string[],
    values: readonly Argument[],
  ): Promise<Answer> {
    try {
      return await this.#call('EVALSHA', sha, keys.length, ...keys, ...values)
    } catch (error) {
      if (!errorMessage(error).startsWith('NOSCRIPT')) throw this.#told(error, name)
    }
    // A Redis that was started anew knows no script any more.
    try {
      return await this.#call('EVAL', lua, keys.length, ...keys, ...values)
    } catch (error) {
      throw this.#told(error, name)
    }
  }

  /** One command. Rejects with STANDIN_ERR_STORE_*. */
  async send(command: string, ...values: readonly Argument[]): Promise<Answer> {
    try {
      return await this.#call(command, ...values)
    } catch (error) {
      throw this.#told(error, command)
    }
  }

  /** Hears what is published on a channel, as long as Redis is there. Resolves with how to stop, once it does. */
  async subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>> {
    const known = this.#listeners.get(channel)
    if (known) known.add(listener)
    else this.#listeners.set(channel, new Set([listener]))
    try {
      await this.#listening.subscribe(channel)
    } catch (error) {
      throw this.#told(error, 'SUBSCRIBE')
    }
    return async () => {
      const listeners = this.#listeners.get(channel)
      listeners?.delete(listener)
      if (listeners?.size !== 0) return
      this.#listeners.delete(channel)
      if (!this.#closed) await this.#listening.unsubscribe(channel).catch(() => {})
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#client.disconnect()
    this.#listening.disconnect()
  }

  async #call(command: string, ...values: readonly Argument[]): Promise<Answer> {
    if (this.#closed) throw new errors.STANDIN_ERR_STORE_CLOSED(this.location)
    const answer: unknown = await this.figures.timed(this.#client.call(command, ...values))
    return asAnswer(answer)
  }

  #told(error: unknown, what: string): Error {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('STANDIN_')) return error
    if (!this.#reachability.up)
      return new errors.STANDIN_ERR_STORE_UNREACHABLE(this.location, this.#reachability.reason)
    return new errors.STANDIN_ERR_STORE_WRITE(this.location, `${what}: ${errorMessage(error)}`)
  }

  #lost(reason: string): void {
    if (this.#reachability.up && !this.#closed) this.#reachability = { up: false, reason, since: Date.now() }
  }

  #ready(): void {
    if (this.#client.status !== 'ready' || this.#listening.status !== 'ready' || this.#reachability.up) return
    this.#reachability = { up: true }
    for (const listener of this.#restored) listener()
  }
}

function asAnswer(answer: unknown): Answer {
  if (Array.isArray(answer)) return answer.map(asAnswer)
  return typeof answer === 'string' || typeof answer === 'number' ? answer : null
}
