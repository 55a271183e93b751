import { errorCode } from '../failure.js'
import { list, numbers } from './answers.js'
import type { Connection } from './connection.js'
import { script } from './script.js'

/** A session that some process has made. */
export interface NamedSession {
  readonly name: string
  /** Milliseconds since 1970, by the clock of Redis. */
  readonly made: number
  readonly lastUsed: number
}

/** The clock that all processes have in common. */
const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** Done in a full Redis too: whoever lists sessions, or drops some to make room, has uses written down first. */
const TOUCH = script(
  'touch-sessions',
  `#!lua flags=allow-oom
${NOW}for _, name in ipairs(ARGV) do
  redis.call('ZADD', KEYS[1], now, name)
  redis.call('HSETNX', KEYS[2], name, now)
end
return 1`,
)

const ADOPT = script(
  'adopt-sessions',
  `${NOW}for _, name in ipairs(ARGV) do
  redis.call('ZADD', KEYS[1], 'NX', now, name)
  redis.call('HSETNX', KEYS[2], name, now)
end
return 1`,
)

const ADD = script(
  'add-session',
  `${NOW}if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 'taken' end
if redis.call('ZCARD', KEYS[1]) > tonumber(ARGV[2]) then return 'full' end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], now)
return 'added'`,
)

const REMOVE = script(
  'remove-session',
  `redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])`,
)

const TAKE_IDLE = script(
  'take-idle-sessions',
  `${NOW}local idle = {}
for _, name in ipairs(redis.call('ZRANGE', KEYS[1], '-inf', now - ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])) do
  if name ~= '' then
    redis.call('ZREM', KEYS[1], name)
    redis.call('HDEL', KEYS[2], name)
    idle[#idle + 1] = name
  end
end
return idle`,
)

const FIND = script(
  'find-session',
  `return {redis.call('ZSCORE', KEYS[1], ARGV[1]), redis.call('HGET', KEYS[2], ARGV[1])}`,
)

const LIST = script(
  'list-sessions',
  `return {redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'), redis.call('HGETALL', KEYS[2])}`,
)

/** Names that one script takes at once, so that others need not wait for long. */
const AT_ONCE = 1000

/**
 * Which sessions there are, for all processes that share a Redis, and when each was last used. `''` is the
 * default one, which never ends. Everything rejects with STANDIN_ERR_STORE_*.
 */
export class SessionNames {
  readonly #connection: Connection
  readonly #keys: readonly [string, string]

  constructor(connection: Connection) {
    this.#connection = connection
    this.#keys = [connection.keys.shared('sessions'), connection.keys.shared('sessions-made')]
  }

  /** They were used until now. */
  async touch(names: readonly string[]): Promise<void> {
    await Promise.all(parts(names).map((part) => this.#connection.run(TOUCH, this.#keys, part)))
  }

  /** Those that are not there count as used now; the others stay as they are. */
  async adopt(names: readonly string[]): Promise<void> {
    await Promise.all(parts(names).map((part) => this.#connection.run(ADOPT, this.#keys, part)))
  }

  /** @param limit sessions beside the default one */
  async add(name: string, limit: number): Promise<'added' | 'taken' | 'full'> {
    const answer = await this.#connection.run(ADD, this.#keys, [name, limit])
    return answer === 'taken' || answer === 'full' ? answer : 'added'
  }

  /** True for one of all that ask. */
  async remove(name: string): Promise<boolean> {
    return (await this.#connection.run(REMOVE, this.#keys, [name])) === 1
  }

  /** Removes some of those that were not used for so many milliseconds; each is given to one of all that ask. */
  async takeIdle(idle: number): Promise<string[]> {
    return list(await this.#connection.run(TAKE_IDLE, this.#keys, [idle, AT_ONCE])).map(String)
  }

  /** True for one of all that ask within so many milliseconds; for all where Redis is full, which this makes room in. */
  async isToLook(every: number): Promise<boolean> {
    const key = this.#connection.keys.shared('sessions-looked-at')
    try {
      return (await this.#connection.send('SET', key, '1', 'NX', 'PX', every)) === 'OK'
    } catch (error) {
      if (errorCode(error) === 'STANDIN_ERR_STORE_FULL') return true
      throw error
    }
  }

  async find(name: string): Promise<NamedSession | undefined> {
    const [lastUsed, made] = list(await this.#connection.run(FIND, this.#keys, [name]))
    if (typeof lastUsed !== 'string') return undefined
    return { name, lastUsed: Number(lastUsed), made: Number(made ?? lastUsed) }
  }

  /** In the order in which they were made. */
  async list(): Promise<NamedSession[]> {
    const [used, made] = list(await this.#connection.run(LIST, this.#keys, []))
    const times = numbers(made)
    return [...numbers(used)]
      .map(([name, lastUsed]) => ({ name, lastUsed, made: times.get(name) ?? lastUsed }))
      .toSorted((a, b) => a.made - b.made || (a.name < b.name ? -1 : 1))
  }

  /** Named ones and the default one. */
  async count(): Promise<number> {
    return Number(await this.#connection.send('ZCARD', this.#keys[0]))
  }

  /** Of these, those that are not there. */
  async missing(names: readonly string[]): Promise<string[]> {
    const all = await Promise.all(
      parts(names).map(async (part) => {
        const scores = list(await this.#connection.send('ZMSCORE', this.#keys[0], ...part))
        return part.filter((_, index) => scores[index] === null)
      }),
    )
    return all.flat()
  }
}

function parts(names: readonly string[]): string[][] {
  const all: string[][] = []
  for (let index = 0; index < names.length; index += AT_ONCE) all.push(names.slice(index, index + AT_ONCE))
  return all
}
