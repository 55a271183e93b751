import { stringifyExact } from '../operation/json.js'
import { formatNotes, type Note } from '../respond/decision.js'
import { problemReply } from '../respond/problem.js'
import { hasNoContent, type Reply } from '../respond/reply.js'
import { select } from '../respond/select.js'
import type { Planned } from '../steer/overrides.js'
import type { OperationRuntime } from './operation-runtime.js'

/** The reply that an override asks for, marked; undefined where it leaves the reply as it is. */
export function steeredReply(runtime: OperationRuntime, { step, reason }: Planned): Reply | undefined {
  const { status, example, body } = step
  if (status === undefined && example === undefined && body === undefined) return undefined
  const documented = documentedReply(runtime, status, example)
  const note: Note = { kind: 'override', text: reason }
  const base: Reply = documented ?? {
    status: status ?? 200,
    headers: {},
    body: undefined,
    notes: [],
    reason,
  }
  const notes = [...base.notes, note]
  return {
    ...base,
    reason,
    notes,
    headers: {
      ...base.headers,
      ...(body !== undefined && !hasNoContent(base.status) && { 'content-type': contentType(body) }),
      'standin-note': formatNotes(notes),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : stringifyExact(body) }),
  }
}

const contentType = (body: unknown): string =>
  typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'

/** Undefined where the docs have no such status: the override's word is enough then. */
function documentedReply(
  runtime: OperationRuntime,
  status: number | undefined,
  example: string | undefined,
): Reply | undefined {
  const preferences = {
    ...(status !== undefined && { code: String(status) }),
    ...(example !== undefined && { example }),
  }
  const selected = select(runtime.operation, { preferences, accept: undefined, pair: undefined })
  if (selected && 'problem' in selected) {
    if (example === undefined) return undefined
    const { problem, ...details } = selected
    return problemReply(problem, { ...details, operation: runtime.operation })
  }
  return selected && runtime.made(selected)
}
