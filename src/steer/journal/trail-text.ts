import { isUtf8 } from 'node:buffer'
import { parseExact, stringifyExact } from '../../operation/json.js'
import type { Reply } from '../../respond/reply.js'
import type { Step } from '../override.js'
import { Trail, type TrailKind } from '../trail.js'

/** What a call itself takes in memory, about, in bytes. */
const OWN = 512

type Body = string | Uint8Array | undefined

/** A body in JSON: text, or bytes as what they say in UTF-8 or else in base64. */
type BodyText = string | { readonly utf8: string } | { readonly base64: string } | undefined

/** A call. A member that says nothing is left out. */
interface CallJson {
  /** Absent where it is a call. */
  readonly kind?: TrailKind | undefined
  readonly session: string
  readonly at: number
  /** Milliseconds from its beginning to its end; absent while it is under way. */
  readonly took?: number | undefined
  readonly operationId?: string | undefined
  readonly method: string
  readonly url: string
  readonly headers: Trail['input']['headers']
  readonly body?: BodyText
  readonly refused?: string | undefined
  readonly rejection?: Trail['rejection']
  readonly planned?: Trail['planned']
  readonly behaved?: string | undefined
  /** JSON text, since numbers in it keep their digits. */
  readonly changes?: string | undefined
  readonly cut?: Trail['cut']
  /** Which of the replies; absent where there was none. */
  readonly reply?: number | undefined
}

type ReplyJson = Omit<Reply, 'body'> & { readonly body?: BodyText }

/** Calls and the replies that they got, each different one once. */
interface CallsJson {
  readonly replies: readonly ReplyJson[]
  readonly calls: readonly CallJson[]
}

/** Documented replies are shared by all calls that got them. */
const written = new WeakMap<Reply, string>()

/** Calls as JSON text, to be kept elsewhere. Telling of what they are read back to gives the same entries. */
export function writeTrails(trails: readonly Trail[]): string {
  const replies = new Map<Reply, number>()
  const calls = trails.map((trail) => {
    const { reply } = trail
    if (reply && !replies.has(reply)) replies.set(reply, replies.size)
    return JSON.stringify(callJson(trail, reply && replies.get(reply)))
  })
  return `{"replies":[${[...replies.keys()].map(replyText).join()}],"calls":[${calls.join()}]}`
}

/**
 * Calls from their text. Their `began` is 0 and their `ended` what they took, since the clocks of
 * processes have nothing in common.
 * @param first the number of the first; the others follow
 */
export function readTrails(first: number, text: string): Trail[] {
  const json: CallsJson = JSON.parse(text)
  const replies = json.replies.map(readReply)
  const bytes = Math.ceil(text.length / json.calls.length)
  return json.calls.map((call, index) =>
    Object.assign(readCall(call), {
      id: first + index,
      reply: call.reply === undefined ? undefined : replies[call.reply],
      bytes: OWN + bytes,
    }),
  )
}

function callJson(trail: Trail, reply: number | undefined): CallJson {
  const { input, changes, planned, ended, began } = trail
  return {
    kind: trail.kind === 'call' ? undefined : trail.kind,
    session: trail.session,
    at: trail.at,
    took: ended === undefined ? undefined : ended - began,
    operationId: trail.operationId,
    method: input.method,
    url: input.url,
    headers: input.headers,
    body: bodyText(input.body),
    refused: trail.refused,
    rejection: trail.rejection,
    planned: planned && plan(planned),
    behaved: trail.behaved,
    changes: changes.length === 0 ? undefined : stringifyExact(changes),
    cut: trail.cut,
    reply,
  }
}

function readCall(json: CallJson): Trail {
  const { method, url, headers, changes } = json
  const input = { method, url, headers, body: body(json.body) }
  const trail = new Trail(json.session, 0, json.operationId, input, json.kind)
  return Object.assign(trail, {
    at: json.at,
    ended: json.took,
    refused: json.refused,
    rejection: json.rejection,
    planned: json.planned,
    behaved: json.behaved,
    changes: changes === undefined ? trail.changes : parseExact(changes),
    cut: json.cut,
  })
}

function replyText(reply: Reply): string {
  let text = written.get(reply)
  if (text === undefined) {
    const { status, headers, body, notes, reason } = reply
    const json: ReplyJson = { status, headers, body: bodyText(body), notes, reason }
    written.set(reply, (text = JSON.stringify(json)))
  }
  return text
}

const readReply = (json: ReplyJson): Reply => ({ ...json, body: body(json.body) })

/** Without what is not told, which may be large. */
function plan({ overrideId, reason, delay, fault, step }: NonNullable<Trail['planned']>): Trail['planned'] {
  const { body, headers: _headers, delay: _delay, fault: _fault, ...told }: Step = step
  return { overrideId, reason, delay, fault, step: { ...told, ...(body !== undefined && { body: true }) } }
}

function bodyText(body: Body): BodyText {
  if (body === undefined || typeof body === 'string') return body
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return isUtf8(bytes) ? { utf8: bytes.toString() } : { base64: bytes.toString('base64') }
}

function body(text: BodyText): Body {
  if (text === undefined || typeof text === 'string') return text
  return 'utf8' in text ? Buffer.from(text.utf8) : Buffer.from(text.base64, 'base64')
}
