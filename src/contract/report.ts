import { type Static, Type } from '@sinclair/typebox'
import { SourceLocation } from '../operation/source.js'

/** One way in which a response is not what the docs say. */
export const Failure = Type.Object({
  /** `status`, `header Content-Type`, `body`, or the member: `body data.msg`. */
  where: Type.String(),
  /** What the docs say, in words. */
  expected: Type.String(),
  /** What came, in words or as JSON. */
  actual: Type.String(),
  /** The place in the docs that says so. */
  source: SourceLocation,
})
export type Failure = Static<typeof Failure>

export const VerifiedInteraction = Type.Object({
  key: Type.String(),
  description: Type.String(),
  operationId: Type.String(),
  method: Type.String(),
  path: Type.String(),
  status: Type.Union([Type.Literal('passed'), Type.Literal('failed')]),
  failures: Type.Array(
    Type.Composite([
      Failure,
      Type.Object({ by: Type.Union([Type.Literal('pact'), Type.Literal('schema')]) }),
    ]),
  ),
})
export type VerifiedInteraction = Static<typeof VerifiedInteraction>

/** What `verify --format json` prints. */
export const VerifyReport = Type.Object({
  interactions: Type.Array(VerifiedInteraction),
  summary: Type.Object({
    total: Type.Integer({ minimum: 0 }),
    passed: Type.Integer({ minimum: 0 }),
    failed: Type.Integer({ minimum: 0 }),
  }),
})
export type VerifyReport = Static<typeof VerifyReport>

/** The report of what was verified; its summary is counted here and nowhere else. */
export function reportOf(interactions: readonly VerifiedInteraction[]): VerifyReport {
  const passed = interactions.filter(({ status }) => status === 'passed').length
  const total = interactions.length
  return { interactions: [...interactions], summary: { total, passed, failed: total - passed } }
}
