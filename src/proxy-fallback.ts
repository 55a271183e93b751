import type { Mock } from './serve/proxy/proxy-handler.js'
import type { Standin } from './standin.js'

/** Headers of the mock's reply that are about its own, inner connection. */
const INNER = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'])

/** A stand-in as what answers in place of an upstream. */
export const mockOf =
  (standin: Standin): Mock =>
  async (request, body) => {
    const method = METHODS.find((one) => one === request.method)
    if (!method) return undefined
    const reply = await standin.inject({
      method,
      url: request.url ?? '/',
      headers: request.headers,
      ...(body !== undefined && { payload: Buffer.from(body) }),
    })
    const headers = Object.entries(reply.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || INNER.has(name) ? [] : [[name, String(value)]],
    )
    return { status: reply.statusCode, headers: Object.fromEntries(headers), body: reply.rawPayload }
  }

/** Those that can be asked without a socket. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS'] as const
