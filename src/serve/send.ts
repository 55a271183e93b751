import type { FastifyReply } from 'fastify'
import { hasNoContent, type Reply } from '../respond/reply.js'

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

/** Names and values in turn, the form that node writes without looking at each (http.ServerResponse.writeHead). */
type WireHeaders = readonly string[]

/** Prepared replies are sent again and again; their headers are laid out once. */
const laidOut = new WeakMap<Reply, WireHeaders>()

/**
 * The only place from which a reply of the mocked API leaves. It is written to node's response
 * itself: the bytes are ready, so that what Fastify would look for in them (a type, a serialiser, a
 * length) is known. Headers that plugins have set (CORS) go with it.
 */
export function send(reply: FastifyReply, answer: Reply): void {
  reply.hijack()
  const headers = [...wireHeaders(answer)]
  const set = reply.getHeaders()
  for (const name in set) headers.push(name, String(set[name]))
  reply.raw.writeHead(answer.status, headers)
  // Node drops the body of a HEAD by itself, an injected request's reply would show it.
  reply.raw.end(reply.request.method === 'HEAD' ? undefined : answer.body)
}

function wireHeaders(answer: Reply): WireHeaders {
  const known = laidOut.get(answer)
  if (known) return known
  const headers = Object.entries(answer.headers).flat()
  if (!hasNoContent(answer.status)) headers.push('content-length', String(lengthOf(answer.body)))
  laidOut.set(answer, headers)
  return headers
}

const lengthOf = (body: Reply['body']): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0)
