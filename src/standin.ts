import type { FastifyBaseLogger, InjectOptions, LightMyRequestResponse } from 'fastify'
import { allInTurn } from './all-in-turn.js'
import { answering } from './answering.js'
import type { ApiModule } from './apis/api-module.js'
import { errors } from './errors.js'
import { tellFailure } from './failure-log.js'
import { inSlices } from './in-slices.js'
import { keep, keepOn, keepOptions, type Kept, letGo } from './kept.js'
import { type ApiSource, apiSource } from './load/api.js'
import { type ApiDescription, mediaTypesOf } from './operation/description.js'
import type { Finding } from './operation/finding.js'
import type { SessionState } from './respond/behaviour.js'
import { type ResourceSummary, summaryOf } from './respond/resource/resource.js'
import type { WrittenRecording } from './recording.js'
import { type Recordings, recordingsFor } from './recordings.js'
import { Operating } from './operating.js'
import type { Standin } from './running.js'
import { Reloads } from './reloads.js'
import { loadRareMediaTypes } from './respond/bodies/rare.js'
import { type AppOptions, createApp } from './serve/app.js'
import { Front } from './serve/front.js'
import { recordUnreadable } from './serve/unreadable.js'
import { openApiDocument } from './serve/openapi.js'
import type { Certificate } from './serve/tls/certificate.js'
import {
  certificateOf,
  checkedOptions,
  checkJournal,
  elsewhereFor,
  loggerOf,
  patienceOf,
  sharedFor,
  type StandinOptions,
} from './standin-options.js'
import { type StandinSession, standinSession } from './standin-session.js'
import { type ControlAccess, Steering } from './steering.js'
import { type Coverage, coverage } from './steer/journal/coverage.js'
import type { UnknownRequest } from './steer/journal/unknown.js'
import type { Examples } from './store/examples.js'
import type { Shared } from './store/redis/shared.js'

export type { Standin } from './running.js'
export type { StandinOptions } from './standin-options.js'
export type { ActiveOverride, Override, StandinSession } from './standin-session.js'
export type { ControlAccess } from './steering.js'

/**
 * Makes a stand-in. Nothing listens until `listen`.
 * @throws STANDIN_ERR_USAGE, STANDIN_ERR_SOURCE_UNREADABLE, STANDIN_ERR_STORE_*, STANDIN_ERR_RESOURCES, STANDIN_ERR_HTTPS_*
 */
export async function createStandin(options: StandinOptions = {}): Promise<Standin> {
  const { sources: names = [], cwd = process.cwd(), basePath, stripBasePath, onRead } = options
  const source = await apiSource(names, { cwd, basePath, stripBasePath, onRead })
  return RunningStandin.open((await source.load()).api, source, options)
}

/** Reads one operation after the other. */
function* readingOf({ operations }: ApiDescription): Generator<void> {
  for (const { responses: _responses } of operations) yield
}

const NOT_DESCRIBED = 'Other replicas could not be told what is served here'

/** What a running stand-in is made of, checked and open. */
interface Parts {
  readonly options: StandinOptions
  readonly checked: Pick<AppOptions, 'delay' | 'bodyLimit' | 'docsPath' | 'openapiPath' | 'elsewhere'>
  readonly source: ApiSource
  readonly certificate: Certificate | undefined
  /** With other processes; undefined where this one is on its own. */
  readonly shared: Shared | undefined
}

class RunningStandin implements Standin {
  readonly handle: Front['handle'] = (...exchange) => this.#front.handle(...exchange)
  readonly #options: StandinOptions
  readonly #checked: Parts['checked']
  readonly #reloads: Reloads
  readonly #recordings: Recordings
  readonly #logger: FastifyBaseLogger | undefined
  readonly #steering: Steering
  readonly #certificate: Certificate | undefined
  readonly #front: Front
  readonly #shared: Shared | undefined
  readonly #closing = new AbortController()
  readonly #operating: Operating
  #api: ApiModule
  #kept: Kept | undefined
  #recorded: WrittenRecording[] | undefined

