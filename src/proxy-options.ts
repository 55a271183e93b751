import type { FastifyBaseLogger } from 'fastify'
import type { HttpsOptions } from './serve/tls/certificate.js'
import type { StandinOptions } from './standin-options.js'

/** How a proxy is made. What is left out has the default named there. */
export interface ProxyOptions extends Pick<
  StandinOptions,
  | 'sources'
  | 'port'
  | 'host'
  | 'cwd'
  | 'seed'
  | 'anyToken'
  | 'basePath'
  | 'stripBasePath'
  | 'onRead'
  | 'store'
  | 'watch'
  | 'onReload'
> {
  /** The server that is asked, `http://localhost:3000`; a path in it stands before that of each request. */
  readonly upstream: string
  /** Refuse requests that break the docs, and answer 502 in place of replies that do. */
  readonly errors?: boolean
  /** Hold requests against the docs, too; on by default. */
  readonly validateRequest?: boolean
  /** Milliseconds until the upstream's reply must have begun, 30,000 by default. */
  readonly upstreamTimeout?: number
  /** An HTTP proxy through which the upstream is reached. */
  readonly upstreamProxy?: string
  /** Take certificates of the upstream that nobody vouches for. */
  readonly insecure?: boolean
  /**
   * Answer as the mock does while the upstream cannot be reached. Where the upstream answers 501 and the
   * docs list none, the mock answers unless this is false.
   */
  readonly fallback?: boolean
  /** On by default: pages of any origin may call where the upstream says nothing about it. */
  readonly cors?: boolean
  /** Bytes, 1 MiB by default: larger bodies are passed on, but not held against the docs. */
  readonly bodyLimit?: number
  /** Speak HTTPS: with a certificate made for this machine, or with that of the PEM files. */
  readonly https?: boolean | HttpsOptions
  /** Keep what passed without a violation as examples in this folder, within a second and at close. */
  readonly record?: string
  /** JSON pointers of further secrets in recorded bodies; `*` stands for any one name or index. */
  readonly redact?: readonly string[]
  readonly logger?: FastifyBaseLogger | false
}

/** The mock never listens, and its requests come in from here: whatever else the proxy speaks is not its business. */
export const mockOptions = ({
  sources,
  cwd,
  basePath,
  stripBasePath,
  seed,
  anyToken,
  store,
}: ProxyOptions): StandinOptions => ({
  ...(sources && { sources }),
  ...(cwd !== undefined && { cwd }),
  ...(basePath && { basePath }),
  ...(stripBasePath && { stripBasePath }),
  ...(seed !== undefined && { seed }),
  ...(anyToken !== undefined && { anyToken }),
  ...(store !== undefined && { store }),
  cors: false,
  logger: false,
})
