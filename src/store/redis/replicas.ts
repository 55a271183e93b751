import { randomUUID } from 'node:crypto'
import { errors } from '../../errors.js'
import { errorMessage } from '../failure.js'
import { list } from './answers.js'
import type { Connection } from './connection.js'
import { script } from './script.js'

/** One process of those that share a Redis. */
export interface Replica {
  readonly id: string
  /** What it says of itself: version, digest of its description. */
  readonly about: Readonly<Record<string, string>>
}

/** Does what a replica does about something that has changed. */
export type Heard = (about: string) => Promise<void> | void

/** Milliseconds. A replica that has not been heard of for so long is not waited for any more. */
export const ALIVE = 3000
const HEARTBEAT = 1000

/**
 * The Redis clock is the one that all replicas have in common. Done in a full Redis too: those of which
 * nothing is heard are not waited for.
 */
const BEAT = script(
  'heartbeat',
  `#!lua flags=allow-oom
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
for _, gone in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', '(' .. (now - ARGV[3]), 'BYSCORE')) do
  redis.call('ZREM', KEYS[1], gone)
  redis.call('HDEL', KEYS[2], gone)
end
return 1`,
)

const ALIVE_NOW = script(
  'replicas',
  `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZRANGE', KEYS[1], now - ARGV[1], '+inf', 'BYSCORE')`,
)

const LEAVE = script(
  'leave',
  `redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('HDEL', KEYS[2], ARGV[1])`,
)

interface Told {
  readonly message: Message
  readonly missing: Set<string>
  readonly done: () => void
  readonly failed: (reason: unknown) => void
}

/**
 * The processes that share a Redis, and how they tell each other what has changed. Whoever changes
 * something that the others keep in memory tells them, and goes on when each that is alive has taken it
 * in: so a request need not ask Redis and still sees every change that was answered before.
 */
export class Replicas {
  /** A name that no other process has. */
  readonly id = randomUUID()
  readonly #connection: Connection
  readonly #topics = new Map<string, Heard>()
  readonly #told = new Map<string, Told>()
  readonly #stops: (() => Promise<void> | void)[] = []
  #about: Replica['about'] = {}
  #beating: NodeJS.Timeout | undefined

  private constructor(connection: Connection) {
    this.#connection = connection
  }

  static async join(connection: Connection): Promise<Replicas> {
    const replicas = new Replicas(connection)
    await replicas.#join()
    return replicas
  }

  /** Says what this process does about a topic. There is one of each. */
  on(topic: string, heard: Heard): void {
    this.#topics.set(topic, heard)
  }