  private constructor(api: ApiModule, kept: Kept | undefined, parts: Parts) {
    const { options, checked, source, certificate, shared } = parts
    this.#shared = shared
    this.#api = api
    this.#kept = kept
    this.#options = options
    this.#checked = checked
    this.#logger = loggerOf(options)
    this.#reloads = new Reloads({
      source,
      description: () => this.description,
      serve: (api) => this.#serveAnew(api),
      logger: this.#logger,
      onReload: options.onReload,
    })
    this.#recordings = recordingsFor(
      { provider: api.description.title, ...options },
      (session) => this.#steering.sessions.held(session)?.consumer,
    )
    const sessions = () => this.#steering.sessions.size
    const journals = () => this.#steering.journals
    const onFailure = (error: unknown): void => tellFailure(this.#logger, 'error', NOT_DESCRIBED, error)
    const description = () => this.description
    const served = { description, openapi: () => this.openapi(), sessions, journals, onFailure }
    this.#operating = new Operating(shared, served, options.metricPeers)
    this.#steering = new Steering(options, {
      api: () => this.#api,
      kept: () => this.#kept,
      openapi: () => this.openapi(),
      recordings: this.#recordings,
      logger: this.#logger,
      certificate,
      shared,
      operating: this.#operating,
    })
    this.#certificate = certificate
    this.#front = new Front(this.#steering.own, {
      certificate,
      patience: patienceOf(options),
      onUnreadable: (reply, packet) => recordUnreadable(this.#steering.sessions.default, reply, packet),
    })
  }

  static async open(api: ApiModule, source: ApiSource, options: StandinOptions): Promise<Standin> {
    // Before anything is opened, so that nothing has to be closed again.
    checkJournal(options)
    const certificate = await certificateOf(options)
    const checked = { ...checkedOptions(options), elsewhere: await elsewhereFor(options) }
    const shared = await sharedFor(options)
    let standin: RunningStandin | undefined
    try {
      const kept = options.stateless === true ? undefined : await keep(api, keepOptions(options), shared)
      standin = new RunningStandin(api, kept, { options, checked, source, certificate, shared })
      if (options.recordPact !== undefined) await standin.#recordings.open(options.recordPact)
      await standin.#steering.start()
      await standin.#serve()
      if (options.watch === true) standin.#reloads.watch()
      return standin
    } catch (error) {
      await (standin ?? checked.elsewhere)?.close()
      if (!standin) await shared?.close()
      throw error
    }
  }

  get description(): ApiDescription {
    return this.#api.description
  }

  get notes(): readonly Finding[] {
    return this.#api.description.findings
  }

  get resources(): readonly ResourceSummary[] {
    return (this.#kept?.resources.all ?? []).map(summaryOf)
  }

  get location(): string {
    return this.#kept?.store.location ?? 'stateless'
  }

  get trust(): string | undefined {
    return this.#certificate?.trust
  }

  get recorded(): readonly WrittenRecording[] {
    return this.#recorded ?? []
  }

  get state(): SessionState {
    const { state } = this.#steering.sessions.default
    if (state) return state
    throw new errors.STANDIN_ERR_STATELESS()
  }

  get examples(): Examples {
    return this.#stateful().examples
  }

  get control(): ControlAccess | undefined {
    return this.#steering.access
  }

  session(name = ''): StandinSession {
    const { sessions, staging } = this.#steering
    return standinSession(name, { sessions, staging, operations: () => this.description.operations })
  }

  async unknownRequests(): Promise<readonly UnknownRequest[]> {
    const tally = await this.#steering.journals?.counted()
    return tally?.unknown.list() ?? []
  }

  async coverage(): Promise<Coverage> {
    const { journals } = this.#steering
    if (!journals) throw new errors.STANDIN_ERR_JOURNAL_OFF('coverage')
    return coverage(this.description, await journals.counted())
  }

  async listen(): Promise<string> {
    const url = await this.#front.listen(this.#options.port ?? 0, this.#options.host ?? '127.0.0.1')
    await this.#steering.listen(url)
    // Nobody waits for it: the digest of a large description takes its time.
    setImmediate(() => void this.#operating.describe())
    return url
  }

  async settle(): Promise<void> {
    await inSlices(readingOf(this.description), this.#closing.signal)
    await inSlices(this.#kept?.resources.steps() ?? [], this.#closing.signal)
    if (!this.#closing.signal.aborted) await this.#kept?.examples.settle()
  }

  inject(request: InjectOptions | string): Promise<LightMyRequestResponse> {
    return this.#front.inject(request)
  }

  openapi(): Promise<string> {
    return openApiDocument(this.description)
  }

  async reload(): Promise<void> {
    await this.#reloads.reload()
  }

  async reset(): Promise<void> {
    const { store, examples } = this.#stateful()
    await Promise.all([store.reset(''), examples.reset()])
  }

  metrics(): ReturnType<Standin['metrics']> {
    return this.#operating.metrics.own()
  }

  drain(): void {
    this.#operating.readiness.drain()
    this.#front.drain()
    this.#steering.drain()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.drain()
    await allInTurn([
      () => this.#reloads.close(),
      () => Promise.all([this.#steering.close(), this.#front.close(this.#checked.elsewhere)]),
      () => this.#steering.settle(),
      async () => (this.#recorded ??= await this.#recordings.close()),
      () => this.#kept && letGo(this.#kept),
      () => this.#shared?.close(),
    ])
  }

  async #serveAnew(api: ApiModule): Promise<void> {
    if (this.#kept) this.#kept = await keepOn(this.#kept, api, keepOptions(this.#options))
    this.#api = api
    await this.#serve()
    await this.#kept?.examples.settle()
    await this.#operating.describe()
  }

  async #serve(): Promise<void> {
    await loadRareMediaTypes(mediaTypesOf(this.description))
    const app = createApp(this.description, {
      ...answering(this.#options),
      behaviourOf: this.#kept?.behaviourOf ?? (() => undefined),
      sessions: this.#steering.sessions,
      staging: this.#steering.staging,
      deliveries: this.#steering.deliveries,
      counts: this.#operating.counts,
      examples: this.#kept?.examples,
      logger: this.#logger,
      observer: this.#recordings.observer(this.description),
      ...this.#checked,
    })
    await this.#front.serve(app)
  }

  #stateful(): Kept {
    if (this.#kept) return this.#kept
    throw new errors.STANDIN_ERR_STATELESS()
  }
}
