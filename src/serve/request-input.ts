import type { FastifyRequest } from 'fastify'
import type { RequestInput } from '../respond/check.js'

/** A request as the checks and the journal see it. */
export function toInput({ raw, body }: FastifyRequest): RequestInput {
  return {
    method: raw.method ?? '',
    url: raw.url ?? '',
    headers: raw.headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
  }
}