  /**
   * Has every replica, this one first, do what it does about a topic. Resolves when all that are alive
   * have. Rejects with STANDIN_ERR_STORE_UNREACHABLE, with what this one's own `on` rejects with, and with
   * STANDIN_ERR_STORE_WRITE where another one's does.
   */
  async tell(topic: string, about: string): Promise<void> {
    await this.#topics.get(topic)?.(about)
    const others = (await this.#alive()).filter((id) => id !== this.id)
    const number = randomUUID()
    const message: Message = { number, from: this.id, topic, about }
    // Who was only silent, be it that it was busy or that Redis was full, hears of it all the same.
    if (others.length === 0) return this.#publish(this.#everybody, message)
    const taken = new Promise<void>((done, failed) => {
      this.#told.set(number, { message, missing: new Set(others), done, failed })
    })
    // Somebody who has stopped without a word is not waited for.
    const looking = setInterval(() => void this.#giveUpOnTheDead(number), HEARTBEAT)
    try {
      await Promise.all([taken, this.#publish(this.#everybody, message)])
    } finally {
      clearInterval(looking)
      this.#told.delete(number)
    }
  }

  /** Changes what this one says of itself. */
  async describe(about: Replica['about']): Promise<void> {
    this.#about = about
    await this.#beat()
  }

  /** Those that are alive, this one first. */
  async list(): Promise<readonly Replica[]> {
    const ids = await this.#alive()
    const others = ids.filter((id) => id !== this.id)
    const abouts =
      others.length === 0 ? [] : list(await this.#connection.send('HMGET', this.#abouts, ...others))
    return [
      { id: this.id, about: this.#about },
      ...others.map((id, index) => ({ id, about: aboutOf(abouts[index]) })),
    ]
  }

  async close(): Promise<void> {
    clearInterval(this.#beating)
    for (const { failed } of this.#told.values()) {
      failed(new errors.STANDIN_ERR_STORE_CLOSED(this.#connection.location))
    }
    // Before it stops to hear: whoever tells something meanwhile would wait for an answer.
    if (this.#connection.reachability.up) {
      await this.#connection.run(LEAVE, [this.beats, this.#abouts], [this.id]).catch(() => {})
    }
    for (const stop of this.#stops) await stop()
  }

  /** The key under which it stands when each was last heard of. */
  get beats(): string {
    return this.#connection.keys.shared('replicas')
  }

  get #abouts(): string {
    return this.#connection.keys.shared('replicas-about')
  }

  get #everybody(): string {
    return this.#connection.keys.shared('told')
  }

  #mine(id: string): string {
    return this.#connection.keys.shared(`taken:${id}`)
  }

  async #join(): Promise<void> {
    const connection = this.#connection
    this.#stops.push(await connection.subscribe(this.#everybody, (text) => void this.#hear(text)))
    this.#stops.push(await connection.subscribe(this.#mine(this.id), (text) => this.#taken(text)))
    await this.#beat()
    this.#beating = setInterval(() => void this.#beatOn(), HEARTBEAT).unref()
    this.#stops.push(connection.onRestored(() => void this.#beat().catch(() => {})))
  }

  async #beat(): Promise<void> {
    const keys = [this.beats, this.#abouts]
    await this.#connection.run(BEAT, keys, [this.id, JSON.stringify(this.#about), 20 * ALIVE])
  }

  /** The connection shows, too, whether what is written is taken. */
  async #beatOn(): Promise<void> {
    const connection = this.#connection
    if (!connection.reachability.up) return
    await connection.checkWrites(this.#beat()).catch(() => {})
  }

  async #alive(): Promise<string[]> {
    return list(await this.#connection.run(ALIVE_NOW, [this.beats], [ALIVE])).map(String)
  }

  async #publish(channel: string, message: unknown): Promise<void> {
    await this.#connection.publish(channel, JSON.stringify(message))
  }

  async #hear(text: string): Promise<void> {
    const { number, from, topic, about }: Message = JSON.parse(text)
    if (from === this.id) return
    const taken: Taken = { number, id: this.id, failure: await this.#failureOf(topic, about) }
    // Where Redis is away this is not answered, and everything is read anew when it is back.
    await this.#publish(this.#mine(from), taken).catch(() => {})
  }

  /** Why it could not be taken in, in words. */
  async #failureOf(topic: string, about: string): Promise<string | undefined> {
    try {
      await this.#topics.get(topic)?.(about)
      return undefined
    } catch (error) {
      return errorMessage(error)
    }
  }

  #taken(text: string): void {
    const { number, id, failure }: Taken = JSON.parse(text)
    const told = this.#told.get(number)
    if (failure !== undefined) {
      const why = `another replica says: ${failure}`
      told?.failed(new errors.STANDIN_ERR_STORE_WRITE(this.#connection.location, why))
    }
    told?.missing.delete(id)
    if (told?.missing.size === 0) told.done()
  }

  async #giveUpOnTheDead(number: string): Promise<void> {
    const told = this.#told.get(number)
    if (!told) return
    try {
      const alive = new Set(await this.#alive())
      for (const id of told.missing) if (!alive.has(id)) told.missing.delete(id)
      if (told.missing.size === 0) return told.done()
      // Who is alive and has not answered may have missed it, as its connection was lost just then.
      await this.#publish(this.#everybody, told.message)
    } catch (error) {
      told.failed(error)
    }
  }
}

interface Message {
  readonly number: string
  readonly from: string
  readonly topic: string
  readonly about: string
}

interface Taken {
  readonly number: string
  readonly id: string
  /** Where it could not be taken in. */
  readonly failure?: string | undefined
}

function aboutOf(text: unknown): Replica['about'] {
  if (typeof text !== 'string') return {}
  const about: Replica['about'] = JSON.parse(text)
  return about
}
