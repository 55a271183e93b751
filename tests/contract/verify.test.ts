import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import t from 'tap'
import { generateContract } from '../../src/contract/generate.js'
import { verifyContracts, type VerifyOptions } from '../../src/contract/verify.js'
import { documented, repeated } from './verify-docs.js'
import { json, provide } from './verify-provider.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(240_000)

const { text } = generateContract(documented, { consumer: 'web', provider: 'clocks' })
const contract = { file: 'contracts/web-clocks.json', text }
const states = { 'valid credentials': () => ({ 'X-TOKEN': 'T1' }) }

async function verify(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<VerifyOptions> = {},
) {
  const provider = await provide(answer)
  try {
    const { report } = await verifyContracts([contract], {
      providerBaseUrl: provider.url,
      states,
      only: ['listClocks-200'],
      ...options,
    })
    return { report, provider, first: report.interactions[0]?.failures[0] }
  } finally {
    await provider.close()
  }
}

const clocks = (_: IncomingMessage, response: ServerResponse) =>
  json(response, { clocks: [{ id: 1, name: 'Big' }], total: 1 })

void t.test(
  'a provider that keeps the contract, asked by its own name and with what was injected',
  async (t) => {
    const { report, provider } = await verify(clocks, {
      headers: { 'X-Stage': 'test' },
    })
    t.strictSame(report.summary, { total: 1, passed: 1, failed: 0 })
    t.strictSame(report.interactions[0]?.failures, [])
    const [request] = provider.requests
    t.equal(request?.headers.host, new URL(provider.url).host)
    t.equal(request?.headers['x-token'], 'T1')
    t.equal(request?.headers['x-stage'], 'test')
  },
)

