import { errors } from '../../errors.js'
import { type Answer, list, numbers } from './answers.js'
import type { Connection } from './connection.js'
import { script } from './script.js'

/** What steers a session, as it is kept. */
export interface SteeringRecord {
  /** Another one after each change. */
  readonly revision: string
  /** What it says is the affair of whoever saves it. */
  readonly text: string
  /** How often what it sets was used, by key. */
  readonly uses: ReadonlyMap<string, number>
}

/** What is put in place of a record. */
export interface NewRecord {
  readonly revision: string
  readonly text: string
  /** What is counted: those that are not there count from 0, others are counted no more. No key holds a colon. */
  readonly keys: readonly string[]
}

const READ = script(
  'read-steering',
  `return {redis.call('HMGET', KEYS[1], 'revision', 'text'), redis.call('HGETALL', KEYS[2])}`,
)

const SAVE = script(
  'save-steering',
  `if (redis.call('HGET', KEYS[1], 'revision') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'text', ARGV[3])
local keep = {}
for index = 4, #ARGV do
  keep[ARGV[index]] = true
  redis.call('HSETNX', KEYS[2], ARGV[index], 0)
end
for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
  if not keep[string.match(field, '^[^:]*')] then redis.call('HDEL', KEYS[2], field) end
end
return 1`,
)

const DROP = script('drop-steering', `return redis.call('DEL', KEYS[1], KEYS[2])`)

/** A key that is not there belongs to something that was replaced or removed. */
const USE = script(
  'use',
  `local used = redis.call('HGET', KEYS[1], ARGV[1])
if not used or (ARGV[2] ~= '' and tonumber(used) >= tonumber(ARGV[2])) then return -1 end
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
return tonumber(used)`,
)

const MEET = script(
  'meet',
  `if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return -1 end
return redis.call('HINCRBY', KEYS[1], ARGV[1] .. ':met', 1) - 1`,
)

const COUNT = script(
  'count-uses',
  `for index = 1, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[1], ARGV[index]) == 1 then
    redis.call('HINCRBY', KEYS[1], ARGV[index], ARGV[index + 1])
  end
end
return 1`,
)

/** What steers sessions, for all processes that share a Redis. Everything rejects with STANDIN_ERR_STORE_*. */
export class SteeringRecords {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The sessions that are steered, or were until just now. */
  async sessions(): Promise<string[]> {
    return list(await this.#connection.send('SMEMBERS', this.#index)).map(String)
  }

  /** Undefined where nothing was ever set. */
  async read(session: string): Promise<SteeringRecord | undefined> {
    const [record, uses] = list(await this.#connection.run(READ, this.#keys(session), []))
    const [revision, text] = list(record)
    if (typeof revision !== 'string' || typeof text !== 'string') return undefined
    return { revision, text, uses: numbers(uses) }
  }

  /**
   * False, and nothing is done, where the record is another than the one that was read.
   * @param before its revision; undefined where there was none
   */
  async save(session: string, before: string | undefined, record: NewRecord): Promise<boolean> {
    const values = [before ?? '', record.revision, record.text, ...record.keys]
    // Before as well, in case this process ends in between; after, in case it was dropped meanwhile.
    await this.#list(session)
    if ((await this.#connection.change(SAVE, this.#keys(session), values)) !== 1) return false
    await this.#list(session)
    return true
  }

  /** Resolves with whether there was anything. */
  async drop(session: string): Promise<boolean> {
    const dropped = await this.#connection.change(DROP, this.#keys(session), [])
    await this.#connection.send('SREM', this.#index, session)
    // Somebody may have set something new meanwhile.
    if ((await this.#connection.send('EXISTS', this.#record(session))) === 1) await this.#list(session)
    return dropped !== 0
  }

  /** Counts a use. Resolves with those before; undefined where there were as many as may be, or where it is counted no more. */
  async use(session: string, key: string, most: number): Promise<number | undefined> {
    const limit = most === Infinity ? '' : most
    return counted(await this.#connection.change(USE, [this.#used(session)], [key, limit]))
  }

  /** Counts a call that something was for, used or not. Resolves with those before; undefined where it is counted no more. */
  async meet(session: string, key: string): Promise<number | undefined> {
    return counted(await this.#connection.run(MEET, [this.#used(session)], [key]))
  }

  /** Adds uses to those that were counted. */
  async count(session: string, uses: ReadonlyMap<string, number>): Promise<void> {
    await this.#connection.run(COUNT, [this.#used(session)], [...uses].flat())
  }

  /** What is to be thrown where a record is read and says nothing that is known. */
  foreign(session: string, why: string): Error {
    return new errors.STANDIN_ERR_STORE_FOREIGN(this.#connection.location, this.#record(session), why)
  }

  get #index(): string {
    return this.#connection.keys.shared('steered')
  }

  #record(session: string): string {
    return this.#connection.keys.session(session, 'steering')
  }

  #used(session: string): string {
    return this.#connection.keys.session(session, 'used')
  }

  #keys(session: string): [string, string] {
    return [this.#record(session), this.#used(session)]
  }

  async #list(session: string): Promise<void> {
    await this.#connection.send('SADD', this.#index, session)
  }
}

const counted = (answer: Answer): number | undefined => (Number(answer) < 0 ? undefined : Number(answer))
