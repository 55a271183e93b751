import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { ApiModule } from './apis/api-module.js'
import { errors } from './errors.js'
import { tellFailure } from './failure-log.js'
import type { Kept } from './kept.js'
import { scenarioFolder } from './load/scenarios.js'
import type { SessionState } from './respond/behaviour.js'
import { type KeptDocuments, overlaid } from './respond/resource/overlay.js'
import { type ControlApp, createControlApp } from './serve/control/app.js'
import { Deliveries } from './serve/deliveries.js'
import { Front } from './serve/front.js'
import type { KeyPair } from './serve/tls/make-certificate.js'
import type { Operating } from './operating.js'
import type { Recordings } from './recordings.js'
import type { Shared } from './store/redis/shared.js'
import { checkJournal, isLoopback, NO_RECORDING, patienceOf, type StandinOptions } from './standin-options.js'
import { openJournals } from './steer/journal/open-journals.js'
import type { SessionJournals } from './steer/journal/session-journal.js'
import { Refused } from './steer/refused.js'
import { Sessions, type SharedSessions } from './steer/sessions.js'
import { SharedNames } from './steer/shared-names.js'
import { SharedSteering } from './steer/shared-steering.js'
import { Snapshots } from './steer/snapshots.js'
import { Staging } from './steer/staging.js'

/** The parts of a running stand-in that change while what steers it stays. */
export interface Steered {
  readonly api: () => ApiModule
  readonly kept: () => Kept | undefined
  readonly openapi: () => Promise<string>
  readonly recordings: Recordings
  readonly logger: FastifyBaseLogger | undefined
  /** Makes the control API's own port speak HTTPS, as the mocked API's does. */
  readonly certificate: KeyPair | undefined
  /** What other processes have in common with this one; undefined where it is on its own. */
  readonly shared: Shared | undefined
  readonly operating: Operating
}

/** How the control API is reached. */
export interface ControlAccess {
  /** Without a slash at the end; undefined until it listens. */
  readonly url: string | undefined
  /** What requests have to bring as `Authorization: Bearer`; undefined where nothing is asked for. */
  readonly token: string | undefined
  /** Whether the token was made up, so that it has to be told. */
  readonly generated: boolean
}

const HOST = '127.0.0.1'
const NOT_TAKEN_IN = 'What steers sessions could not be taken in'
const NO_DOCUMENTS: KeptDocuments = new Map()

/** What is set from outside: sessions with their overrides, scenarios, and the API through which they are set. */
export class Steering {
  /** Undefined where no calls are kept. */
  readonly journals: SessionJournals | undefined
  readonly sessions: Sessions
  readonly staging: Staging
  readonly deliveries = new Deliveries()
  /** Takes every path of the stand-in's port that is Standin's own. */
  readonly own: ControlApp
  /** On a port of its own. */
  readonly #apart: { readonly front: Front; readonly app: ControlApp } | undefined
  readonly #options: StandinOptions
  readonly #logger: FastifyBaseLogger | undefined
  readonly #token: string | undefined
  readonly #shared: SharedSessions | undefined
  readonly #stopTakingIn: (() => void) | undefined
  #url: string | undefined
  #origin: string | undefined

