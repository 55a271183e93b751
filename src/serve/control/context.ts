import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IssueToken } from '../../apis/api-module.js'
import type { ApiDescription } from '../../operation/description.js'
import type { SessionJournals } from '../../steer/journal/session-journal.js'
import type { Staging } from '../../steer/staging.js'
import type { Store } from '../../store/store.js'
import type { Sessions } from '../../steer/sessions.js'
import type { ProbeContext } from './probes.js'
import type { KnownReplicas } from './replica-list.js'

/** The version of the control API, which stands in its paths. */
export const CONTROL_PREFIX = '/_standin/v1'

export type ControlApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What the control API speaks about. Descriptions change while sessions stay, so it is asked for anew each time. */
export interface ControlContext {
  readonly description: () => ApiDescription
  /** The OpenAPI document of the mocked API, as JSON text. */
  readonly document: () => Promise<string>
  /** Scheme, host and port of the mocked API; undefined where it does not listen. */
  readonly origin: () => string | undefined
  /** Whether the control API has a port of its own. */
  readonly apart: boolean
  readonly sessions: Sessions
  readonly staging: Staging
  readonly store: Store | undefined
  readonly operating: ProbeContext
  readonly replicas: KnownReplicas
  /** Begins the contract of a consumer. Rejects with STANDIN_ERR_RECORD. */
  readonly record: (consumer: string) => Promise<void>
  /** Undefined where no calls are kept. */
  readonly journals: SessionJournals | undefined
  /** Undefined where the API has no tokens. */
  readonly issueToken: () => IssueToken | undefined
  /** What `Authorization: Bearer` has to bring; undefined where nothing has to. */
  readonly token: string | undefined
}
