import { pino } from 'pino'
import t from 'tap'
import { folderFor } from '../folder.js'
import { createStandin, type Standin } from '../../src/index.js'
import { describedBy, showing } from './app-for.js'
import { deprecatedUse } from '../../src/respond/deprecated-parameters.js'
import { cups, json, proxyFor, send, upstreamFor } from './proxy/helper.js'

const old = (place: string, name: string, schema: object, more: object = {}) => ({
  in: place,
  name,
  schema,
  deprecated: true,
  ...more,
})
const filter = { type: 'object', properties: { colour: { type: 'string' } } }
const find = {
  operationId: 'find',
  parameters: [
    { in: 'query', name: 'q', schema: { type: 'string' } },
    old('query', 'page', { type: 'integer' }),
    old('query', 'deep', filter, { style: 'deepObject', explode: true }),
    old('query', 'flat', filter),
    old('header', 'X-Tenant', { type: 'string' }),
    old('cookie', 'theme', { type: 'string' }),
  ],
  responses: { 200: showing(1) },
}

void t.test('which deprecated parameters a request uses', async (t) => {
  const { operations, documents } = describedBy({ '/cups': { get: find } })
  const [operation] = operations
  if (!operation) throw new Error('There is no operation')
  const used = deprecatedUse(operation, (id) => documents[id])
  const cases: [url: string, headers: Record<string, string>, text: string | undefined][] = [
    ['/cups', {}, undefined],
    ['/cups?q=page&a[deep]=1', { 'x-other': '1', cookie: 'a=theme' }, undefined],
    ['/cups?page=2', {}, 'query page'],
    ['/cups?p%61ge', {}, 'query page'],
    ['/cups?deep[colour]=red', {}, 'query deep'],
    ['/cups?colour=red', {}, 'query flat'],
    [
      '/cups?page=1',
      { 'x-tenant': 'a', cookie: 'b=1; theme=dark' },
      'query page, header X-Tenant, cookie theme',
    ],
  ]
  for (const [url, headers, text] of cases) t.equal(used({ url, headers })?.text, text, url)
})

void t.test('header, log and journal tell of it, and nothing is refused', async (t) => {
  const lines: Record<string, unknown>[] = []
  const document = JSON.stringify(
    { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: { '/cups': { get: find } } },
    null,
    2,
  )
  let standin: Standin | undefined
  t.teardown(() => standin?.close())
  standin = await createStandin({
    sources: ['api.json'],
    cwd: folderFor(t, { 'api.json': document }),
    errors: true,
    logger: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  })
  const reply = await standin.inject('/cups?page=2')
  t.equal(reply.statusCode, 200)
  t.match(reply.headers['standin-note'], /^deprecated-parameter; "query page \(api\.json:\d+\)"$/)
  t.notOk('standin-note' in (await standin.inject('/cups?q=2')).headers)
  const told = lines.filter(({ msg }) => msg === 'answered')
  t.match(told, [
    { level: 40, deprecated: /^query page \(api\.json:\d+\)$/ },
    { level: 30, deprecated: undefined },
  ])
  const journal = (await standin.inject('/_standin/v1/journal')).json()
  t.match(
    journal.entries.map((entry: { steps: { reason: string }[] }) => entry.steps[2]?.reason).toSorted(),
    ['the request keeps to the docs', 'the request keeps to the docs, which call deprecated: query page'],
  )
})

void t.test('the proxy tells of it, too', async (t) => {
  const upstream = await upstreamFor(t, (_incoming, response) => void response.writeHead(200, json).end('1'))
  const { url, proxy } = await proxyFor(t, { ...cups, '/find': { get: find } }, { upstream, errors: true })
  const reply = await send(`${url}/find?page=2`)
  t.equal(reply.status, 200)
  t.match(reply.headers['standin-note'], /deprecated-parameter; "query page/)
  t.equal(proxy.summary.violating, 0)
})
