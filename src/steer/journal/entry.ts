import { type Static, Type } from '@sinclair/typebox'
import { SourceLocation } from '../../operation/source.js'
import { Violation } from '../../respond/violation.js'

const Message = {
  /** Names in lower case. */
  headers: Type.Record(Type.String(), Type.String()),
  /** As text, cut to the journal's bound; absent where there was none or it is not text. */
  body: Type.Optional(Type.String()),
  /** Bytes, before it was cut. */
  bodySize: Type.Integer(),
  /** Whether only its beginning was kept. */
  bodyCut: Type.Optional(Type.Literal(true)),
}

/** One stage of a request's way: what was decided there and why. */
export const JournalStep = Type.Object({
  stage: Type.Union(
    (['match', 'session', 'check', 'steer', 'behave', 'choose', 'send'] as const).map((stage) =>
      Type.Literal(stage),
    ),
  ),
  outcome: Type.String(),
  reason: Type.String(),
  source: Type.Optional(SourceLocation),
})
export type JournalStep = Static<typeof JournalStep>

/** A document that a call changed; null is one that was not there, or is not there any more. */
export const StateChange = Type.Object({
  collection: Type.String(),
  id: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
})
export type StateChange = Static<typeof StateChange>

/** One request, as it is told. Secrets are redacted in all of it. */
export const JournalEntry = Type.Object(
  {
    /**
     * Grows by one with each request of a stand-in, or of the session where several share a Redis; also the
     * id of the event in the live stream.
     */
    id: Type.Integer(),
    /** The session, '' for the default one. */
    session: Type.String(),
    /** RFC 3339, UTC, with milliseconds. */
    at: Type.String(),
    /** Where the client named one (W3C Trace Context): the trace, and the span of its caller. */
    trace: Type.Optional(Type.Object({ traceId: Type.String(), parentId: Type.String() })),
    /** What it is where it is no call: one of CORS's preflights, or bytes that are no HTTP request. */
    kind: Type.Optional(Type.Union([Type.Literal('preflight'), Type.Literal('unreadable')])),
    /** Null where no documented operation took it. */
    operationId: Type.Union([Type.String(), Type.Null()]),
    request: Type.Object({ method: Type.String(), url: Type.String(), ...Message }),
    /** Absent where a fault left the client without one. */
    reply: Type.Optional(Type.Object({ status: Type.Integer(), ...Message })),
    /** Milliseconds from the request's headers to the reply's last byte handed over; absent while it is under way. */
    ms: Type.Optional(Type.Number()),
    violations: Type.Array(Violation),
    steps: Type.Array(JournalStep),
    changes: Type.Array(StateChange),
    /** The nearest documented operations and what differs, where none took it. */
    nearest: Type.Optional(Type.Array(Type.Object({ operation: Type.String(), differs: Type.String() }))),
  },
  { $id: 'JournalEntry' },
)
export type JournalEntry = Static<typeof JournalEntry>
