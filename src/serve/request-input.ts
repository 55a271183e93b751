import type { FastifyRequest } from 'fastify'
import type { RequestInput } from '../respond/check.js'

/** A request as the checks and the journal see it. A class for the reason that `Trail` is one. */
export class Received implements RequestInput {
  readonly method: string
  readonly url: string
  readonly headers: RequestInput['headers']
  readonly body: RequestInput['body']

  /** @param url given where it is answered as another than it was sent as */
  constructor({ raw, body }: FastifyRequest, url: string = raw.url ?? '') {
    this.method = raw.method ?? ''
    this.url = url
    this.headers = raw.headers
    this.body = typeof body === 'string' || body instanceof Uint8Array ? body : undefined
  }
}
