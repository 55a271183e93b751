import type { FastifyReply } from 'fastify'
import type { Reply } from '../respond/reply.js'

/** The only place from which a reply of the mocked API leaves. */
export function send(reply: FastifyReply, { status, headers, body }: Reply): void {
  reply.code(status).headers(headers).send(body)
}

/**
 * Every header that Standin adds of its own, for `Access-Control-Expose-Headers`; docs/headers.md
 * explains them.
 */
export const OWN_HEADERS = ['standin-example', 'standin-note', 'standin-violations'] as const
