import { isUtf8 } from 'node:buffer'
import { parseExact, stringifyExact } from '../../operation/json.js'
import type { Reply } from '../../respond/reply.js'
import type { Step } from '../override.js'
import { newTrail, type Trail } from '../trail.js'

/** A call as texts, to be kept elsewhere. Telling of what they are read back to gives the same entry. */
export interface TrailText {
  /** JSON. */
  readonly call: string
  /** JSON; empty where there was no reply. */
  readonly reply: string
}

type Body = string | Uint8Array | undefined

/** A body in JSON: text, or bytes as what they say in UTF-8 or else in base64. */
type BodyText = string | { readonly utf8: string } | { readonly base64: string } | undefined

/** What {@link TrailText.call} holds. A member that says nothing is left out. */
interface CallJson {
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
}

type ReplyJson = Omit<Reply, 'body'> & { readonly body?: BodyText }

/** Documented replies are shared by all calls that got them. */
const written = new WeakMap<Reply, string>()

export function writeTrail(trail: Trail): TrailText {
  const { input, changes, reply, planned, ended, began } = trail
  const call: CallJson = {
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
  }
  return { call: JSON.stringify(call), reply: reply ? replyText(reply) : '' }
}

/**
 * A call from its texts. Its `began` is 0 and its `ended` what it took, since the clocks of processes
 * have nothing in common.
 */
export function readTrail(id: number, { call, reply }: TrailText): Trail {
  const json: CallJson = JSON.parse(call)
  const { method, url, headers, changes } = json
  const trail = newTrail(json.session, 0, json.operationId, { method, url, headers, body: body(json.body) })
  return Object.assign(trail, {
    id,
    at: json.at,
    ended: json.took,
    refused: json.refused,
    rejection: json.rejection,
    planned: json.planned,
    behaved: json.behaved,
    changes: changes === undefined ? trail.changes : parseExact(changes),
    reply: reply === '' ? undefined : readReply(reply),
    cut: json.cut,
    bytes: 512 + call.length + reply.length,
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

function readReply(text: string): Reply {
  const json: ReplyJson = JSON.parse(text)
  return { ...json, body: body(json.body) }
}

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