void t.test('each way to answer wrongly is told in terms of the docs', async (t) => {
  const type = { 'content-type': 'application/json' }
  const cases: Record<string, [(request: IncomingMessage, response: ServerResponse) => void, object]> = {
    'another status': [
      (_, response) => json(response, { clocks: [], total: 0 }, 201),
      {
        where: 'status',
        expected: '200',
        actual: '201',
        source: { file: 'docs/clocks.md', line: 20 },
        by: 'pact',
      },
    ],
    'a member of another type': [
      (_, response) => json(response, { clocks: [], total: 'many' }),
      {
        where: 'body total',
        expected: 'integer',
        actual: '"many"',
        source: { file: 'docs/clocks.md', line: 24 },
      },
    ],
    'a member missing': [
      (_, response) => json(response, { clocks: [] }),
      {
        where: 'body total',
        expected: 'to be there',
        actual: 'nothing',
        source: { file: 'docs/clocks.md', line: 24 },
      },
    ],
    'what Pact cannot say': [
      (_, response) => json(response, { clocks: [], total: -1 }),
      { where: 'body total', expected: '>= 0', actual: '-1', by: 'schema' },
    ],
    'an HTML page': [
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Sign in</title>'),
      {
        where: 'header Content-Type',
        expected: 'application/json',
        actual: 'text/html, an HTML page ("Sign in")',
      },
    ],
    'a redirect, although what it leads to is right': [
      (request, response) =>
        request.url?.endsWith('/there')
          ? clocks(request, response)
          : response.writeHead(302, { location: `${request.url}/there` }).end(),
      { where: 'status', expected: '200', actual: /^302, a redirect to \/\d+\/there$/, by: 'pact' },
    ],
    'a reset': [
      (request) => request.socket.resetAndDestroy(),
      { where: 'answer', actual: 'it dropped the connection (ECONNRESET)', by: 'pact' },
    ],
    'a connection closed without a word': [
      (request) => request.socket.end(),
      { where: 'answer', actual: 'it closed the connection without an answer', by: 'pact' },
    ],
    'no answer at all': [() => undefined, { where: 'answer', actual: 'no answer within 700 ms', by: 'pact' }],
    'an answer that never ends': [
      (_, response) => response.writeHead(200, { ...type, 'content-length': '100' }).write('{"clocks":'),
      { where: 'answer', actual: 'status 200, then the answer was not complete within 700 ms' },
    ],
    'half an answer': [
      (request, response) => {
        response.writeHead(200, { ...type, 'content-length': '100' })
        response.write('{"clocks":', () => request.socket.end())
      },
      { where: 'answer', actual: 'status 200, then the answer broke off' },
    ],
    'no HTTP': [(request) => request.socket.end('hello\r\n\r\n'), { where: 'answer', actual: /no HTTP/ }],
    'a coding that is none': [
      (_, response) => response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end('{"clocks":[]}'),
      { where: 'answer', actual: 'a body that is not gzip, as its Content-Encoding says' },
    ],
    'a coding that was not asked for': [
      (_, response) =>
        response
          .writeHead(200, { ...type, 'content-encoding': 'br' })
          .end(brotliCompressSync('{"clocks":[],"total":0}')),
      {
        where: 'body',
        expected: 'a JSON document',
        actual: 'a body in the coding br; the request takes gzip and deflate',
      },
    ],
    'a byte order mark': [
      (_, response) => response.writeHead(200, type).end('\uFEFF{"clocks":[],"total":0}'),
      {
        where: 'body',
        expected: 'a JSON document',
        actual: 'a byte order mark before {"clocks":[],"total":0}',
      },
    ],
    'another status with another body': [
      (_, response) => json(response, { message: 'no' }, 418),
      { where: 'status', expected: '200', actual: '418' },
    ],
    'malformed JSON': [
      (_, response) => response.writeHead(200, type).end('{"clocks":'),
      { where: 'body', expected: 'a JSON document', by: 'pact' },
    ],
    'an empty body': [
      (_, response) => response.writeHead(200, type).end(),
      { where: 'body', expected: 'a JSON document', actual: 'an empty body' },
    ],
  }
  const list = Object.entries(cases)
  const many = generateContract(repeated(list.length), { consumer: 'web', provider: 'clocks' })
  const provider = await provide((request, response) => {
    const [, [answer] = [clocks]] = list[Number(/^\/(\d+)/.exec(request.url ?? '')?.[1])] ?? []
    answer(request, response)
  })
  const { report } = await verifyContracts([{ file: 'many.json', text: many.text }], {
    providerBaseUrl: provider.url,
    states,
    only: list.map((_, index) => `case${index}-200`),
    timeout: 700,
  })
  for (const [index, [name, [, expected]]] of list.entries()) {
    const found = report.interactions.find(({ key }) => key === `case${index}-200`)
    t.match(found?.failures[0], expected, name)
    t.equal(found?.status, 'failed', name)
    t.match(found?.curl, `curl -i -X GET ${provider.url}/${index}`, name)
  }
  t.strictSame(report.summary, { total: list.length, passed: 0, failed: list.length })
  await provider.close()
})

void t.test('provider states that fail, fail', async (t) => {
  const cases: [VerifyOptions['states'], RegExp][] = [
    [undefined, /needs "X-TOKEN": nothing sets provider states up/],
    [{}, /"valid credentials": no handler for it; there are handlers for none/],
    [{ 'valid credentials': () => ({}) }, /needs "X-TOKEN": "valid credentials" returned no value/],
    [
      { 'valid credentials': () => Promise.reject(new Error('the database is away')) },
      /"valid credentials": the database is away/,
    ],
    [{ 'valid credentials': () => new Promise(() => undefined) }, /not set up within 300 ms/],
  ]
  for (const [given, reason] of cases) {
    const provider = await provide(clocks)
    const { states: _, ...rest } = { states: undefined }
    const { report } = await verifyContracts([contract], {
      ...rest,
      providerBaseUrl: provider.url,
      only: ['listClocks-200'],
      stateTimeout: 300,
      ...(given === undefined ? {} : { states: given }),
    })
    t.match(report.interactions[0]?.failures[0], { where: 'provider state', actual: reason, by: 'pact' })
    t.equal(provider.requests.length, 0, 'and nothing is asked of the provider')
    await provider.close()
  }
})

void t.test('a handler runs once for an interaction, though the verifier tries again', async (t) => {
  let runs = 0
  const failing = {
    'valid credentials': () => {
      runs++
      throw new Error('no')
    },
  }
  await verify(clocks, { states: failing })
  t.equal(runs, 1)
})

