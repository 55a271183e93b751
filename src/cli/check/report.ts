import { type Static, Type } from '@sinclair/typebox'
import { Method } from '../../operation/operation.js'
import { formatSource, SourceLocation } from '../../operation/source.js'
import type { CheckedOperation } from './run.js'

const Outcome = Type.Union([Type.Literal('passed'), Type.Literal('failed'), Type.Literal('unproven')])

/** What `standin check --format json` prints; its JSON Schema is published as docs/schemas/check.json. */
export const CheckReport = Type.Object({
  operations: Type.Array(
    Type.Object({
      operationId: Type.String(),
      method: Method,
      path: Type.String(),
      source: SourceLocation,
      outcome: Outcome,
      checks: Type.Array(
        Type.Object({
          kind: Type.Union([Type.Literal('sample'), Type.Literal('curl'), Type.Literal('made')]),
          name: Type.String(),
          outcome: Outcome,
          request: Type.String({ description: 'Method and path, as sent' }),
          status: Type.Optional(
            Type.Integer({ description: 'Of the answer; absent where nothing was sent' }),
          ),
          documented: Type.Optional(
            Type.String({ description: 'The documented response that was held against it' }),
          ),
          reason: Type.Optional(Type.String({ description: 'Why it failed, or proves nothing' })),
          notes: Type.Array(Type.String(), { description: 'What was sent in place of what the docs print' }),
          source: SourceLocation,
        }),
      ),
    }),
  ),
  summary: Type.Object({
    operations: Type.Integer({ minimum: 0 }),
    passed: Type.Integer({ minimum: 0 }),
    failed: Type.Integer({ minimum: 0 }),
    unproven: Type.Integer({ minimum: 0 }),
  }),
})
export type CheckReport = Static<typeof CheckReport>

export function checkReport(checked: readonly CheckedOperation[]): CheckReport {
  const count = (outcome: string): number => checked.filter((one) => one.outcome === outcome).length
  return {
    operations: checked.map(({ operation, outcome, checks }) => ({
      operationId: operation.operationId,
      method: operation.method,
      path: operation.path,
      source: operation.source,
      outcome,
      checks: checks.map(({ kind, name, outcome, request, status, documented, reason, notes, source }) => ({
        kind,
        name,
        outcome,
        request,
        ...(status !== undefined && { status }),
        ...(documented !== undefined && { documented }),
        ...(reason !== undefined && { reason }),
        notes: [...notes],
        source,
      })),
    })),
    summary: {
      operations: checked.length,
      passed: count('passed'),
      failed: count('failed'),
      unproven: count('unproven'),
    },
  }
}

const MARKS = { passed: 'ok', failed: 'FAILED', unproven: '-' } as const

/** A table per operation: what was sent, what came, and the place in the docs that it was held against. */
export function checkText({ operations, summary }: CheckReport): string {
  const lines = operations.flatMap(({ method, path, operationId, source, checks }) => [
    `${method} ${path}  ${operationId}  ${formatSource(source)}`,
    ...rows(
      checks.map(({ outcome, kind, name, status, documented, source }) => [
        MARKS[outcome],
        labelOf(kind, name),
        status === undefined ? 'not sent' : String(status),
        documented ?? '',
        formatSource(source),
      ]),
    ).flatMap((row, index) => [
      `  ${row}`,
      ...details(checks[index]?.reason, checks[index]?.notes ?? []).map((line) => `      ${line}`),
    ]),
    '',
  ])
  const { passed, failed, unproven } = summary
  return `${lines.join('\n')}\n${count(summary.operations, 'operation')}: ${passed} passed, ${failed} failed, ${unproven} with nothing to compare\n`.trimStart()
}

/** A request by what it is: `sample small-cup`, `curl-2`, `made request`. */
export function labelOf(kind: string, name: string): string {
  if (kind === 'made') return 'made request'
  return kind === 'sample' ? `sample ${name}` : name
}

const details = (reason: string | undefined, notes: readonly string[]): string[] => [
  ...(reason === undefined ? [] : [reason]),
  ...notes.map((note) => `note: ${note}`),
]

function rows(cells: readonly (readonly string[])[]): string[] {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  )
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
