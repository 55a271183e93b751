import type { InjectOptions } from 'fastify'
import type { Standin } from '../../../src/standin.js'

type Method = NonNullable<InjectOptions['method']>

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  /** Empty where the body is not JSON. */
  readonly json: Record<string, unknown>
}

/** Asks the control API of a stand-in, without a socket. */
export async function ask(
  standin: Standin,
  method: Method,
  path: string,
  payload?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await standin.inject({
    method,
    url: `/_standin/v1${path}`,
    headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(payload !== undefined && {
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    }),
  })
  const isJson = String(reply.headers['content-type']).includes('json')
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: reply.body,
    json: isJson ? (reply.json() as Record<string, unknown>) : {},
  }
}
