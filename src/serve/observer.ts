import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { ObservedCall } from '../contract/record.js'
import type { Reply } from '../respond/reply.js'

/** Told of each call. Nothing is looked at without one, or while it is not active. */
export interface Observer {
  readonly active: boolean
  onCall(call: ObservedCall): void
  /** A call that no documented operation takes. */
  onUnknown(method: string, url: string, headers: IncomingHttpHeaders): void
}

/** A request and its reply as a call. A reply of Standin's own is a violation too: the docs have no such answer. */
export function observed(request: FastifyRequest, operationId: string, reply: Reply): ObservedCall {
  const { raw, body } = request
  const own = reply.headers['content-type']?.startsWith('application/problem+json') === true
  return {
    operationId,
    url: raw.url ?? '',
    headers: raw.headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
    status: reply.status,
    responseType: reply.headers['content-type'],
    violations:
      reply.headers['standin-violations'] ?? (own && reply.notes.length > 0 ? reply.reason : undefined),
    steered: reply.notes.find(({ kind }) => kind === 'override')?.text,
  }
}
