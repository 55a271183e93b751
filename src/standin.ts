import type { FastifyBaseLogger, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { ApiModule } from './apis/api-module.js'
import { errors } from './errors.js'
import { keep, type KeepOptions, keepOn, type Kept, letGo } from './kept.js'
import { type ApiSource, apiSource } from './load/api.js'
import { newFindings } from './load/failed-saves.js'
import { FolderWatch } from './load/watch.js'
import type { ApiDescription } from './operation/description.js'
import type { Finding } from './operation/finding.js'
import { formatSource } from './operation/source.js'
import type { SessionState } from './respond/behaviour.js'
import { RecordingFile, type WrittenRecording } from './recording.js'
import { loadRareMediaTypes } from './respond/bodies/rare.js'
import { type AppOptions, createApp } from './serve/app.js'
import { Front } from './serve/front.js'
import { openApiDocument } from './serve/openapi.js'
import { checkBodyLimit, parseDelay, parsePagePath } from './standin-options.js'
import type { Examples } from './store/examples.js'

/** How a stand-in is made. What is left out has the default named there. */
export interface StandinOptions {
  /** Files or folders to stand in for; none is the bundled onboarding API. */
  readonly sources?: readonly string[]
  /** 0, the default here, picks a free port. */
  readonly port?: number
  /** Loopback, `127.0.0.1`, unless asked otherwise. */
  readonly host?: string
  /** A folder, or `memory`, the default here. */
  readonly store?: string
  /** Wait for the disk itself at each change. */
  readonly fsync?: boolean
  /** No memory at all: pure replay, any well-formed token is accepted. */
  readonly stateless?: boolean
  /** Accept any token, well-formed or not. */
  readonly anyToken?: boolean
  /** Write identifiers of the path into the example that is replayed. */
  readonly echo?: boolean
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
  readonly logger?: FastifyBaseLogger | false
  /** Serve the sources anew when they change; what is broken is told, and the old is served on. */
  readonly watch?: boolean
  /** Record what this consumer uses as a contract, written at close. */
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
  /** The clock that tokens go by, in milliseconds since 1970; Date.now by default. */
  readonly now?: () => number
}

/** A running stand-in. */
export interface Standin {
  readonly description: ApiDescription
  /** What the docs leave open or get wrong. */
  readonly notes: readonly Finding[]
  /** Where state is: a folder, `memory`, or `stateless`. */
  readonly location: string
  /** The contract that was recorded, once it is written, which is at close. */
  readonly recorded: WrittenRecording | undefined
  /** The state of the default session. Throws when stateless. */
  readonly state: SessionState
  /** The replayed examples. Throws when stateless. */
  readonly examples: Examples
  /** Begins to listen; resolves with the URL, without a slash at the end. */
  listen(): Promise<string>
  /** A request without a socket, as light-my-request takes it. */
  inject(request: InjectOptions | string): Promise<LightMyRequestResponse>
  /** The OpenAPI document, as JSON text. */
  openapi(): Promise<string>
  /** Reads the sources again and serves what they say now. Rejects, and serves on as before, where they cannot be read. */
  reload(): Promise<void>
  /** State and examples back to what the docs say. */
  reset(): Promise<void>
  /** Finishes requests in flight, makes every change durable, lets go of the port and the store. */
  close(): Promise<void>
}

/**
 * Makes a stand-in. Nothing listens until `listen`.
 * @throws STANDIN_ERR_USAGE, STANDIN_ERR_STORE_LOCKED, STANDIN_ERR_STORE_UNWRITABLE, STANDIN_ERR_SOURCE_UNREADABLE
 */
export async function createStandin(options: StandinOptions = {}): Promise<Standin> {
  const { sources: names = [], cwd = process.cwd(), basePath, stripBasePath, onRead } = options
  const source = await apiSource(names, { cwd, basePath, stripBasePath, onRead })
  const { api } = await source.load()
  const standin = new RunningStandin(api, source, options)
  await standin.open()
  return standin
}

class RunningStandin implements Standin {
  readonly #options: StandinOptions
  readonly #front = new Front()
  readonly #logger: FastifyBaseLogger | undefined
  readonly #checked: Pick<AppOptions, 'delay' | 'bodyLimit' | 'docsPath' | 'openapiPath'>
  #api: ApiModule
  #kept: Kept | undefined
  readonly #recording: RecordingFile | undefined
  #recorded: WrittenRecording | undefined
  readonly #source: ApiSource
  #watch: FolderWatch | undefined

  constructor(api: ApiModule, source: ApiSource, options: StandinOptions) {
    this.#api = api
    this.#source = source
    this.#options = options
    this.#logger = options.logger === false ? undefined : options.logger
    if (options.recordPact !== undefined) {
      this.#recording = new RecordingFile({
        consumer: options.recordPact,
        provider: options.provider ?? api.description.title,
        folder: options.recordDir ?? 'contracts',
        cwd: options.cwd ?? process.cwd(),
      })
    }
    // Before anything is opened, so that nothing has to be closed again.
    this.#checked = {
      delay: parseDelay(options.delay ?? 0),
      bodyLimit: checkBodyLimit(options.bodyLimit ?? 1024 * 1024),
      docsPath: parsePagePath('docsPath', options.docsPath ?? '/docs'),
      openapiPath: parsePagePath('openapiPath', options.openapiPath ?? '/openapi.json'),
    }
  }

  async open(): Promise<void> {
    const { stateless, watch } = this.#options
    await this.#recording?.open()
    if (stateless !== true) this.#kept = await keep(this.#api, this.#keepOptions())
    await this.#serve()
    if (watch === true) {
      this.#watch = new FolderWatch(
        () => this.#source.folders,
        () => this.#reloadOrTell(),
      )
    }
  }

  get description(): ApiDescription {
    return this.#api.description
  }

  get notes(): readonly Finding[] {
    return this.#api.description.findings
  }

  get location(): string {
    return this.#kept?.store.location ?? 'stateless'
  }

  get recorded(): WrittenRecording | undefined {
    return this.#recorded
  }

  get state(): SessionState {
    const { store } = this.#stateful()
    return { read: () => store.read(''), update: (change) => store.update('', change) }
  }

  get examples(): Examples {
    return this.#stateful().examples
  }

  listen(): Promise<string> {
    return this.#front.listen(this.#options.port ?? 0, this.#options.host ?? '127.0.0.1')
  }

  inject(request: InjectOptions | string): Promise<LightMyRequestResponse> {
    return this.#front.app.inject(request)
  }

  openapi(): Promise<string> {
    return openApiDocument(this.description)
  }

  async reload(): Promise<void> {
    await this.#reload()
  }

  async reset(): Promise<void> {
    const { store, examples } = this.#stateful()
    await Promise.all([store.reset(''), examples.reset()])
  }

  async close(): Promise<void> {
    this.#watch?.close()
    await this.#front.close()
    try {
      this.#recorded ??= await this.#recording?.write()
    } finally {
      if (this.#kept) await letGo(this.#kept)
    }
  }

  /** Resolves with what has changed; nothing is done where nothing has. */
  async #reload(): Promise<ReadonlySet<string>> {
    const { api, changed } = await this.#source.load()
    if (changed.size === 0) return changed
    if (this.#kept) this.#kept = await keepOn(this.#kept, api, this.#keepOptions())
    this.#api = api
    await this.#serve()
    return changed
  }

  async #reloadOrTell(): Promise<void> {
    const before = this.description
    const attempts = this.#source.attempts
    try {
      const changed = await this.#reload()
      if (changed.size === 0) return
      const files = [...changed].toSorted()
      this.#logger?.info({ operations: this.description.operations.length, files }, readAgain(files))
      for (const { rule, severity, message, source } of newFindings(before, this.description)) {
        const level = severity === 'info' ? 'info' : 'warn'
        this.#logger?.[level]({ rule }, `${formatSource(source)} ${message}`)
      }
    } catch (error) {
      // Something else in a watched folder was touched (this very log, say): it has been told already.
      if (this.#source.attempts === attempts) return
      const reason = error instanceof Error ? error.message : String(error)
      this.#logger?.error({ err: error }, `what was read before is served on, since ${reason}`)
    }
  }

  async #serve(): Promise<void> {
    const options = this.#options
    await loadRareMediaTypes(mediaTypesOf(this.description))
    const app = createApp(this.description, {
      behaviours: this.#kept?.behaviours ?? {},
      store: this.#kept?.store,
      examples: this.#kept?.examples,
      logger: this.#logger,
      anyToken: options.anyToken ?? false,
      echo: options.echo ?? false,
      errors: options.errors ?? false,
      seed: String(options.seed ?? ''),
      cors: options.cors ?? true,
      observer: this.#recording?.observer(this.description),
      ...this.#checked,
    })
    await this.#front.serve(app)
  }

  #keepOptions(): KeepOptions {
    const { store = 'memory', fsync = false, anyToken = false, now = Date.now } = this.#options
    return { store, fsync, anyToken, now, logger: this.#logger }
  }

  #stateful(): Kept {
    if (this.#kept) return this.#kept
    throw new errors.STANDIN_ERR_STATELESS()
  }
}

const readAgain = (files: readonly string[]): string =>
  `read again: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`

const mediaTypesOf = ({ operations }: ApiDescription): Set<string> =>
  new Set(
    operations.flatMap(({ requestBody, responses }) =>
      [...(requestBody ? [requestBody] : []), ...responses].flatMap(({ content }) =>
        content.map(({ mediaType }) => mediaType.toLowerCase()),
      ),
    ),
  )
