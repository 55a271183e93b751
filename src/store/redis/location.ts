import type { RedisOptions } from 'ioredis'
import { errors } from '../../errors.js'

/** Where a Redis is, from its URL. */
export interface RedisLocation {
  /** Shown to people: without the password. */
  readonly shown: string
  /** Before every key. */
  readonly prefix: string
  readonly options: RedisOptions
}

const PREFIX = 'standin'

export const isRedis = (location: string): boolean => /^rediss?:\/\//i.test(location)

/**
 * `redis[s]://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE][?prefix=NAME]`
 * (https://www.iana.org/assignments/uri-schemes/prov/redis). Throws STANDIN_ERR_STORE_LOCATION.
 */
export function redisLocation(location: string): RedisLocation {
  if (!isRedis(location) || !URL.canParse(location)) throw refused(location)
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(location)
  const database = /^\/?(\d*)$/.exec(pathname)?.[1]
  if (database === undefined || hostname === '') throw refused(location)
  return {
    shown: withoutPassword(location),
    prefix: searchParams.get('prefix') ?? PREFIX,
    options: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 6379 : Number(port),
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
      db: Number(database),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  }
}

const withoutPassword = (location: string): string => location.replace(/\/\/[^@/]*@/, '//')

const refused = (location: string): Error => new errors.STANDIN_ERR_STORE_LOCATION(withoutPassword(location))
