import type { ResourceOverrides } from './respond/resource/overrides.js'
import type { FastifyBaseLogger } from 'fastify'
import { errors } from './errors.js'
import type { MetricPeers } from './serve/metrics/metrics.js'
import type { Elsewhere } from './serve/pass-on.js'
import type { Certificate, HttpsOptions } from './serve/tls/certificate.js'
import { isRedis } from './store/redis/location.js'
import type { Shared } from './store/redis/shared.js'

/** How a stand-in is made. What is left out has the default named there. */
export interface StandinOptions {
  /** Files or folders to stand in for; none is the bundled onboarding API. */
  readonly sources?: readonly string[]
  /** 0, the default here, picks a free port. */
  readonly port?: number
  /** Loopback, `127.0.0.1`, unless asked otherwise. */
  readonly host?: string
  /** A folder, the URL of a Redis (`redis://…`), or `memory`, the default here. */
  readonly store?: string
  /** Wait for the disk itself at each change. A Redis has to be set up for it (`appendfsync always`). */
  readonly fsync?: boolean
  /** Seconds to wait for a Redis that cannot be reached when the stand-in is made; 0 by default. */
  readonly waitForStore?: number
  /** Replicas of the Redis that have to confirm each change before it is answered; none by default. */
  readonly storeReplicas?: number
  /** No memory at all: pure replay, any well-formed token is accepted. */
  readonly stateless?: boolean
  /** Accept any token, well-formed or not. */
  readonly anyToken?: boolean
  /** Write identifiers of the path into the example that is replayed. */
  readonly echo?: boolean
  /** Make the body of each reply anew from its schema, whatever example there is. */
  readonly dynamic?: boolean
  /** Leave the examples of replies out of account, as though the docs had none. */
  readonly ignoreExamples?: boolean
  /** Answer 500 where a documented reply breaks its own schema, instead of only saying so. */
  readonly errors?: boolean
  /** The same seed makes the same data where the docs have no example. */
  readonly seed?: string | number
  /** On by default: pages of any origin may call the mocked API. */
  readonly cors?: boolean
  /** Milliseconds before each reply, or a range such as `100-300`. */
  readonly delay?: number | string
  /** Bytes, 1 MiB by default. */
  readonly bodyLimit?: number
  /** `/docs` by default; `off` leaves only the one under /_standin/. */
  readonly docsPath?: string
  /** `/openapi.json` by default; `off` likewise. */
  readonly openapiPath?: string
  /** What operations do to resources, where the description alone does not say it; false recognises none. */
  readonly resources?: ResourceOverrides
  /** Speak HTTPS: with a certificate made for this machine, or with that of the PEM files. */
  readonly https?: boolean | HttpsOptions
  /** Calls that each session's journal keeps, 1000 by default; 0 keeps none. */
  readonly journal?: number
  /** JSON pointers of what the journal must not show, beyond what is secret by its name; `*` is any one token. */
  readonly redact?: readonly string[]
  /** What becomes of an unknown request: a 404 problem, which `fail` also holds against the run; or the URL of an upstream that it is passed on to. */
  readonly unknown?: string
  readonly logger?: FastifyBaseLogger | false
  /** Serve the sources anew when they change; what is broken is told, and the old is served on. */
  readonly watch?: boolean
  /** Told of the files after `watch` has served them anew. */
  readonly onReload?: (files: readonly string[]) => void
  /** Record what this consumer uses as a contract: written as calls come, complete at close. */
  readonly recordPact?: string
  /** The folder for it, `contracts` by default. */
  readonly recordDir?: string
  /** The provider's name in it; the title of the description by default. */
  readonly provider?: string
  /** `/v2` for every source, `docs/users.md=/v2` for one: stands before its paths, in place of an OpenAPI file's own base. */
  readonly basePath?: readonly string[]
  /** In the same form: taken off the beginning of paths. */
  readonly stripBasePath?: readonly string[]
  /** Told of each source file that has been read. */
  readonly onRead?: (read: number, total: number) => void
  /** The folder that sources are relative to; the working directory by default. */
  readonly cwd?: string
  /** The control API, which sets what is answered; on by default. Health, errors and docs stay either way. */
  readonly control?: boolean
  /** A port for the control API alone; without one it is on the same port. 0 picks a free one. */
  readonly controlPort?: number
  /** What the control API asks for as a bearer token. Without one it asks for none on loopback, else for one that is made up. */
  readonly controlToken?: string
  /** Names, with a port or for any, that the control API may be called besides `host` and those of loopback. */
  readonly controlHost?: readonly string[]
  /** Named sessions at once, 10,000 by default. */
  readonly maxSessions?: number
  /** Seconds without a call after which a named session is dropped, 1800 by default; 0 keeps it. */
  readonly sessionIdle?: number
  /** Seconds that `close` gives requests in flight, 10 by default. */
  readonly shutdownTimeout?: number
  /** What other processes of this machine measure that serve on the same port: `/_standin/metrics` shows it too. */
  readonly metricPeers?: MetricPeers
  /** The folder of the scenarios, `scenarios` by default. */
  readonly scenarios?: string
  /** The scenario that the default session begins with. */
  readonly scenario?: string
  /** The clock that tokens, templates and snapshots go by (sessions are idle by the real one), in milliseconds since 1970; Date.now by default. */
  readonly now?: () => number
}

/** Milliseconds. */
export interface DelayRange {
  readonly min: number
  readonly max: number
}

/** The bounds of a delay, from `200` or `100-300`; undefined where it is neither. */
export function delayRange(delay: number | string): DelayRange | undefined {
  const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(String(delay)) ?? []
  const [min, max] = [Number(low), Number(high)]
  return min <= max ? { min, max } : undefined
}

