import type { Operation } from '../operation/operation.js'
import type { ProblemCode } from './problem.js'
import type { StateReader, StateWriter } from './state.js'
import type { Violation } from './violation.js'

/** A request that has passed the checks of its operation. */
export interface CheckedRequest {
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  /** The first value of a header, by its name in lower case. */
  header(name: string): string | undefined
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  /** The parsed body; plain JavaScript values. */
  readonly body: unknown
  /**
   * The text of a number in a JSON body, by JSON pointer (RFC 6901), with all its digits; undefined
   * where there is no number. For identifiers that are longer than a JavaScript number holds.
   */
  digits(pointer: string): string | undefined
  /** The parsed body with all digits of its numbers (see parseExact); `body` where it is no JSON. A fresh copy. */
  exactBody(): unknown
}

/** The state of the session that the request belongs to. See Store for what the two promise. */
export interface SessionState {
  read(): Promise<StateReader>
  update<Result>(change: (state: StateWriter) => Result): Promise<Result>
}

export interface BehaviourContext {
  readonly operation: Operation
  readonly request: CheckedRequest
  readonly state: SessionState
  /** The JSON value of the example that would be replayed for a status, digits kept (see parseExact); a fresh copy. */
  example(status: string): unknown
}

/** What a behaviour decided. Anything left out is chosen as it would be without a behaviour. */
export interface BehaviourReply {
  readonly status: string
  /** A JSON value in place of the example; without one the documented example is sent. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Why, as a sentence for the journal and the log. Never holds a secret. */
  readonly reason: string
  /** What of the state the body is, in a few words: for the reply's note. Then nothing in it is called an example's. */
  readonly fromState?: string | undefined
  /** How the body breaks its schema, where the behaviour knows that it does. */
  readonly flaw?: string | undefined
  /** The name of the documented example to send, in place of the first. */
  readonly example?: string | undefined
  /** Sent where the docs have no such status. */
  readonly problem?:
    | {
        readonly code: ProblemCode
        readonly detail: string
        readonly violations?: readonly Violation[] | undefined
      }
    | undefined
}

/** What an operation does beyond replaying its example. Lives beside the schemas of its API, never in the server. */
export type Behaviour = (context: BehaviourContext) => BehaviourReply | Promise<BehaviourReply>
export type Behaviours = Readonly<Record<string, Behaviour>>

/** The behaviour of an operation, if it has one; asked when the first request for it comes. */
export type FindBehaviour = (operation: Operation) => Behaviour | undefined

/** Operations may be called as what every object has: `toString`, `constructor`. */
export const behaviourIn =
  (behaviours: Behaviours): FindBehaviour =>
  ({ operationId }) =>
    Object.hasOwn(behaviours, operationId) ? behaviours[operationId] : undefined