void t.test('states by URL, in the format of Pact', async (t) => {
  const asked: unknown[] = []
  const endpoint = await provide((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      asked.push(JSON.parse(body))
      json(response, { 'X-TOKEN': 'from the URL' })
    })
  })
  const { report, provider } = await verify(clocks, { states: endpoint.url })
  t.equal(report.summary.passed, 1)
  t.match(asked, [{ state: 'valid credentials', params: { operationId: 'listClocks' }, action: 'setup' }])
  t.equal(provider.requests[0]?.headers['x-token'], 'from the URL')
  await endpoint.close()
})

const against = (providerBaseUrl: string, rest: Partial<VerifyOptions> = {}, pact = contract) =>
  verifyContracts([pact], { providerBaseUrl, states, ...rest })

void t.test('what cannot run is an error, not a result', async (t) => {
  const closed = await provide(() => undefined)
  await closed.close()
  await t.rejects(against(closed.url), { code: 'STANDIN_ERR_PROVIDER_UNREACHABLE', message: /refused/ })
  await t.rejects(against('localhost:1'), { code: 'STANDIN_ERR_USAGE' })
  await t.rejects(against(closed.url, { only: ['nothing'] }), {
    code: 'STANDIN_ERR_CONTRACT_EMPTY',
    message: /listClocks/,
  })
  const empty = JSON.stringify({ consumer: { name: 'c' }, provider: { name: 'p' }, interactions: [] })
  await t.rejects(against(closed.url, {}, { file: 'empty.json', text: empty }), {
    code: 'STANDIN_ERR_CONTRACT_EMPTY',
  })
  await t.rejects(against(closed.url, {}, { file: 'list.json', text: '[]' }), {
    code: 'STANDIN_ERR_PACT_UNREADABLE',
  })
  await t.rejects(against(closed.url, { states: './no-such-module.js' }), { code: 'STANDIN_ERR_STATES' })
  await t.rejects(against(closed.url, { states: 'ftp://host/' }), { code: 'STANDIN_ERR_STATES' })
})

const wrong = (_: IncomingMessage, response: ServerResponse) => json(response, { clocks: 'none' })

void t.test('the printed curl shows the failure again, and keeps secrets', async (t) => {
  const { report, provider } = await verify(wrong, { headers: { Authorization: 'Bearer secret' } })
  const curl = report.interactions[0]?.curl ?? ''
  t.match(curl, `${provider.url}/clocks`)
  t.match(curl, '-H "authorization: $AUTHORIZATION"')
  t.match(curl, 'T1')
  t.notMatch(curl, /secret/)
})

void t.test('a pact of another tool and an older version is verified too', async (t) => {
  const pact = JSON.stringify({
    consumer: { name: 'old' },
    provider: { name: 'clocks' },
    interactions: [
      {
        description: 'a clock',
        providerState: 'there is one',
        request: { method: 'get', path: '/clocks/1', query: 'full=yes' },
        response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { id: 1 } },
      },
      { description: 'none', request: { method: 'get', path: '/clocks/2' }, response: { status: 404 } },
    ],
    metadata: { pactSpecification: { version: '2.0.0' } },
  })
  const set: string[] = []
  const provider = await provide((request, response) =>
    request.url === '/base/clocks/1?full=yes' ? json(response, { id: 2 }) : json(response, {}, 404),
  )
  const { report } = await verifyContracts([{ file: 'old.json', text: pact }], {
    providerBaseUrl: `${provider.url}/base/`,
    states: { 'there is one': () => void set.push('one') },
  })
  t.match(report.interactions, [
    {
      description: 'a clock',
      operationId: 'GET /clocks/1',
      status: 'failed',
      failures: [{ where: 'body id', actual: '2', source: { file: 'old.json', line: 1 } }],
    },
    { description: 'none', status: 'passed' },
  ])
  t.strictSame(set, ['one'])
  await provider.close()
})

void t.test('an address where nothing speaks HTTP', async (t) => {
  const { createServer } = await import('node:net')
  const server = createServer((socket) => socket.destroy())
  t.teardown(() => server.close())
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  connect(port ?? 0, '127.0.0.1').destroy()
  const { report } = await verifyContracts([contract], {
    providerBaseUrl: `http://127.0.0.1:${port}`,
    states,
    only: ['listClocks-200'],
  })
  t.match(report.interactions[0]?.failures, [{ where: 'answer', by: 'pact' }])
})
