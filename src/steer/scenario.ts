import { type Static, Type } from '@sinclair/typebox'
import { Collections } from '../respond/state.js'
import { Override } from './override.js'
import { SessionName } from './session-name.js'

/** A named set of overrides and state, switched on at once; a file of `scenarios/`, named after it. */
export const Scenario = Type.Object(
  {
    description: Type.Optional(Type.String()),
    /** A snapshot to begin from; the fixtures where it is left out and there is `state`. */
    snapshot: Type.Optional(SessionName),
    /** Merged over what the session begins from (RFC 7396: null removes). */
    state: Type.Optional(Collections),
    overrides: Type.Optional(Type.Array(Type.Omit(Override, ['id']), { maxItems: 100 })),
  },
  { additionalProperties: false },
)
export type Scenario = Static<typeof Scenario>
