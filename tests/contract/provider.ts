import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text as readAll } from 'node:stream/consumers'
import type { Standin } from '../../src/standin.js'

const newToken = {
  method: 'POST',
  url: '/token-service/client/server/new/v2/token',
  headers: { 'X-API-KEY': 'MOB-APP-2001', 'Content-Type': 'application/json' },
  payload: { referenceId: '1', sdkPublicKey: 'a', sdkApiKey: 'b', accountNumber: 100 },
} as const

/** A stand-in of the bundled API as a provider that can be put into its states, at `/_states`. */
export function providerOf(standin: Standin): RequestListener {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const payload = await readAll(request)
    if (request.url === '/_states') {
      await standin.reset()
      const { token }: { token: string } = (await standin.inject(newToken)).json()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ 'X-API-TOKEN': token, 'X-API-KEY': 'MOB-APP-2001', token }))
      return
    }
    const { method, url = '/', headers } = request
    // A GET with a body is what the page documents; light-my-request takes it as any other.
    const reply = await standin.inject({ method: method === 'POST' ? 'POST' : 'GET', url, headers, payload })
    response.writeHead(reply.statusCode, { 'content-type': reply.headers['content-type'] ?? 'text/plain' })
    response.end(reply.rawPayload)
  }
  return (request, response) => void answer(request, response)
}
