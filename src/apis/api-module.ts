import type { ApiDescription } from '../operation/description.js'
import type { Behaviours } from '../respond/behaviour.js'
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

/** An API as TypeScript: its operations, and what they do beyond replaying their examples. */
export interface ApiModule {
  readonly name?: string
  /** Its operations carry their documented examples; its findings are what the docs leave open. */
  readonly description: ApiDescription
  /** None where every operation only replays its examples. */
  readonly behaviours?: (services: ApiServices) => Behaviours
  /** The state that a session starts from; empty where there is none. */
  readonly seed?: (services: ApiServices) => Promise<Collections>
}
