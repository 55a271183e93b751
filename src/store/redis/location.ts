import type { RedisOptions } from 'ioredis'
import { errors } from '../../errors.js'

/** Where a Redis is, from its URL. */
export interface RedisLocation {
  /** Shown to people: without user and password. */
  readonly shown: string
  /** Before every key. */
  readonly prefix: string
  /** A PEM file of the authorities that may vouch for the server, besides those that Node.js knows. */
  readonly ca: string | undefined
  readonly options: RedisOptions
}

const PREFIX = 'standin'
const PARAMETERS: ReadonlySet<string> = new Set(['prefix', 'ca', 'insecure'])

export const isRedis = (location: string): boolean => /^rediss?:/i.test(location)

/**
 * `redis[s]://[[USER][:PASSWORD]@]HOST[:PORT][/DATABASE][?prefix=NAME&ca=FILE&insecure]`
 * (https://www.iana.org/assignments/uri-schemes/prov/redis; the parameters are Standin's own). User and
 * password are percent-encoded (RFC 3986 section 2.1). Throws STANDIN_ERR_STORE_LOCATION.
 */
export function redisLocation(location: string): RedisLocation {
  const refuse = (why: string): Error =>
    new errors.STANDIN_ERR_STORE_LOCATION(withoutCredentials(location), why)
  if (!/^rediss?:\/\//i.test(location)) throw refuse('the URL of a Redis begins with redis:// or rediss://')
  if (!URL.canParse(location)) {
    throw refuse('it is no URL; in a user and a password, characters such as @ : / # ? are percent-encoded')
  }
  const url = new URL(location)
  const { hostname, port, pathname, searchParams } = url
  const secure = url.protocol === 'rediss:'
  if (hostname === '') throw refuse('it names no host')
  const database = /^\/?(\d{0,9})$/.exec(pathname)?.[1]
  if (database === undefined) throw refuse('what follows the host is the number of a database, such as /0')
  if (url.hash !== '') throw refuse('it has a fragment (#)')
  for (const name of new Set(searchParams.keys())) {
    if (!PARAMETERS.has(name)) throw refuse(`there is no parameter ${JSON.stringify(name)}`)
    if (searchParams.getAll(name).length > 1) throw refuse(`${name} is there more than once`)
  }
  const prefix = searchParams.get('prefix') ?? PREFIX
  // Braces would be taken for the hash tag, which is what spreads sessions over a cluster.
  if (!/^[^{}\s]{1,100}$/.test(prefix)) {
    throw refuse('prefix has to be up to 100 characters without spaces and braces')
  }
  const ca = searchParams.get('ca') ?? undefined
  const insecure = flag(searchParams.get('insecure'))
  if (insecure === undefined) throw refuse('insecure is true or false')
  if (!secure && (ca !== undefined || insecure)) throw refuse('ca and insecure go with rediss:// only')
  const [username, password] = [url.username, url.password].map(decoded)
  if (username === undefined || password === undefined) {
    throw refuse('a % in the user or the password has to be written %25')
  }
  return {
    shown: withoutCredentials(location),
    prefix,
    ca,
    options: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 6379 : Number(port),
      ...(username !== '' && { username }),
      ...(password !== '' && { password }),
      db: Number(database),
      ...(secure && { tls: insecure ? { rejectUnauthorized: false } : {} }),
    },
  }
}

/** Everything up to the last `@` goes: where somebody forgot to encode one, it is still in the password. */
export const withoutCredentials = (location: string): string =>
  location.replace(/^([a-z][a-z0-9+.-]*:)(\/\/)?.*@/is, '$1$2')

function flag(text: string | null): boolean | undefined {
  if (text === null || text === 'false' || text === '0') return false
  return text === '' || text === 'true' || text === '1' ? true : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
