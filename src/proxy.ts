import type { FastifyBaseLogger } from 'fastify'
import type { ApiModule } from './apis/api-module.js'
import { ExampleRecording, type RecordedExamples } from './example-recording.js'
import { type ApiSource, apiSource } from './load/api.js'
import { FolderWatch } from './load/watch.js'
import { type ApiDescription, mediaTypesOf } from './operation/description.js'
import type { Finding } from './operation/finding.js'
import { Substitute } from './proxy-fallback.js'
import { mockOptions, type ProxyOptions } from './proxy-options.js'
import { tellFailedReload, tellReload } from './reload-log.js'
import { loadRareMediaTypes } from './respond/bodies/rare.js'
import { Front } from './serve/front.js'
import { Readiness } from './serve/readiness.js'
import { createForwarder, type Forwarder } from './serve/proxy/forwarder.js'
import { createProxyApp, createProxyPages } from './serve/proxy/proxy-app.js'
import { type ProxySummary, ProxyTally } from './serve/proxy/tally.js'
import type { Certificate } from './serve/tls/certificate.js'
import { certificateOf, checkBodyLimit } from './standin-options.js'
import { createStandin } from './standin.js'

export type { ProxyOptions } from './proxy-options.js'

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
  /** Reads the sources again and holds calls against what they say now. Rejects, and goes on as before, where they cannot be read. */
  reload(): Promise<void>
  /** Finishes requests in flight, and lets go of the port. */
  close(): Promise<void>
}

/**
 * Makes a proxy that stands between an application and an API and holds what goes through against the
 * API's documentation. Nothing listens until `listen`.
 * @throws STANDIN_ERR_UPSTREAM, STANDIN_ERR_USAGE, STANDIN_ERR_SOURCE_UNREADABLE, STANDIN_ERR_HTTPS_FILE, STANDIN_ERR_RECORD
 */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const { sources = [], cwd = process.cwd(), basePath, stripBasePath, onRead, record, redact = [] } = options
  const limit = checkBodyLimit(options.bodyLimit ?? 1024 * 1024)
  const timeout = options.upstreamTimeout ?? 30_000
  const logger = options.logger === false ? undefined : options.logger
  const forwarder = createForwarder(options.upstream, {
    timeout,
    insecure: options.insecure ?? false,
    through: options.upstreamProxy,
  })
  const substitute = new Substitute(() => createStandin(mockOptions(options)))
  try {
    const source = await apiSource(sources, { cwd, basePath, stripBasePath, onRead })
    const { api } = await source.load()
    const certificate = await certificateOf(options)
    // What it cannot be made of is told now, and not by the first reply that it is needed for.
    if (options.fallback === true) await substitute.open()
    const recording =
      record === undefined
        ? undefined
        : await ExampleRecording.open(api.description, { folder: record, cwd, redact, logger })
    const parts = { source, forwarder, certificate, substitute, recording, limit, timeout, logger }
    const proxy = new RunningProxy(api, options, parts)
    await proxy.open()
    return proxy
  } catch (error) {
    await Promise.all([forwarder.close(), substitute.close()])
    throw error
  }
}

/** What a proxy is made of, checked and open. */
interface Parts {
  readonly source: ApiSource
  readonly forwarder: Forwarder
  readonly certificate: Certificate | undefined
  readonly substitute: Substitute
  readonly recording: ExampleRecording | undefined
  readonly limit: number
  readonly timeout: number
  readonly logger: FastifyBaseLogger | undefined
}

class RunningProxy implements Proxy {
  readonly #options: ProxyOptions
  readonly #parts: Parts
  readonly #front: Front
  readonly #tally = new ProxyTally()
  #api: ApiModule
  #watch: FolderWatch | undefined
  readonly #readiness = new Readiness(() => undefined)
  #recorded: RecordedExamples | undefined

  constructor(api: ApiModule, options: ProxyOptions, parts: Parts) {
    this.#api = api
    this.#options = options
    this.#parts = parts
    const pages = createProxyPages(() => this.description, parts.logger, this.#readiness)
    this.#front = new Front(pages, { certificate: parts.certificate })
  }

  async open(): Promise<void> {
    await this.#serve()
    if (this.#options.watch !== true) return
    const { source } = this.#parts
    this.#watch = new FolderWatch(
      () => source.folders,
      () => this.#reloadOrTell(),
    )
  }

  get description(): ApiDescription {
    return this.#api.description
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

  async reload(): Promise<void> {
    await this.#reload()
  }

  async close(): Promise<void> {
    const { forwarder, substitute, recording } = this.#parts
    this.#readiness.drain()
    this.#watch?.close()
    await this.#front.close(forwarder)
    await substitute.close()
    this.#recorded ??= await recording?.close()
  }

  async #serve(): Promise<void> {
    const { anyToken = false, seed = '', errors = false, validateRequest = true, cors = true } = this.#options
    const { forwarder, substitute, recording, limit, timeout, logger } = this.#parts
    const { fallback } = this.#options
    await loadRareMediaTypes(mediaTypesOf(this.description))
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
      fallback: fallback === true ? substitute.answer : undefined,
      unimplemented: fallback === false ? undefined : substitute.answer,
      onCall: (call) => {
        this.#tally.add(call)
        recording?.add(call)
      },
    })
    await this.#front.serve(app)
  }

  /** Resolves with what has changed; nothing is done where nothing has. */
  async #reload(): Promise<ReadonlySet<string>> {
    const { source, substitute, recording } = this.#parts
    const { api, changed } = await source.load()
    if (changed.size === 0) return changed
    this.#api = api
    recording?.describe(api.description)
    await substitute.reload()
    await this.#serve()
    return changed
  }

  async #reloadOrTell(): Promise<void> {
    const { source, logger } = this.#parts
    const before = this.description
    const attempts = source.attempts
    try {
      const changed = await this.#reload()
      if (changed.size === 0) return
      const files = tellReload(logger, before, this.description, changed)
      this.#options.onReload?.(files)
    } catch (error) {
      // Something else in a watched folder was touched, the recording say: it has been told already.
      if (source.attempts !== attempts) tellFailedReload(logger, error)
    }
  }
}
