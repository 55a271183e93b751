import { formatNotes, headerText, type Note } from '../respond/decision.js'
import type { Rejection } from '../respond/check.js'
import { problemReply } from '../respond/problem.js'
import { hasNoContent, type Reply } from '../respond/reply.js'
import { select } from '../respond/select.js'
import { summarize } from '../respond/violation.js'
import { bodyText } from '../steer/override-body.js'
import type { Planned } from '../steer/active-override.js'
import type { TemplateContext } from '../steer/template.js'
import type { OperationRuntime } from './operation-runtime.js'

/** Whether an override has a reply of its own; without one the reply is what it would be anyway. */
export const hasReply = ({ step: { status, example }, body }: Planned): boolean =>
  status !== undefined || example !== undefined || body !== undefined

export interface Filling {
  readonly context: () => TemplateContext
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The reply that an override asks for. */
export function steeredReply(
  runtime: OperationRuntime,
  { step, body, reason, random }: Planned,
  { context, now }: Filling,
): Reply {
  const { status, example } = step
  const base = documentedReply(runtime, status, example) ?? ownReply(status ?? 200)
  if (!body || hasNoContent(base.status)) return { ...base, reason }
  let value: unknown
  try {
    value = body.render(context(), { now, random })
  } catch (error) {
    const detail = `The template of ${reason} cannot be filled in: ${error instanceof Error ? error.message : String(error)}`
    return problemReply('template-failed', { detail, operation: runtime.operation })
  }
  return {
    ...base,
    reason,
    notes: runtime.flaws(base.status, value),
    headers: { ...withoutExample(base.headers), 'content-type': contentType(value, base) },
    body: bodyText(value),
  }
}

/** A reply with what an override adds to it, marked as such. How the request broke the docs is said all the same. */
export function marked(decided: Reply, { step, reason }: Planned, rejection: Rejection | undefined): Reply {
  const note: Note = { kind: 'override', text: reason }
  const notes = [...decided.notes, note]
  const violations = rejection && headerText(summarize(rejection.violations))
  return {
    ...decided,
    notes,
    headers: {
      ...decided.headers,
      ...(violations !== undefined && { 'standin-violations': violations }),
      ...step.headers,
      'standin-note': formatNotes(notes),
    },
  }
}

/** The body is no example any more. */
function withoutExample(headers: Reply['headers']): Reply['headers'] {
  const { 'standin-example': _, ...rest } = headers
  return rest
}

/** JSON in the documented type of JSON, a text in the documented type of text, where there is one. */
function contentType(value: unknown, { headers }: Reply): string {
  const documented = headers['content-type'] ?? ''
  const isText = typeof value === 'string'
  if (documented !== '' && /^[^;]*[/+]json\b/i.test(documented) !== isText) return documented
  return isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
}

const ownReply = (status: number): Reply => ({ status, headers: {}, body: undefined, notes: [], reason: '' })

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
    // An example was there when the override was set; the docs may have changed since.
    if (example === undefined) return undefined
    const { problem, ...details } = selected
    return problemReply(problem, { ...details, operation: runtime.operation })
  }
  return selected && runtime.made(selected)
}
