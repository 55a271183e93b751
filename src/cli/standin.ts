import type { Logger } from 'pino'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import type { Options } from './options.js'

/** The resolved options that make a server, whoever resolved them. */
export interface StandinOptions extends Omit<Options, 'config' | 'out' | 'sources'> {
  /** Files, folders or names of bundled APIs; none means the bundled onboarding API. */
  readonly sources: readonly string[]
  readonly logger: Logger | false
}

/** What the commands need of a server. */
export interface Standin {
  readonly description: ApiDescription
  /** The store's folder, `memory`, or its URL. */
  readonly location: string
  /** The contract that was recorded, once the server has closed. */
  readonly recorded?:
    | {
        readonly file: string | undefined
        readonly interactions: number
        readonly leftOut: readonly {
          readonly call: string
          readonly reason: string
          readonly times: number
        }[]
      }
    | undefined
  /** What the sources leave open or get wrong, shown at start. */
  readonly notes: readonly Finding[]
  /** Resolves with the URL, without a slash at the end. */
  listen(): Promise<string>
  /** The OpenAPI document, as JSON text. */
  openapi(): Promise<string>
  /** Finishes requests in flight and flushes the store. */
  close(): Promise<void>
}

export type CreateStandin = (options: StandinOptions) => Promise<Standin>
