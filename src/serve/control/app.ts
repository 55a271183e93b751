import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify'
import type { ApiDescription } from '../../operation/description.js'
import type { Store } from '../../store/store.js'
import type { Sessions } from '../../steer/sessions.js'
import { answerControlErrors } from './problems.js'
import { operationRoutes } from './operations.js'
import { overrideRoutes } from './overrides.js'
import { publicRoutes } from './public.js'
import { sessionRoutes } from './sessions.js'

/** What the control API speaks about. Descriptions change while sessions stay, so it is asked for anew each time. */
export interface ControlContext {
  readonly description: () => ApiDescription
  /** The OpenAPI document of the mocked API, as JSON text. */
  readonly document: () => Promise<string>
  readonly sessions: Sessions
  readonly store: Store | undefined
}

export interface ControlOptions extends ControlContext {
  readonly logger: FastifyBaseLogger | undefined
  /** Only what everybody may see: health, errors, the mocked API's document and reference page. */
  readonly publicOnly: boolean
}

/** The version of the control API, which stands in its paths. */
export const CONTROL_PREFIX = '/_standin/v1'

/** An app of its own, so that nothing of the mocked API's (CORS, raw bodies) reaches what steers it. */
export function createControlApp(options: ControlOptions): ControlApp {
  const { logger } = options
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    // Unknown members are a mistake to be told, not dropped.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: true } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  answerControlErrors(app)
  publicRoutes(app, options)
  if (!options.publicOnly) {
    app.register(
      async (control) => {
        const typed = control.withTypeProvider<TypeBoxTypeProvider>()
        operationRoutes(typed, options)
        overrideRoutes(typed, options)
        sessionRoutes(typed, options)
      },
      { prefix: CONTROL_PREFIX },
    )
  }
  return app
}

export type ControlApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
