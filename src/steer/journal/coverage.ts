import { type Static, Type } from '@sinclair/typebox'
import type { ApiDescription } from '../../operation/description.js'
import type { Operation } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import type { OperationTally, ReplyTally, Tally } from './tally.js'
import { examplesOf, isNamedBy } from './told-example.js'
import { UnknownRequest } from './unknown.js'

/** How many of something documented were called. */
const Share = Type.Object({
  covered: Type.Integer(),
  total: Type.Integer(),
  /** To a tenth; 100 where there is nothing to cover. */
  percent: Type.Number(),
})
export type Share = Static<typeof Share>

const Times = Type.Integer({ minimum: 0 })

export const OperationCoverage = Type.Object({
  operationId: Type.String(),
  method: Type.String(),
  path: Type.String(),
  /** `file:line`. */
  source: Type.String(),
  calls: Times,
  /** What is documented, in the order of the docs. */
  responses: Type.Array(
    Type.Object({
      /** As documented: a status, a range (`4XX`) or `default`. */
      status: Type.String(),
      times: Times,
      examples: Type.Array(Type.Object({ mediaType: Type.String(), name: Type.String(), times: Times })),
    }),
  ),
  /** Statuses that were answered and that the docs do not have. */
  undocumented: Type.Array(Type.Object({ status: Type.Integer(), times: Times })),
  /** What was wrong with requests. */
  violations: Type.Array(Type.Object({ violation: Type.String(), times: Times })),
})
export type OperationCoverage = Static<typeof OperationCoverage>

/** The docs against the calls that were made. */
export const Coverage = Type.Object(
  {
    title: Type.String(),
    operations: Share,
    /** Documented statuses of operations. */
    responses: Share,
    examples: Share,
    byOperation: Type.Array(OperationCoverage),
    /** What was called, but is not documented. */
    unknown: Type.Array(UnknownRequest),
  },
  { $id: 'Coverage' },
)
export type Coverage = Static<typeof Coverage>

/** Holds what was called against what is documented. */
export function coverage({ title, operations }: ApiDescription, tally: Tally): Coverage {
  const byOperation = operations.map((one) => operationCoverage(one, tally.operations.get(one.operationId)))
  const responses = byOperation.flatMap((one) => one.responses)
  return {
    title,
    operations: share(byOperation.map(({ calls }) => calls)),
    responses: share(responses.map(({ times }) => times)),
    examples: share(responses.flatMap(({ examples }) => examples.map(({ times }) => times))),
    byOperation,
    unknown: tally.unknown.list(),
  }
}

function share(times: readonly number[]): Share {
  const covered = times.filter((count) => count > 0).length
  const total = times.length
  return { covered, total, percent: total === 0 ? 100 : Math.round((covered / total) * 1000) / 10 }
}

function operationCoverage(operation: Operation, tally: OperationTally | undefined): OperationCoverage {
  const { operationId, method, path, source, responses } = operation
  const replies = [...(tally?.replies.values() ?? [])].map((reply) => ({
    ...reply,
    documented: reply.own ? undefined : documentedStatus(operation, reply),
  }))
  const examples = examplesOf(operation)
  return {
    operationId,
    method,
    path,
    source: formatSource(source),
    calls: tally?.calls ?? 0,
    responses: responses.map(({ status }) => ({
      status,
      times: sum(replies.filter(({ documented }) => documented === status)),
      examples: examples
        .filter((one) => one.status === status)
        .map((one) => ({
          mediaType: one.mediaType,
          name: one.example.name,
          times: sum(replies.filter((reply) => reply.example !== undefined && isNamedBy(one, reply.example))),
        })),
    })),
    undocumented: undocumented(replies.filter((reply) => reply.documented === undefined)),
    violations: [...(tally?.violations ?? [])].map(([violation, times]) => ({ violation, times })),
  }
}

/** OpenAPI 3.1 section 4.8.16.2: a status goes before its range, and that before `default`. */
function documentedStatus({ responses }: Operation, { status }: ReplyTally): string | undefined {
  const statuses = responses.map((response) => response.status)
  const range = `${String(status).slice(0, 1)}XX`
  return (
    statuses.find((one) => one === String(status)) ??
    statuses.find((one) => one.toUpperCase() === range) ??
    statuses.find((one) => one === 'default')
  )
}

function undocumented(replies: readonly ReplyTally[]): { status: number; times: number }[] {
  const byStatus = new Map<number, number>()
  for (const { status, times } of replies) byStatus.set(status, (byStatus.get(status) ?? 0) + times)
  return [...byStatus].map(([status, times]) => ({ status, times })).toSorted((a, b) => a.status - b.status)
}

const sum = (replies: readonly ReplyTally[]): number => replies.reduce((total, { times }) => total + times, 0)
