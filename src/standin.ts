import type { FastifyBaseLogger, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { ApiModule, ApiServices } from './apis/api-module.js'
import { onboarding } from './apis/onboarding/index.js'
import { errors } from './errors.js'
import type { ApiDescription } from './operation/description.js'
import { examplesOf } from './operation/examples-file.js'
import type { Finding } from './operation/finding.js'
import type { Behaviours, SessionState } from './respond/behaviour.js'
import { createApp } from './serve/app.js'
import { Front } from './serve/front.js'
import { openApiDocument } from './serve/openapi.js'
import { type Examples, openExamples } from './store/examples.js'
import { openStore } from './store/open.js'
import type { Store } from './store/store.js'

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
  /** State and examples back to what the docs say. */
  reset(): Promise<void>
  /** Finishes requests in flight, makes every change durable, lets go of the port and the store. */
  close(): Promise<void>
}

/**
 * Makes a stand-in. Nothing listens until `listen`.
 * @throws STANDIN_ERR_STORE_LOCKED, STANDIN_ERR_STORE_UNWRITABLE, STANDIN_ERR_SOURCE_UNREADABLE
 */
export async function createStandin(options: StandinOptions = {}): Promise<Standin> {
  const { description } = onboarding
  const logger = options.logger === false ? undefined : options.logger
  const kept = options.stateless === true ? undefined : await openState(onboarding, options)
  const app = createApp(description, {
    behaviours: kept?.behaviours ?? {},
    store: kept?.store,
    examples: kept?.examples,
    logger,
    anyToken: options.anyToken ?? false,
    cors: options.cors ?? true,
    delay: parseDelay(options.delay ?? 0),
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    docsPath: pathOrOff(options.docsPath ?? '/docs'),
    openapiPath: pathOrOff(options.openapiPath ?? '/openapi.json'),
  })
  const front = new Front()
  await front.serve(app)
  return new RunningStandin(description, front, kept, options)
}

interface Kept {
  readonly store: Store
  readonly examples: Examples
  readonly behaviours: Behaviours
}

/** Opens what a stateful stand-in keeps: the store, the examples beside it, and the behaviours that use them. */
async function openState(api: ApiModule, options: StandinOptions): Promise<Kept> {
  const { store: location = 'memory', fsync = false, logger } = options
  const onMessage = (message: string) => (logger === false ? undefined : logger?.warn(message))
  const services = (secret: ApiServices['secret']): ApiServices => ({
    secret,
    now: options.now ?? Date.now,
    anyToken: options.anyToken ?? false,
  })
  const store = await openStore({
    location,
    fsync,
    onMessage,
    seed: (secret) => api.seed(services(secret)),
  })
  const documented = examplesOf(api.description.operations)
  const examples = await openExamples({ folder: location, documented, onMessage })
  return { store, examples, behaviours: api.behaviours(services((name) => store.secret(name))) }
}

class RunningStandin implements Standin {
  readonly description: ApiDescription
  readonly notes: readonly Finding[]
  readonly #front: Front
  readonly #kept: Kept | undefined
  readonly #address: { host: string; port: number }

  constructor(description: ApiDescription, front: Front, kept: Kept | undefined, options: StandinOptions) {
    this.description = description
    this.notes = description.findings
    this.#front = front
    this.#kept = kept
    this.#address = { host: options.host ?? '127.0.0.1', port: options.port ?? 0 }
  }

  get location(): string {
    return this.#kept?.store.location ?? 'stateless'
  }

  get state(): SessionState {
    const { store } = this.#stateful()
    return { read: () => store.read(''), update: (change) => store.update('', change) }
  }

  get examples(): Examples {
    return this.#stateful().examples
  }

  listen(): Promise<string> {
    return this.#front.listen(this.#address.port, this.#address.host)
  }

  inject(request: InjectOptions | string): Promise<LightMyRequestResponse> {
    return this.#front.app.inject(request)
  }

  openapi(): Promise<string> {
    return openApiDocument(this.description)
  }

  async reset(): Promise<void> {
    const { store, examples } = this.#stateful()
    await Promise.all([store.reset(''), examples.reset()])
  }

  async close(): Promise<void> {
    await this.#front.close()
    await Promise.all([this.#kept?.examples.close(), this.#kept?.store.close()])
  }

  #stateful(): Kept {
    if (this.#kept) return this.#kept
    throw new errors.STANDIN_ERR_STATELESS()
  }
}

const pathOrOff = (path: string): string | undefined => (path === 'off' ? undefined : path)

function parseDelay(delay: number | string): { min: number; max: number } {
  const [min = 0, max = min] = String(delay).split('-').map(Number)
  return { min, max }
}
