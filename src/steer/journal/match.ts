import { type Static, Type } from '@sinclair/typebox'
import { Condition } from '../condition.js'
import { JournalEntry } from './entry.js'

/** Which requests of the journal are meant. All that is named must hold. */
export const JournalMatch = Type.Object(
  {
    operationId: Type.Optional(Type.String()),
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String({ description: 'The path as it was sent, without the query.' })),
    status: Type.Optional(Type.Integer()),
    kind: Type.Optional(
      Type.Union([Type.Literal('call'), Type.Literal('preflight'), Type.Literal('unreadable')], {
        description:
          'Calls, preflights of CORS, or what is no HTTP request. Where it is left out, lists hold all of them, checks and waits look at calls alone.',
      }),
    ),
    documented: Type.Optional(Type.Boolean({ description: 'Whether a documented operation took it.' })),
    when: Type.Optional(Condition),
    after: Type.Optional(Type.Integer({ description: 'Only entries with a greater id.' })),
  },
  { additionalProperties: false, $id: 'JournalMatch' },
)
export type JournalMatch = Static<typeof JournalMatch>

/** How often. */
export const Times = Type.Union([
  Type.Integer({ minimum: 0 }),
  Type.Object(
    {
      atLeast: Type.Optional(Type.Integer({ minimum: 0 })),
      atMost: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { additionalProperties: false },
  ),
])
export type Times = Static<typeof Times>

/** An entry that was nearly meant, and what kept it from being so. */
export const ClosestMiss = Type.Object({ entry: JournalEntry, differs: Type.Array(Type.String()) })
export type ClosestMiss = Static<typeof ClosestMiss>

/** Whether a session was called as expected. */
export const Verification = Type.Object(
  {
    verified: Type.Boolean(),
    count: Type.Integer(),
    /** A sentence: what was expected, what came. */
    message: Type.String(),
    /** The ids of the calls that were meant, the oldest first; the first hundred. */
    matched: Type.Array(Type.Integer()),
    /** None where there were too many. */
    closest: Type.Array(ClosestMiss),
    /** Entries that the journal's bound has dropped: with any, a count may be too low. */
    dropped: Type.Integer(),
  },
  { $id: 'Verification' },
)
export type Verification = Static<typeof Verification>