/** The bounds of a delay. Throws STANDIN_ERR_USAGE. */
export function parseDelay(delay: number | string): DelayRange {
  const range = delayRange(delay)
  if (range) return range
  throw refused('delay', delay, 'milliseconds (200) or a range of them (100-300)')
}

/** What a header can bring as a bearer token, so that nobody is let in by bringing nothing. Throws STANDIN_ERR_USAGE. */
export function checkControlToken(token: string | undefined): void {
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return
  throw new errors.STANDIN_ERR_USAGE(
    `The option controlToken has to be printable ASCII without spaces, at least one character${token === '' ? '; leave it out (undefined) where there is none' : ''}.`,
  )
}

/** Bytes, of which there is at least one. Throws STANDIN_ERR_USAGE. */
export function checkBodyLimit(bytes: number): number {
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  throw refused('bodyLimit', bytes, 'a number of bytes, at least 1')
}

export const NO_RECORDING =
  'A contract cannot be recorded where several processes share a store, since each would write one of its own: record with a store in memory or in a folder'

/** What is shared with other processes, where the store is a Redis. Its client is loaded only then. Rejects with STANDIN_ERR_STORE_*. */
export async function sharedFor(options: StandinOptions): Promise<Shared | undefined> {
  const { store = 'memory', recordPact, fsync, storeReplicas, waitForStore, logger } = options
  if (!isRedis(store)) return undefined
  if (recordPact !== undefined) throw new errors.STANDIN_ERR_USAGE(`${NO_RECORDING}.`)
  const { Shared } = await import('./store/redis/shared.js')
  return Shared.open(store, {
    fsync,
    confirmedBy: storeReplicas,
    waitFor: waitForStore,
    onMessage: (message) => logger && logger.warn(message),
  })
}

/** The certificate to serve with; undefined where HTTPS is not asked for, and then nothing of TLS is loaded. */
export async function certificateOf({
  https = false,
  host = '127.0.0.1',
  cwd = process.cwd(),
}: {
  readonly https?: boolean | HttpsOptions
  readonly host?: string
  readonly cwd?: string
}): Promise<Certificate | undefined> {
  if (https === false) return undefined
  const { certificateFor } = await import('./serve/tls/certificate.js')
  return certificateFor(https === true ? {} : https, host, cwd)
}

/**
 * Where unknown requests go, if that is elsewhere. Loaded only then: the client that it needs is large.
 * Throws STANDIN_ERR_USAGE, STANDIN_ERR_UPSTREAM.
 */
export async function elsewhereFor({
  unknown = 'problem',
  cors = true,
}: StandinOptions): Promise<Elsewhere | undefined> {
  if (unknown === 'problem' || unknown === 'fail') return undefined
  if (!/^https?:\/\//i.test(unknown)) {
    throw refused('unknown', unknown, 'problem, fail, or the URL of an upstream')
  }
  const { createElsewhere } = await import('./serve/pass-on.js')
  return createElsewhere(unknown, cors)
}

/** The path of a page, or undefined for `off`. Throws STANDIN_ERR_USAGE. */
export function parsePagePath(name: 'docsPath' | 'openapiPath', path: string): string | undefined {
  if (path === 'off') return undefined
  if (path.startsWith('/')) return path
  throw refused(name, path, 'a path that begins with /, or off')
}

export interface JournalSettings {
  /** Calls that each session keeps; 0 keeps no journal. */
  readonly entries: number
  /** JSON pointers of what it must not show. */
  readonly redact: readonly string[]
}

/** What is kept of calls. Throws STANDIN_ERR_USAGE. */
export function checkJournal({ journal = 1000, redact = [], unknown }: StandinOptions): JournalSettings {
  if (!Number.isSafeInteger(journal) || journal < 0 || journal > MOST_CALLS) {
    throw refused('journal', journal, `a number of calls, at most ${MOST_CALLS}`)
  }
  if (journal === 0 && unknown === 'fail') {
    throw refused('journal', journal, 'greater than 0 where unknown is fail, which needs it')
  }
  const wrong = redact.find((pointer) => !/^(\/([^~/]|~[01])*)+$/.test(pointer))
  if (wrong !== undefined) {
    throw refused('redact', wrong, 'JSON pointers (RFC 6901) such as /user/ssn, in which * is any one token')
  }
  return { entries: journal, redact }
}

const MOST_CALLS = 1_000_000

const refused = (name: keyof StandinOptions, value: unknown, expected: string): Error =>
  new errors.STANDIN_ERR_USAGE(`The option ${name} has to be ${expected}, got ${String(value)}.`)

/** How long closing may take, in milliseconds; undefined where it is not said. Throws STANDIN_ERR_USAGE. */
export function patienceOf({ shutdownTimeout: seconds }: StandinOptions): number | undefined {
  if (seconds === undefined) return undefined
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= MOST_SECONDS) return seconds * 1000
  throw refused('shutdownTimeout', seconds, `a number of seconds, at most ${MOST_SECONDS}`)
}

const MOST_SECONDS = 86_400

/** Whether nobody else can reach what listens on a host. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)

export const loggerOf = ({ logger }: StandinOptions): FastifyBaseLogger | undefined =>
  logger === false ? undefined : logger

/** What has a form of its own, with its defaults. Throws STANDIN_ERR_USAGE. */
export function checkedOptions({
  delay = 0,
  bodyLimit = 1024 * 1024,
  docsPath = '/docs',
  openapiPath = '/openapi.json',
  controlToken,
}: StandinOptions) {
  checkControlToken(controlToken)
  return {
    delay: parseDelay(delay),
    bodyLimit: checkBodyLimit(bodyLimit),
    docsPath: parsePagePath('docsPath', docsPath),
    openapiPath: parsePagePath('openapiPath', openapiPath),
  }
}
