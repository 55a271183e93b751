import type { RedisOptions } from 'ioredis'
import { errors } from '../../errors.js'

/** Where a server listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`, with an IPv6 address in brackets. */
export const addressText = ({ host, port }: Address): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`

/** PEM files (RFC 7468). */
export interface TlsFiles {
  /** Of the authorities that may vouch for the server, besides those that Node.js knows. */
  readonly ca?: string
  /** The certificate that the server asks for, and its key. */
  readonly cert?: string
  readonly key?: string
}

/** Where a Redis is, from its URL. */
export interface RedisLocation {
  /** Shown to people: without user and password. */
  readonly shown: string
  /** Before every key. */
  readonly prefix: string
  readonly files: TlsFiles
  /** One, or several nodes of one cluster, of which the first that answers names all others. */
  readonly addresses: readonly [Address, ...Address[]]
  /** What is the same for all servers. */
  readonly options: RedisOptions
}

const PREFIX = 'standin'
const PARAMETERS: ReadonlySet<string> = new Set(['prefix', 'ca', 'cert', 'key', 'insecure'])

export const isRedis = (location: string): boolean => /^rediss?:/i.test(location)

/** The URL of the first host; further hosts, each behind a comma. A comma in a password is none of these. */
const HOSTS = /^(rediss?:\/\/(?:[^/?#]*@)?[^/?#,]*)((?:,[^/?#,]*)*)/i

/**
 * `redis[s]://[[USER][:PASSWORD]@]HOST[:PORT][,HOST[:PORT]…][/DATABASE][?prefix=NAME&ca=FILE&cert=FILE&key=FILE&insecure]`
 * (https://www.iana.org/assignments/uri-schemes/prov/redis; further hosts and the parameters are Standin's
 * own). User and password are percent-encoded (RFC 3986 section 2.1). Throws STANDIN_ERR_STORE_LOCATION.
 */
export function redisLocation(location: string): RedisLocation {
  const refuse = (why: string): Error =>
    new errors.STANDIN_ERR_STORE_LOCATION(withoutCredentials(location), why)
  if (!/^rediss?:\/\//i.test(location)) throw refuse('the URL of a Redis begins with redis:// or rediss://')
  const [, first = '', others = ''] = HOSTS.exec(location) ?? []
  const text = first + location.slice(first.length + others.length)
  if (!URL.canParse(text)) {
    throw refuse('it is no URL; in a user and a password, characters such as @ : / # ? are percent-encoded')
  }
  const url = new URL(text)
  const { pathname, searchParams } = url
  const secure = url.protocol === 'rediss:'
  const address = addressOf(url)
  if (!address) throw refuse('it names no host')
  const further = others
    .split(',')
    .slice(1)
    .map((other) => {
      const known = URL.canParse(`redis://${other}`) ? addressOf(new URL(`redis://${other}`)) : undefined
      if (!known) throw refuse(`${JSON.stringify(other)} is no HOST or HOST:PORT`)
      return known
    })
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
  const files = filesOf(searchParams)
  const insecure = flag(searchParams.get('insecure'))
  if (insecure === undefined) throw refuse('insecure is true or false')
  if (!secure && (insecure || Object.keys(files).length > 0)) {
    throw refuse('ca, cert, key and insecure go with rediss:// only')
  }
  if ((files.cert === undefined) !== (files.key === undefined)) throw refuse('cert and key go together')
  const [username, password] = [url.username, url.password].map(decoded)
  if (username === undefined || password === undefined) {
    throw refuse('a % in the user or the password has to be written %25')
  }
  return {
    shown: withoutCredentials(location),
    prefix,
    files,
    addresses: [address, ...further],
    options: {
      ...(username !== '' && { username }),
      ...(password !== '' && { password }),
      db: Number(database),
      ...(secure && { tls: insecure ? { rejectUnauthorized: false } : {} }),
    },
  }
}

function addressOf({ hostname, port }: URL): Address | undefined {
  if (hostname === '') return undefined
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 6379 : Number(port) }
}

/** Everything up to the last `@` goes: where somebody forgot to encode one, it is still in the password. */
export const withoutCredentials = (location: string): string =>
  location.replace(/^([a-z][a-z0-9+.-]*:)(\/\/)?.*@/is, '$1$2')

function filesOf(parameters: URLSearchParams): TlsFiles {
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => parameters.get(name))
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}

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
