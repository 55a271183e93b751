import type { ApiDescription } from '../operation/description.js'
import type { Behaviours, SessionState } from '../respond/behaviour.js'
import type { Collections } from '../respond/state.js'

/** What the behaviour of an API needs from the process that serves it. */
export interface ApiServices {
  /** 32 random bytes that stay the same for as long as the state does (see Store). */
  readonly secret: (name: string) => Promise<Uint8Array>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Accept any token that is not empty, as asked for by the person who started the stand-in. */
  readonly anyToken: boolean
}

/** A token that lets its holder in. */
export interface IssuedToken {
  readonly token: string
  /** Milliseconds since 1970; left out where it does not expire. */
  readonly expiresAt?: number
}

/**
 * Issues a token for an account of a session, as the API itself would. The refusal is a sentence on why
 * there can be none for that account.
 */
export type IssueToken = (
  state: SessionState,
  account: string,
) => Promise<IssuedToken | { readonly refusal: string }>

/** An API as TypeScript: its operations, and what they do beyond replaying their examples. */
export interface ApiModule {
  readonly name?: string
  /** Its operations carry their documented examples; its findings are what the docs leave open. */
  readonly description: ApiDescription
  /** None where every operation only replays its examples. */
  readonly behaviours?: (services: ApiServices) => Behaviours
  /** The state that a session starts from; empty where there is none. */
  readonly seed?: (services: ApiServices) => Promise<Collections>
  /** For tests that need to be signed in without signing in; left out where the API has no tokens. */
  readonly issueToken?: (services: ApiServices) => IssueToken
}
