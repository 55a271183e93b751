import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { aboutRoutes } from './about.js'
import { speakJson } from './bodies.js'
import { type ControlApp, type ControlContext, CONTROL_PREFIX } from './context.js'
import { collectDocument } from './document.js'
import { guard } from './guard.js'
import { coverageRoutes } from './coverage.js'
import { findingRoutes } from './findings.js'
import { journalRoutes } from './journal.js'
import { journalCheckRoutes } from './journal-checks.js'
import { journalStreamRoutes } from './journal-stream.js'
import { operationRoutes } from './operations.js'
import { overrideRoutes } from './overrides.js'
import { pageRoutes } from './page.js'
import { beginSessions } from './session-of.js'
import { answerControlErrors, answerUnreadable } from './problems.js'
import { publicRoutes } from './public.js'
import { replicaRoutes } from './replicas.js'
import { scenarioRoutes } from './scenarios.js'
import { sessionRoutes } from './sessions.js'
import { snapshotRoutes } from './snapshots.js'
import { stateRoutes } from './state.js'
import { tokenRoutes } from './tokens.js'

export type { ControlApp, ControlContext } from './context.js'

export interface ControlOptions extends ControlContext {
  readonly logger: FastifyBaseLogger | undefined
  /** Bytes. */
  readonly bodyLimit: number
  /** Only what everybody may see: health, errors, the mocked API's document and reference page. */
  readonly publicOnly: boolean
  /** Names that the server may be called besides those of loopback, with a port or for any. */
  readonly hosts: readonly string[]
  /** Whether other machines can reach it. */
  readonly open: boolean
}

/** An app of its own, so that nothing of the mocked API's (CORS, raw bodies) reaches what steers it. */
export function createControlApp(options: ControlOptions): ControlApp {
  const { logger, bodyLimit } = options
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    routerOptions: { maxParamLength: 8192 },
    frameworkErrors: answerUnreadable(bodyLimit),
  }).withTypeProvider<TypeBoxTypeProvider>()
  answerControlErrors(app, bodyLimit)
  if (!options.publicOnly) guard(app, options)
  publicRoutes(app, options)
  if (!options.publicOnly) {
    app.register(async (open) => pageRoutes(open, options))
    app.register(async (control) => controlRoutes(control.withTypeProvider<TypeBoxTypeProvider>(), options), {
      prefix: CONTROL_PREFIX,
    })
  }
  return app
}

/** The OpenAPI document of the control API itself, as JSON text. */
export const controlDocument = (): Promise<string> => collectDocument(controlRoutes)

/** Everything under {@link CONTROL_PREFIX}. */
export function controlRoutes(app: ControlApp, context: ControlContext): void {
  speakJson(app)
  beginSessions(app, context)
  aboutRoutes(app, context, controlDocument)
  operationRoutes(app, context)
  overrideRoutes(app, context)
  scenarioRoutes(app, context)
  stateRoutes(app, context)
  snapshotRoutes(app, context)
  tokenRoutes(app, context)
  sessionRoutes(app, context)
  replicaRoutes(app, context)
  journalRoutes(app, context)
  journalCheckRoutes(app, context)
  journalStreamRoutes(app, context)
  coverageRoutes(app, context)
  findingRoutes(app, context)
}
