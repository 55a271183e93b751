import { type Static, Type } from '@sinclair/typebox'
import { Override } from './override.js'
import type { PreparedOverride } from './prepared-override.js'
import { SessionName } from './session-name.js'

const { id: _id, ...members } = Override.properties

/** A named set of overrides and state, switched on at once; a file of `scenarios/`, named after it. */
export const Scenario = Type.Object(
  {
    description: Type.Optional(Type.String()),
    /** A snapshot to begin from; the fixtures where it is left out and there is `state`. */
    snapshot: Type.Optional(SessionName),
    /** Merged over what the session begins from (RFC 7396: null removes). */
    state: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    overrides: Type.Optional(
      Type.Array(Type.Object(members, { additionalProperties: false }), { maxItems: 100 }),
    ),
  },
  { additionalProperties: false },
)
export type Scenario = Static<typeof Scenario>

/** A scenario that can be switched on. */
export interface LoadedScenario {
  readonly name: string
  /** Where it was read from. */
  readonly file: string
  readonly description: string | undefined
  readonly snapshot: string | undefined
  /** Digits kept. */
  readonly state: Record<string, unknown> | undefined
  readonly overrides: readonly PreparedOverride[]
}

/** A file that cannot be used, and why: begins with `file:line`. */
export interface BrokenScenario {
  readonly name: string
  readonly file: string
  readonly problem: string
}

/** Where scenarios come from. They are read when they are asked for, so that an edit needs no restart. */
export interface Scenarios {
  /** In the order of their names. */
  list(): Promise<(LoadedScenario | BrokenScenario)[]>
  /** Rejects with STANDIN_ERR_SCENARIO where the file is broken; undefined where there is none. */
  read(name: string): Promise<LoadedScenario | undefined>
}
