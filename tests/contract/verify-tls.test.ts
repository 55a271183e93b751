import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import { generateContract } from '../../src/contract/generate.js'
import { verifyContracts } from '../../src/contract/verify.js'
import { selfSigned } from './self-signed.js'
import { documented } from './verify-docs.js'
import { json, listen, provide } from './verify-provider.js'

t.setTimeout(240_000)

const { text } = generateContract(documented, { consumer: 'web', provider: 'clocks' })
const contract = { file: 'contracts/web-clocks.json', text }
const states = { 'valid credentials': () => ({ 'X-TOKEN': 'T1' }) }
const clocks = (_: IncomingMessage, response: ServerResponse) =>
  json(response, { clocks: [{ id: 1, name: 'Big' }], total: 1 })

const verify = async (providerBaseUrl: string, insecure: boolean) =>
  (await verifyContracts([contract], { providerBaseUrl, states, insecure, only: ['listClocks-200'] })).report

void t.test('a certificate that nobody vouches for', async (t) => {
  const provider = await listen(createServer(selfSigned, clocks), 'https')
  t.teardown(() => provider.close())
  await t.rejects(
    verify(provider.url, false),
    { code: 'STANDIN_ERR_PROVIDER_UNREACHABLE', message: /certificate is not trusted.*--insecure/ },
    'is refused, and the option that takes it is named',
  )
  t.equal(provider.requests.length, 0, 'before anything is sent')
  const report = await verify(provider.url, true)
  t.strictSame(report.summary, { total: 1, passed: 1, failed: 0 }, 'is taken where that is asked for')
  const [request] = provider.requests
  t.equal(request?.headers.host, new URL(provider.url).host)
  t.equal(request?.headers['x-token'], 'T1')
})

void t.test('a name is sent with the greeting, as servers of many names need it', async (t) => {
  const names: unknown[] = []
  const server = createServer(selfSigned, clocks)
  server.on('secureConnection', (socket: TLSSocket) => names.push(socket.servername))
  const provider = await listen(server, 'https')
  t.teardown(() => provider.close())
  const report = await verify(provider.url.replace('127.0.0.1', 'localhost'), true)
  t.equal(report.summary.passed, 1)
  t.ok(names.length > 0 && names.every((name) => name === 'localhost'), names.join())
})

void t.test('what is wrong over TLS is told like anything else, with a curl that shows it', async (t) => {
  const wrong = (_: IncomingMessage, response: ServerResponse) =>
    json(response, { clocks: [], total: 'none' })
  const provider = await listen(createServer(selfSigned, wrong), 'https')
  t.teardown(() => provider.close())
  const [interaction] = (await verify(provider.url, true)).interactions
  t.match(interaction?.failures, [{ where: 'body total', actual: '"none"', by: 'pact' }])
  t.match(interaction?.curl, `curl -i -k -X GET ${provider.url}/clocks`)
})

void t.test('http where https is spoken, and the other way round', async (t) => {
  const plain = await provide(clocks)
  const secure = await listen(createServer(selfSigned, clocks), 'https')
  t.teardown(() => Promise.all([plain.close(), secure.close()]))
  await t.rejects(verify(plain.url.replace('http:', 'https:'), true), {
    code: 'STANDIN_ERR_PROVIDER_UNREACHABLE',
    message: /does not speak TLS as asked.*is it http instead of https\?/,
  })
  const [interaction] = (await verify(secure.url.replace('https:', 'http:'), true)).interactions
  t.match(interaction?.failures, [{ where: 'answer' }])
})
