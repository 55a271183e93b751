import type { RuleList, Rules } from './rules.js'

/** The parts of a Pact file (specification version 4) that are written here. Members stand in the order of the file. */

export interface Generator {
  readonly type: 'ProviderState'
  /** Text in which `${name}` is replaced by what the provider state returned under that name. */
  readonly expression: string
  readonly dataType: 'STRING'
}

export interface Body {
  /** A value from `parseExact` or, with `encoded: 'base64'`, bytes. */
  readonly content: unknown
  readonly contentType: string
  readonly encoded: false | 'base64'
}

export interface PactRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, readonly string[]>>
  readonly headers?: Readonly<Record<string, readonly string[]>>
  readonly body?: Body
  readonly matchingRules?: Readonly<Record<string, Rules | RuleList>>
  readonly generators?: Readonly<Record<string, Readonly<Record<string, Generator>> | Generator>>
}

export interface PactResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, readonly string[]>>
  readonly body?: Body
  readonly matchingRules?: Readonly<Record<string, Rules | RuleList>>
}

export interface ProviderState {
  readonly name: string
  readonly params?: Readonly<Record<string, unknown>>
}

export interface Interaction {
  readonly type: 'Synchronous/HTTP'
  readonly key: string
  readonly description: string
  readonly providerStates?: readonly ProviderState[]
  readonly request: PactRequest
  readonly response: PactResponse
  readonly comments: Readonly<Record<string, unknown>>
  readonly pending: false
}

export const SPECIFICATION = '4.0'
