import { type Static, Type } from '@sinclair/typebox'
import { SourceLocation } from '../operation/source.js'

/** One way in which a response is not what the docs say. */
export const Failure = Type.Object({
  /** `status`, `header Content-Type`, `body`, the member: `body data.msg`; or what could not be had: `answer`, `provider state`. */
  where: Type.String(),
  /** What the docs say, in words. */
  expected: Type.String(),
  /** What came, in words or as JSON. */
  actual: Type.String(),
  /** The place in the docs that says so. */
  source: SourceLocation,
})
export type Failure = Static<typeof Failure>

/** Who noticed: Pact's part of the run, its states and requests included, or the documented schema beside it. */
export const FailureBy = Type.Union((['pact', 'schema'] as const).map((name) => Type.Literal(name)))
export type FailureBy = Static<typeof FailureBy>

/** Failures of the run itself, which no line of the docs words: nothing came that could be compared. */
export const isOfRun = ({ where }: Failure): boolean => where === 'answer' || where === 'provider state'

export const VerifiedFailure = Type.Composite([Failure, Type.Object({ by: FailureBy })])
export type VerifiedFailure = Static<typeof VerifiedFailure>

export const VerifiedInteraction = Type.Object({
  key: Type.String(),
  description: Type.String(),
  operationId: Type.String(),
  method: Type.String(),
  path: Type.String(),
  /** Where the docs describe what was asked for; of a pact without docs the place in the pact. */
  source: Type.Optional(SourceLocation),
  consumer: Type.Optional(Type.String()),
  /** The pact's file or address. */
  pact: Type.Optional(Type.String()),
  status: Type.Union([Type.Literal('passed'), Type.Literal('failed')]),
  /** A failure that does not fail the run, since the pact is new to this provider. */
  pending: Type.Optional(Type.Boolean()),
  failures: Type.Array(VerifiedFailure),
  /** A command that sends the same request to the provider again. */
  curl: Type.Optional(Type.String()),
})
export type VerifiedInteraction = Static<typeof VerifiedInteraction>

/** What `verify --format json` prints. */
export const VerifyReport = Type.Object({
  interactions: Type.Array(VerifiedInteraction),
  summary: Type.Object({
    total: Type.Integer({ minimum: 0 }),
    passed: Type.Integer({ minimum: 0 }),
    /** Failures that fail the run. */
    failed: Type.Integer({ minimum: 0 }),
    /** Failures that do not. */
    pending: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
})
export type VerifyReport = Static<typeof VerifyReport>

/** The report of what was verified; its summary is counted here and nowhere else. */
export function reportOf(interactions: readonly VerifiedInteraction[]): VerifyReport {
  const passed = interactions.filter(({ status }) => status === 'passed').length
  const pending = interactions.filter((one) => one.status === 'failed' && one.pending === true).length
  const total = interactions.length
  const failed = total - passed - pending
  return {
    interactions: [...interactions],
    summary: { total, passed, failed, ...(pending > 0 ? { pending } : {}) },
  }
}
