import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { ApiDescription } from './operation/description.js'
import type { Finding } from './operation/finding.js'
import type { WrittenRecording } from './recording.js'
import type { SessionState } from './respond/behaviour.js'
import type { ResourceSummary } from './respond/resource/resource.js'
import type { Front } from './serve/front.js'
import type { MetricFamily } from './serve/metrics/family.js'
import type { StandinSession } from './standin-session.js'
import type { ControlAccess } from './steering.js'
import type { Coverage } from './steer/journal/coverage.js'
import type { UnknownRequest } from './steer/journal/unknown.js'
import type { Examples } from './store/examples.js'

/** A running stand-in. */
export interface Standin {
  readonly description: ApiDescription
  /** What the docs leave open or get wrong. */
  readonly notes: readonly Finding[]
  /** The resources that are kept, as recognised in the description or configured; none when stateless. */
  readonly resources: readonly ResourceSummary[]
  /** Where state is: a folder, `memory`, or `stateless`. */
  readonly location: string
  /** The certificate that clients have to be told to trust, where `https` made one. */
  readonly trust: string | undefined
  /** The contracts that were recorded, once they are complete, which is at close. */
  readonly recorded: readonly WrittenRecording[]
  /** The state of the default session, with the items that the docs show of its resources. Throws when stateless. */
  readonly state: SessionState
  /** The replayed examples. Throws when stateless. */
  readonly examples: Examples
  /** How the control API is reached; undefined where it is turned off. */
  readonly control: ControlAccess | undefined
  /** A session, made if it is not there; without a name the default one. Throws STANDIN_ERR_SESSION. */
  session(name?: string): StandinSession
  /** The requests that no documented operation took, on any replica; none where the journal is off. Rejects with STANDIN_ERR_STORE_*. */
  unknownRequests(): Promise<readonly UnknownRequest[]>
  /**
   * What of the docs was called so far, by all sessions and on any replica; after `close` as it was then.
   * Rejects with STANDIN_ERR_JOURNAL_OFF, STANDIN_ERR_STORE_*.
   */
  coverage(): Promise<Coverage>
  /** Begins to listen; resolves with the URL, without a slash at the end. */
  listen(): Promise<string>
  /**
   * Reads what was put off so that requests need not wait for it: what `notes` and `resources` rest on. Both
   * can be asked for before, and then take that time at once. Requests are answered in between.
   */
  settle(): Promise<void>
  /** A request without a socket, as light-my-request takes it. */
  inject(request: InjectOptions | string): Promise<LightMyRequestResponse>
  /** A request to a server of yours (node:http). Other machines reach its control API with `controlToken` only. */
  readonly handle: Front['handle']
  /** The OpenAPI document, as JSON text. */
  openapi(): Promise<string>
  /** Reads the sources again and serves what they say now. Rejects, and serves on as before, where they cannot be read. Does nothing once it is closed. */
  reload(): Promise<void>
  /** State and examples back to what the docs say. */
  reset(): Promise<void>
  /** What `/_standin/metrics` shows of this process, as plain data. */
  metrics(): Promise<readonly MetricFamily[]>
  /** Says on `/_standin/ready` that no more requests should come, asks clients to connect anew, and serves on until `close`. */
  drain(): void
  /** Finishes requests in flight, makes every change durable, lets go of the port and the store. */
  close(): Promise<void>
}