  constructor(options: StandinOptions, steered: Steered) {
    const { api, kept, openapi, recordings, logger, certificate, shared, operating } = steered
    const { maxSessions = 10_000, sessionIdle = 1800, now = Date.now, host = HOST } = options
    const { control = true, controlPort, controlHost = [], cwd = process.cwd(), bodyLimit } = options
    const store = kept()?.store
    const shown = (state: SessionState) => overlaid(state, kept()?.documents() ?? NO_DOCUMENTS)
    const open = !isLoopback(host)
    this.#options = options
    this.#logger = logger
    this.#token = options.controlToken ?? (open ? randomBytes(24).toString('base64url') : undefined)
    this.journals = openJournals({
      ...checkJournal(options),
      description: () => api().description,
      shared,
      onFailure: (error) =>
        tellFailure(logger, 'warn', 'Calls cannot be written to the journal for now', error),
    })
    this.#shared = shared && sharedSessions(shared, logger)
    this.sessions = new Sessions({
      store,
      shared: this.#shared,
      shown,
      journals: this.journals,
      limit: maxSessions,
      idle: sessionIdle * 1000,
      onFailure: (error) => tellFailure(logger, 'error', 'An idle session could not be dropped', error),
    })
    // What was told meanwhile has been missed.
    this.#stopTakingIn = shared?.connection.onRestored(
      () => void this.#takeIn().catch((error: unknown) => tellFailure(logger, 'error', NOT_TAKEN_IN, error)),
    )
    this.staging = new Staging({
      snapshots: store && new Snapshots(store, now, shown),
      scenarios: scenarioFolder({
        folder: options.scenarios ?? 'scenarios',
        cwd,
        operations: () => api().description.operations,
      }),
    })
    const create = (publicOnly: boolean): ControlApp =>
      createControlApp({
        description: () => api().description,
        document: openapi,
        origin: () => this.#origin,
        apart: controlPort !== undefined,
        sessions: this.sessions,
        journals: this.journals,
        staging: this.staging,
        store,
        operating,
        replicas: operating.replicas,
        record: shared ? cannotRecord : (consumer) => recordings.open(consumer),
        issueToken: () => kept()?.issueToken,
        token: this.#token,
        logger,
        bodyLimit: bodyLimit ?? 1024 * 1024,
        publicOnly,
        hosts: [...(isWildcard(host) ? [] : [host]), ...controlHost],
        open,
      })
    this.own = create(!control || controlPort !== undefined)
    if (control && controlPort !== undefined) {
      const app = create(false)
      this.#apart = { app, front: new Front(app, { certificate, patience: patienceOf(options) }) }
    }
  }

  /** Undefined where it is turned off. */
  get access(): ControlAccess | undefined {
    if (this.#options.control === false) return undefined
    return { url: this.#url, token: this.#token, generated: this.#options.controlToken === undefined }
  }

  /** Takes in what an earlier run has left, and switches on what was asked for. */
  async start(): Promise<void> {
    await this.#apart?.front.serve(this.#apart.app)
    await this.#takeIn()
    const { scenario } = this.#options
    if (scenario === undefined) return
    // Where others share it, they have worked with it since.
    if (this.#shared && this.sessions.default.scenario === scenario) return
    try {
      await this.staging.switchTo(this.sessions.default, scenario)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      throw new errors.STANDIN_ERR_USAGE(`The scenario cannot be switched on: ${error.message}.`)
    }
  }

  /** @param origin where the mocked API listens */
  async listen(origin: string): Promise<void> {
    this.#origin = origin
    const { host = HOST, controlPort = 0 } = this.#options
    this.#url = this.#apart ? await this.#apart.front.listen(controlPort, host) : origin
  }

  /** Has clients of the control API's own port connect anew. */
  drain(): void {
    this.#apart?.front.drain()
  }

  /** Lets nothing be held back any more, so that the server can close. */
  async close(): Promise<void> {
    this.#stopTakingIn?.()
    this.sessions.close()
    this.journals?.close()
    this.deliveries.hurry()
    await this.#apart?.front.close()
  }

  /**
   * To be called when no request is answered any more: what they left behind is where it is kept then.
   * Never rejects: where the store is away, that is told, and there is nothing more that can be done.
   */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#shared?.names.flush(), this.#shared?.steering.flush()])
    try {
      await this.journals?.settle()
    } catch (error) {
      tellFailure(this.#logger, 'warn', 'The last calls could not be written to the journal', error)
    }
  }

  async #takeIn(): Promise<void> {
    await this.#shared?.steering.load()
    await this.journals?.start()
    await this.sessions.adopt()
  }
}

function sharedSessions(
  { replicas, sessions, steering: records }: Shared,
  logger: FastifyBaseLogger | undefined,
): SharedSessions {
  const onFailure = (error: unknown): void => tellFailure(logger, 'error', NOT_TAKEN_IN, error)
  return {
    names: new SharedNames(sessions, replicas),
    steering: new SharedSteering({ records, replicas, onFailure }),
  }
}

const cannotRecord = async (): Promise<never> => {
  throw new Refused('/recordPact', NO_RECORDING)
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'
