import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { createProxy, createStandin } from '../../../src/index.js'
import { parseExamples } from '../../../src/operation/examples-file.js'
import { json, proxyFor, send, type TestScope, upstreamFor } from './helper.js'

const account = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    pin: { type: 'string', pattern: '^[0-9]{4}$' },
    accessToken: { type: 'string' },
    ssn: { type: 'string' },
    echo: { type: 'string' },
  },
}
const reply = (more: object = {}) => ({
  description: 'x',
  content: { 'application/json': { schema: account, example: { id: 1, name: 'Ann', pin: '0000' }, ...more } },
})
const paths = {
  '/accounts/{id}': {
    get: {
      operationId: 'getAccount',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: reply(), 404: { description: 'None' } },
    },
  },
  '/accounts': {
    post: {
      operationId: 'open',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { type: 'object', properties: { pin: { type: 'string' } } } },
        },
      },
      responses: { 201: reply(), 422: reply() },
    },
  },
  '/notes': {
    get: {
      operationId: 'notes',
      responses: { 200: { description: 'x', content: { 'text/plain': { schema: { type: 'string' } } } } },
    },
  },
  '/files': {
    get: {
      operationId: 'file',
      responses: {
        200: { description: 'x', content: { 'application/octet-stream': { schema: { type: 'string' } } } },
      },
    },
  },
  '/strict': {
    get: {
      operationId: 'strict',
      responses: { 200: { description: 'x', content: { 'application/json': { schema: account } } } },
    },
  },
}

const upstreamOf = (t: TestScope) =>
  upstreamFor(t, (incoming, response) => {
    const url = new URL(incoming.url ?? '', 'http://x')
    const id = url.pathname.split('/')[2]
    void answer()
    async function answer(): Promise<void> {
      const body = await buffer(incoming)
      if (url.pathname === '/notes')
        return void response
          .writeHead(200, { 'content-type': 'text/plain' })
          .end(`token: abc-${'1'.repeat(6)} fine`)
      if (url.pathname === '/files')
        return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x')
      if (url.pathname === '/strict') return void response.writeHead(200, json).end('{"id":1,"pin":"4711"}')
      if (incoming.method === 'POST')
        return void response.writeHead(body.length > 20 ? 422 : 201, json).end(`{"id":${body.length}}`)
      if (id === 'broken') return void response.writeHead(200, json).end('{"name":"no id"}')
      const text = `{"id":90071992547409${id},"name":"Bob ${id}","pin":"4711","accessToken":"opaque-1","ssn":"123-45","echo":"${incoming.headers.authorization}"}`
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(text))
    }
  })

void t.test('what passed is kept as examples, without secrets, and served afterwards', async (t) => {
  const upstream = await upstreamOf(t)
  const cwd = folderFor(t, {
    'api.json': JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths }),
  })
  const run = async (calls: (url: string) => Promise<void>) => {
    const proxy = await createProxy({
      sources: ['api.json'],
      upstream,
      cwd,
      logger: false,
      record: 'recorded',
      redact: ['/ssn'],
    })
    await calls(await proxy.listen())
    await proxy.close()
    return proxy.recorded
  }
  const first = await run(async (url) => {
    for (const id of ['92', '93', '93', 'broken'])
      await send(`${url}/accounts/${id}?apiKey=hidden7`, { headers: { authorization: 'Bearer opaque-2' } })
    await send(`${url}/accounts`, { method: 'POST', headers: json, body: '{"pin":"4711"}' })
    await send(`${url}/accounts`, { method: 'POST', headers: json, body: '{"pin":"4711","more":true}' })
    await send(`${url}/accounts`, { method: 'POST', headers: json, body: '{"pin":4711}' })
    for (const path of ['/notes', '/files', '/strict', '/nowhere']) await send(url + path)
  })
  t.match(first, {
    file: 'recorded/examples.json'.replaceAll('/', process.platform === 'win32' ? '\\' : '/'),
    added: 5,
    kept: 0,
  })
  t.match(first?.leftOut, [
    { call: 'GET /files, answered 200', reason: /no secret can be told/ },
    {
      call: 'GET /strict, answered 200',
      reason: /without its secrets it is not what the docs allow: body \/pin/,
    },
  ])
  const file = join(cwd, 'recorded', 'examples.json')
  const text = readFileSync(file, 'utf8')
  for (const secret of ['4711', 'opaque', '123-45', 'hidden7', 'abc-1']) t.notMatch(text, secret, secret)
  const examples = parseExamples(text)
  t.strictSame(Object.keys(examples['getAccount']?.['200'] ?? {}), ['200-id-92', '200-id-93'])
  t.strictSame(Object.keys(examples['open']?.['request'] ?? {}), ['201', '422'])
  t.match(text, '"id": 9007199254740993', 'digits are kept')
  t.match(text, '"pin": "0000"', 'the docs’ own value stands for a secret')

  writeFileSync(file, text.replace('Bob 92', 'Edited by hand'))
  const second = await run(async (url) => {
    await send(`${url}/accounts/92`)
    await send(`${url}/accounts/94`)
    await send(`${url}/accounts/95`)
  })
  t.match(second, { added: 1, kept: 5 }, 'of one shape a few are enough')
  t.match(readFileSync(file, 'utf8'), 'Edited by hand')

  const standin = await createStandin({
    sources: ['api.json', 'recorded'],
    cwd,
    logger: false,
    stateless: true,
  })
  t.teardown(() => standin.close())
  t.strictSame(standin.notes, [])
  const named = await standin.inject({ url: '/accounts/7', headers: { prefer: 'example=200-id-93' } })
  t.match(named.body, '"id":9007199254740993')
  t.match(named.headers['standin-example'], /^200\/200-id-93; recorded; recorded\/examples\.json:\d+$/)
  const shown = await standin.inject({ url: '/accounts/9007199254740993' })
  t.match(shown.body, '9007199254740993', 'the one that fits the request is found')
  t.match((await standin.inject('/accounts/7')).headers['standin-example'], /documented/, 'the docs go first')
})

void t.test('an examples file that is none, or of no operation', async (t) => {
  const document = JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths })
  const entry = { mediaType: 'application/json', value: { id: 2 } }
  const cases: [name: string, text: string, severity: string, message: RegExp][] = [
    [
      'no such operation',
      JSON.stringify({ none: { 200: { a: entry } } }),
      'warning',
      /No operation is called none/,
    ],
    [
      'no such form',
      JSON.stringify({ getAccount: { ok: { a: entry } } }),
      'error',
      /no examples by operation/,
    ],
    ['no JSON', '{"a": {"mediaType": ', 'error', /./],
  ]
  for (const [name, text, severity, message] of cases) {
    const cwd = folderFor(t, { 'api.json': document, 'examples.json': text })
    const standin = await createStandin({ sources: ['api.json', 'examples.json'], cwd, logger: false })
    t.match(standin.notes, [{ severity, message, source: { file: 'examples.json' } }], name)
    await standin.close()
  }
  const upstream = await upstreamOf(t)
  const cwd = folderFor(t, { 'api.json': document, recorded: { 'examples.json': '{' } })
  await t.rejects(createProxy({ sources: ['api.json'], upstream, cwd, logger: false, record: 'recorded' }), {
    code: 'STANDIN_ERR_RECORD',
  })
})

void t.test('nothing is written where nothing was recorded', async (t) => {
  const upstream = await upstreamOf(t)
  const { proxy } = await proxyFor(t, paths, { upstream, record: 'recorded' })
  await proxy.close()
  t.match(proxy.recorded, { file: undefined, added: 0 })
})
