import type { Logger } from 'pino'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import type { ResourceSummary } from '../respond/resource/resource.js'
import type { Method } from '../operation/operation.js'
import type { MetricFamily } from '../serve/metrics/family.js'
import type { MetricPeers } from '../serve/metrics/metrics.js'
import type { Coverage } from '../steer/journal/coverage.js'
import type { UnknownRequest } from '../steer/journal/unknown.js'
import type { Options } from './options.js'

/** The resolved options that make a server, whoever resolved them. */
export interface StandinOptions extends Omit<
  Options,
  'config' | 'out' | 'sources' | 'https' | 'coverage' | 'coverageMin' | 'workers' | 'drain'
> {
  /** Files, folders or names of bundled APIs; none means the bundled onboarding API. */
  readonly sources: readonly string[]
  readonly logger: Logger | false
  /** HTTPS, with a certificate of our own or with files. */
  readonly https: boolean | { readonly cert?: string | undefined; readonly key?: string | undefined }
  /** What the other workers measure. */
  readonly metricPeers?: MetricPeers
  /** Told of each source file that has been read. */
  readonly onRead?: (read: number, total: number) => void
}

/** QUERY is known to Node.js from version 22 on, and light-my-request sends neither it nor TRACE. */
export type InjectedMethod = Exclude<Method, 'QUERY' | 'TRACE'>

/** A request without a socket, as light-my-request takes it. */
export type Inject = (request: {
  method: InjectedMethod
  url: string
  headers: Record<string, string>
  payload?: string | Buffer
}) => Promise<{
  statusCode: number
  headers: Readonly<Record<string, number | string | string[] | undefined>>
  rawPayload: Uint8Array
}>

/** What the commands need of a server. */
export interface Standin {
  readonly description: ApiDescription
  /** The store's folder, `memory`, or its URL. */
  readonly location: string
  /** The certificate that clients have to be told to trust. */
  readonly trust?: string | undefined
  /** The contracts that were recorded, once the server has closed. */
  readonly recorded: readonly {
    readonly consumer: string
    readonly file: string | undefined
    readonly interactions: number
    readonly leftOut: readonly {
      readonly call: string
      readonly reason: string
      readonly times: number
    }[]
  }[]
  /** How the control API is reached, once the server listens; undefined where it is turned off. */
  readonly control?:
    | {
        readonly url: string | undefined
        readonly token: string | undefined
        /** Made up, so that it has to be told. */
        readonly generated: boolean
      }
    | undefined
  /** The resources that are kept; none when stateless. */
  readonly resources?: readonly ResourceSummary[]
  /** What the sources leave open or get wrong, shown at start. */
  readonly notes: readonly Finding[]
  /** The requests that no documented operation took. */
  unknownRequests?(): Promise<readonly UnknownRequest[]>
  /** What of the docs was called so far. */
  coverage?(): Promise<Coverage>
  /** Reads what notes and resources rest on, while requests are answered. */
  settle?(): Promise<void>
  /** Resolves with the URL, without a slash at the end. */
  listen(): Promise<string>
  readonly inject: Inject
  /** The OpenAPI document, as JSON text. */
  openapi(): Promise<string>
  /** What is measured here. */
  metrics?(): Promise<readonly MetricFamily[]>
  /** Has requests go elsewhere, and serves on. */
  drain?(): void
  /** Finishes requests in flight and flushes the store. */
  close(): Promise<void>
}

export type CreateStandin = (options: StandinOptions) => Promise<Standin>
