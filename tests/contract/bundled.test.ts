import type { IncomingMessage, ServerResponse } from 'node:http'
import { text as readAll } from 'node:stream/consumers'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { createStandin } from '../../src/standin.js'
import { verifyWithPact } from './verifier.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(120_000)

const names = { consumer: 'mobile-app', provider: 'onboarding' }
const newToken = {
  method: 'POST',
  url: '/token-service/client/server/new/v2/token',
  headers: { 'X-API-KEY': 'MOB-APP-2001', 'Content-Type': 'application/json' },
  payload: { referenceId: '1', sdkPublicKey: 'a', sdkApiKey: 'b', accountNumber: 100 },
} as const

void t.test('the stand-in keeps the contract of its own docs, negative cases too', async (t) => {
  const standin = await createStandin({ store: 'memory', logger: false })
  t.teardown(() => standin.close())
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
  // The page of getToken documents four operations of the same kind; one of them is enough here.
  const operations = onboarding.description.operations.filter(
    ({ operationId }) => !/By|Without/.test(operationId),
  )
  const { text, interactions } = generateContract(
    { ...onboarding.description, operations },
    { ...names, negative: true },
  )
  const report = await verifyWithPact(text, (request, response) => void answer(request, response), true)
  t.strictSame(
    report.errors.map(({ interaction, mismatch }) => [interaction, mismatch]),
    [],
  )
  t.equal(report.interactionResults.length, interactions)
})
