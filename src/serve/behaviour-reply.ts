import { stringifyExact, toPlain } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import type { MediaType, Operation } from '../operation/operation.js'
import type { BehaviourReply } from '../respond/behaviour.js'
import { negotiate } from '../respond/accept.js'
import { type Choice, chooseStatus } from '../respond/choose.js'
import { formatNotes, headerText, type Note, OWN_REPLY } from '../respond/decision.js'
import { writeBody } from '../respond/generated.js'
import { PROBLEM_JSON, problemDocument } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'
import type { Resolve } from '../respond/schema/located.js'

/** The documented reply that a behaviour decided on; undefined where the docs have none of that status. */
export function chosenBy(
  operation: Operation,
  { status, reason, example, problem }: BehaviourReply,
): Choice | undefined {
  const choice = chooseStatus(operation, Number(status), reason)
  // Where the docs have a success of its own, their `default` is how they refuse; else it is that success.
  const hasSuccess = operation.responses.some((response) => response.status.startsWith('2'))
  if (problem && choice?.response.status === 'default' && !hasSuccess) return undefined
  if (!choice || example === undefined) return choice
  for (const content of choice.response.content) {
    const named = content.examples.find(({ name }) => name === example)
    if (named) return { ...choice, content, example: named }
  }
  return choice
}

/** A documented reply with what a behaviour decided of it. */
export function withDecision(documented: Reply, { status, body, headers, reason }: BehaviourReply): Reply {
  // Who is refused should not need the log to know why.
  const why = Number(status) >= 400 && { 'standin-reason': headerText(reason) }
  return {
    ...documented,
    ...((headers || why) && { headers: { ...documented.headers, ...headers, ...why } }),
    ...(body !== undefined && { body: stringifyExact(body) }),
  }
}

/** The form in which a client takes a body of the state: JSON where it does not matter, else as documented. */
export function formOf(choice: Choice, accept: string | undefined): Choice {
  const { content } = choice.response
  const ordered = [...content.filter(isJsonContent), ...content.filter((one) => !isJsonContent(one))]
  const chosen =
    ordered[
      negotiate(
        accept,
        ordered.map(({ mediaType }) => mediaType),
      ) ?? 0
    ]
  return { ...choice, content: chosen, example: undefined }
}

const isJsonContent = ({ mediaType }: MediaType): boolean => isJson(mediaType)

/** A reply whose body is what the state holds: no example stands behind it unless the behaviour says so. */
export function fromState(
  { status, content }: Choice,
  documented: Reply['headers'],
  { body, headers, reason, fromState: text = '', flaw }: BehaviourReply,
  resolve: Resolve,
): Reply {
  const notes: Note[] = [
    { kind: 'from-state', text },
    ...(flaw === undefined ? [] : [{ kind: 'breaks-schema', text: flaw } as const]),
  ]
  const isOther = content !== undefined && !isJsonContent(content)
  return {
    status,
    headers: { ...documented, ...headers, 'standin-note': formatNotes(notes) },
    body: isOther
      ? writeBody(toPlain(body), content.mediaType, content.schema ?? true, resolve)
      : stringifyExact(body),
    notes,
    reason,
  }
}

/** A refusal that the docs do not have. */
export function problemOf(
  operation: Operation,
  { status, reason }: BehaviourReply,
  { code, detail, violations }: NonNullable<BehaviourReply['problem']>,
): Reply {
  const details = { detail, operation, ...(violations && { violations }) }
  return {
    status: Number(status),
    headers: {
      'content-type': PROBLEM_JSON,
      'standin-note': formatNotes([OWN_REPLY]),
      'standin-reason': headerText(reason),
    },
    body: JSON.stringify({ ...problemDocument(code, details), status: Number(status) }),
    notes: [OWN_REPLY],
    reason,
  }
}

/** A reply that a behaviour makes up because the docs have no such status: marked as nobody's word but its own. */
export const undocumentedReply = ({ status, body, headers, reason }: BehaviourReply): Reply => ({
  status: Number(status),
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    'standin-note': formatNotes([OWN_REPLY]),
    'standin-reason': headerText(reason),
  },
  body: stringifyExact(body),
  notes: [OWN_REPLY],
  reason,
})
