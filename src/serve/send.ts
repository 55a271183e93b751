import type { FastifyReply } from 'fastify'
import { hasNoContent, type Reply, sizeOf } from '../respond/reply.js'
import { INTERNAL_ERROR } from './failures.js'

/**
 * Every header that Standin adds of its own, for `Access-Control-Expose-Headers`; docs/headers.md
 * explains them.
 */
export const OWN_HEADERS = [
  'standin-example',
  'standin-note',
  'standin-reason',
  'standin-violations',
] as const

declare module 'fastify' {
  interface FastifyReply {
    /** `Vary` of replies to requests that name no origin, where CORS is on; see cors.ts. */
    vary: string | undefined
  }
}

/**
 * The only place from which a reply of the mocked API leaves. It is written to node's response
 * itself: the bytes are ready, so that what Fastify would look for in them (a type, a serialiser, a
 * length) is known. Headers of CORS go with it, which only requests that name an origin have. Never throws: a behaviour may
 * give a status or a header that HTTP does not have, which is found out only here, and nobody waits
 * for this call who could answer.
 */
export function send(reply: FastifyReply, decided: Reply): void {
  reply.hijack()
  try {
    write(reply, decided)
  } catch (error) {
    sendError(reply, error)
  }
}

/**
 * Sends the status and the headers alone, for a body that comes in parts. False where it had to send
 * more. Never throws, as {@link send}.
 */
export function sendHead(reply: FastifyReply, decided: Reply): boolean {
  if (hasNoContent(decided.status) || reply.raw.req.method === 'HEAD') {
    send(reply, decided)
    return false
  }
  try {
    writeHead(reply, decided)
  } catch (error) {
    sendError(reply, error)
    return false
  }
  reply.raw.flushHeaders()
  return true
}

function sendError(reply: FastifyReply, error: unknown): void {
  reply.log.error({ err: error }, 'the reply cannot be sent')
  // Node keeps the reason phrase of the first attempt.
  reply.raw.statusMessage = ''
  write(reply, INTERNAL_ERROR)
}

function write(reply: FastifyReply, decided: Reply): void {
  writeHead(reply, decided)
  // Node drops the body of a HEAD by itself, an injected request's reply would show it.
  reply.raw.end(reply.raw.req.method === 'HEAD' ? undefined : decided.body)
}

function writeHead(reply: FastifyReply, { status, headers, body }: Reply): void {
  // Names and values in turn are the form that node takes without making another of it (http.ServerResponse.writeHead).
  const lines: string[] = []
  for (const name in headers) lines.push(name, headers[name] ?? '')
  if (!hasNoContent(status)) lines.push('content-length', String(sizeOf(body)))
  if (reply.raw.req.headers.origin !== undefined) {
    for (const [name, value] of Object.entries(reply.getHeaders())) lines.push(name, String(value))
  } else if (reply.vary !== undefined) lines.push('vary', reply.vary)
  reply.raw.writeHead(status, lines)
}
