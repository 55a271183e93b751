import type { FastifyBaseLogger } from 'fastify'
import { type ApiDescription, mediaTypesOf } from './operation/description.js'
import type { Finding } from './operation/finding.js'
import { apiSource } from './load/api.js'
import { ExampleRecording, type RecordedExamples } from './example-recording.js'
import { mockOf } from './proxy-fallback.js'
import { loadRareMediaTypes } from './respond/bodies/rare.js'
import { Front } from './serve/front.js'
import { createForwarder, type Forwarder } from './serve/proxy/forwarder.js'
import { createProxyApp, createProxyPages } from './serve/proxy/proxy-app.js'
import { type ProxySummary, Tally } from './serve/proxy/tally.js'
import type { Certificate, HttpsOptions } from './serve/tls/certificate.js'
import { certificateOf, checkBodyLimit } from './standin-options.js'
import { createStandin, type Standin, type StandinOptions } from './standin.js'

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
  /** Answer as the mock does while the upstream cannot be reached. */
  readonly fallback?: boolean
  /** On by default: pages of any origin may call where the upstream says nothing about it. */
  readonly cors?: boolean
  /** Bytes, 1 MiB by default: larger bodies are passed on, but not held against the docs. */
  readonly bodyLimit?: number
  /** Speak HTTPS: with a certificate made for this machine, or with that of the PEM files. */
  readonly https?: boolean | HttpsOptions
  /** Keep what passed without a violation as examples in this folder, written at close. */
  readonly record?: string
  /** JSON pointers of further secrets in recorded bodies; `*` stands for any one name or index. */
  readonly redact?: readonly string[]
  readonly logger?: FastifyBaseLogger | false
}

/** A running proxy. */
export interface Proxy {
  readonly description: ApiDescription
  /** What the docs leave open or get wrong. */
  readonly notes: readonly Finding[]
  /** The certificate that clients have to be told to trust, where `https` made one. */
  readonly trust: string | undefined
  /** What has gone through so far. */
  readonly summary: ProxySummary
  /** What was recorded, once it is written, which is at close. */
  readonly recorded: RecordedExamples | undefined
  /** Begins to listen; resolves with the URL, without a slash at the end. */
  listen(): Promise<string>
  /** Finishes requests in flight, and lets go of the port. */
  close(): Promise<void>
}

/**
 * Makes a proxy that stands between an application and an API and holds what goes through against the
 * API's documentation. Nothing listens until `listen`.
 * @throws STANDIN_ERR_UPSTREAM, STANDIN_ERR_USAGE, STANDIN_ERR_SOURCE_UNREADABLE, STANDIN_ERR_HTTPS_FILE, STANDIN_ERR_RECORD
 */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const { sources = [], cwd = process.cwd(), basePath, stripBasePath, onRead } = options
  const limit = checkBodyLimit(options.bodyLimit ?? 1024 * 1024)
  const timeout = options.upstreamTimeout ?? 30_000
  const forwarder = createForwarder(options.upstream, {
    timeout,
    insecure: options.insecure ?? false,
    through: options.upstreamProxy,
  })
  let mock: Standin | undefined
  try {
    const { api } = await (await apiSource(sources, { cwd, basePath, stripBasePath, onRead })).load()
    const certificate = await certificateOf(options)
    if (options.fallback === true) mock = await createStandin(mockOptions(options))
    const recording =
      options.record === undefined
        ? undefined
        : await ExampleRecording.open(api.description, {
            folder: options.record,
            cwd,
            redact: options.redact ?? [],
          })
    await loadRareMediaTypes(mediaTypesOf(api.description))
    const proxy = new RunningProxy(api.description, options, { forwarder, certificate, mock, recording })
    await proxy.open(limit, timeout)
    return proxy
  } catch (error) {
    await Promise.all([forwarder.close(), mock?.close()])
    throw error
  }
}

interface Parts {
  readonly forwarder: Forwarder
  readonly certificate: Certificate | undefined
  readonly mock: Standin | undefined
  readonly recording: ExampleRecording | undefined
}

class RunningProxy implements Proxy {
  readonly description: ApiDescription
  readonly #options: ProxyOptions
  readonly #parts: Parts
  readonly #front: Front
  readonly #tally = new Tally()
  #recorded: RecordedExamples | undefined

  constructor(description: ApiDescription, options: ProxyOptions, parts: Parts) {
    this.description = description
    this.#options = options
    this.#parts = parts
    const logger = options.logger === false ? undefined : options.logger
    this.#front = new Front(createProxyPages(description, logger), parts.certificate)
  }

  async open(limit: number, timeout: number): Promise<void> {
    const { anyToken = false, seed = '', errors = false, validateRequest = true, cors = true } = this.#options
    const { forwarder, mock, recording } = this.#parts
    const logger = this.#options.logger === false ? undefined : this.#options.logger
    const app = createProxyApp(this.description, {
      forwarder,
      timeout,
      errors,
      validateRequest,
      cors,
      limit,
      anyToken,
      seed: String(seed),
      logger,
      fallback: mock && mockOf(mock),
      onCall: (call) => {
        this.#tally.add(call)
        recording?.add(call)
      },
    })
    await this.#front.serve(app)
  }

  get notes(): readonly Finding[] {
    return this.description.findings
  }

  get trust(): string | undefined {
    return this.#parts.certificate?.trust
  }

  get summary(): ProxySummary {
    return this.#tally.summary(this.#parts.forwarder.upstream.url, this.description)
  }

  get recorded(): RecordedExamples | undefined {
    return this.#recorded
  }

  listen(): Promise<string> {
    return this.#front.listen(this.#options.port ?? 0, this.#options.host ?? '127.0.0.1')
  }

  async close(): Promise<void> {
    await this.#front.close(this.#parts.forwarder)
    await this.#parts.mock?.close()
    this.#recorded ??= await this.#parts.recording?.write()
  }
}

/** The mock never listens, and its requests come in from here: whatever else the proxy speaks is not its business. */
const mockOptions = ({
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
