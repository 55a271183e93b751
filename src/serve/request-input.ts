import type { FastifyRequest } from 'fastify'
import type { RequestInput } from '../respond/check.js'

/** A request as the checks and the journal see it. `url` is given where it is answered as another than it was sent as. */
export function toInput({ raw, body }: FastifyRequest, url: string = raw.url ?? ''): RequestInput {
  return {
    method: raw.method ?? '',
    url,
    headers: raw.headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
  }
}
