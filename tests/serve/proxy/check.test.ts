import { gzipSync } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { cups, json, proxyFor, send, upstreamFor } from './helper.js'

/** What the upstream answers, by path. */
const answers: Record<string, [status: number, headers: Record<string, string>, body: string | Buffer]> = {
  '/cups/1': [200, json, '{"id":1,"size":"large"}'],
  '/cups/2': [200, json, '{"id":"2"}'],
  '/cups/3': [418, json, '{}'],
  '/cups/4': [200, { 'content-type': 'text/html' }, '<p>'],
  '/cups/5': [200, json, '{"id":1'],
  '/cups/6': [200, { ...json, 'content-encoding': 'gzip' }, gzipSync('{"id":6}')],
  '/cups/7': [200, { ...json, 'content-encoding': 'gzip' }, '{"id":7}'],
  '/cups/8': [200, { ...json, 'content-encoding': 'zip' }, '{"id":8}'],
  '/cups/9': [200, {}, ''],
  '/cups/10': [200, { ...json, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(5_000_000, ' '))],
  '/cups': [201, json, '{}'],
  '/unknown': [200, json, '{}'],
}

void t.test('replies are held against the docs, and sent on as they came', async (t) => {
  const upstream = await upstreamFor(t, (incoming, response) => {
    const [status, headers, body] = answers[incoming.url ?? ''] ?? [404, json, '{}']
    response.writeHead(status, headers)
    response.end(body)
  })
  const cases: [path: string, violations: string | undefined, note?: RegExp][] = [
    ['/cups/1', undefined],
    ['/cups/2', 'reply: body /size is required; body /id must be integer'],
    ['/cups/3', 'reply: status 418 is not documented; the docs have 200, 204, 304, 404'],
    ['/cups/4', 'reply: header Content-Type is text/html, the docs have application/json'],
    ['/cups/5', 'reply: body is not JSON: '],
    ['/cups/6', 'reply: body /size is required'],
    ['/cups/7', undefined, /the reply body: it is not gzip, as its Content-Encoding says/],
    ['/cups/8', undefined, /the reply body: its content coding zip is not known here/],
    ['/cups/9', 'reply: body is empty, the docs have application/json'],
    ['/cups/10', undefined, /the reply body: it is larger than 1048576 bytes/],
    ['/unknown', 'request: path /unknown is not documented with GET'],
  ]
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  for (const [path, violations, note] of cases) {
    const answer = await send(url + path)
    const [status, , body] = answers[path] ?? []
    t.equal(answer.status, status, path)
    t.ok(answer.body.equals(Buffer.from(body ?? '')), path)
    const got = answer.headers['standin-violations']
    if (violations === undefined) t.equal(got, undefined, path)
    else t.ok(String(got).startsWith(violations), `${path}: ${String(got)}`)
    t.match(answer.headers['standin-note'], note, path)
  }

  const strict = await proxyFor(t, cups, { upstream, errors: true })
  for (const [path, violations] of cases.filter(([path]) => path !== '/unknown')) {
    const answer = await send(strict.url + path)
    if (violations === undefined) t.equal(answer.status, 200, `${path} with errors`)
    else {
      t.equal(answer.status, 502, `${path} with errors`)
      const problem = JSON.parse(answer.text)
      t.match(problem, { code: 'upstream-breaks-description', operation: { operationId: 'getCup' } })
      t.ok(problem.violations.length > 0)
      t.match(problem.violations[0].source, /^api\.json:\d+$/)
    }
  }
  t.equal((await send(`${strict.url}/unknown`)).status, 404)

  const { calls, violating, operations, undocumented, unchecked } = proxy.summary
  t.match({ calls, violating, unchecked }, { calls: 11, violating: 7, unchecked: 3 })
  t.strictSame(undocumented, [{ call: 'GET /unknown', times: 1 }])
  const getCup = operations.find(({ operationId }) => operationId === 'getCup')
  t.match(getCup, { calls: 10, statuses: { 200: 9, 418: 1 }, source: /^api\.json:\d+$/ })
  t.match(getCup?.violations[0], {
    side: 'reply',
    place: 'body /size',
    rule: 'required',
    message: 'is required',
    times: 2,
    source: /^api\.json:\d+$/,
  })
  t.equal(
    operations.find(({ operationId }) => operationId === 'makeCup')?.calls,
    0,
    'what was never called is there',
  )
})

void t.test('requests are held against the docs', async (t) => {
  const asked: string[] = []
  const upstream = await upstreamFor(t, (incoming, response) => {
    void answer()
    async function answer(): Promise<void> {
      const body = await buffer(incoming)
      asked.push(`${incoming.method} ${incoming.url} ${body.toString()}`)
      response.writeHead(incoming.method === 'POST' ? 201 : 200, json)
      response.end('{"id":1,"size":"a"}')
    }
  })
  const cases: [
    name: string,
    path: string,
    options: Parameters<typeof send>[1],
    violations: RegExp | undefined,
    strict: number,
  ][] = [
    ['good', '/cups', { method: 'POST', headers: json, body: '{"size":"a"}' }, undefined, 201],
    [
      'lacks a member',
      '/cups',
      { method: 'POST', headers: json, body: '{}' },
      /^request: body \/size is required$/,
      422,
    ],
    ['no JSON', '/cups', { method: 'POST', headers: json, body: '{' }, /^request: body /, 400],
    ['no body', '/cups', { method: 'POST' }, /^request: body is required$/, 422],
    [
      'wrong type',
      '/cups',
      { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' },
      /^request: body is text\/csv, the docs take application\/json$/,
      415,
    ],
    [
      'gzip',
      '/cups',
      { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync('{"size":7}') },
      /^request: body \/size must be string$/,
      422,
    ],
    ['path', '/cups/x', {}, /^request: path id must be integer/, 422],
    [
      'another method',
      '/cups',
      { method: 'PUT', headers: json, body: '{}' },
      /^request: path \/cups is not documented with PUT$/,
      405,
    ],
  ]
  const lenient = await proxyFor(t, cups, { upstream })
  const strict = await proxyFor(t, cups, { upstream, errors: true })
  const trusting = await proxyFor(t, cups, { upstream, validateRequest: false, errors: true })
  for (const [name, path, options, violations, status] of cases) {
    const { length } = asked
    const answer = await send(lenient.url + path, options)
    t.equal(asked.length, length + 1, `${name}: is passed on`)
    t.match(answer.headers['standin-violations'], violations, name)
    if (violations === undefined) t.equal(answer.headers['standin-violations'], undefined)
    const refused = await send(strict.url + path, options)
    t.equal(refused.status, status, `${name}: with errors`)
    t.equal(asked.length, length + (status === 201 ? 2 : 1), `${name}: with errors it is not passed on`)
    const trusted = await send(trusting.url + path, options)
    if (status !== 405) t.ok(trusted.status < 300, `${name}: without a look at requests`)
  }
  const documented = await send(`${strict.url}/cups`, { method: 'POST', headers: json, body: '{}' })
  t.strictSame(
    JSON.parse(documented.text),
    { error: 'the size is missing' },
    'in the docs’ own words where there are some',
  )
})

void t.test('pages of other origins', async (t) => {
  const upstream = await upstreamFor(t, (incoming, response) => {
    const own = incoming.url === '/cups/1'
    response.writeHead(own || incoming.method === 'GET' ? 200 : 405, {
      ...json,
      ...(own && {
        'access-control-allow-origin': 'https://app.example',
        'access-control-expose-headers': 'etag',
      }),
      'x-count': '7',
    })
    response.end(incoming.method === 'OPTIONS' ? '' : '{"id":1,"size":"a"}')
  })
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  const origin = 'http://localhost:5173'
  const preflight = {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a' },
  }
  const answered = await send(`${url}/cups/2`, preflight)
  t.equal(answered.status, 204)
  t.match(answered.headers, {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'x-a',
  })
  const own = await send(`${url}/cups/1`, preflight)
  t.equal(own.status, 200)
  t.equal(own.headers['access-control-allow-origin'], 'https://app.example', 'the upstream’s word holds')
  const got = await send(`${url}/cups/2`, { headers: { origin } })
  t.equal(got.headers['access-control-allow-origin'], origin)
  t.match(got.headers['access-control-expose-headers'], /standin-violations.*x-count/)
  t.equal((await send(`${url}/cups/2`)).headers['access-control-allow-origin'], undefined)
  const exposed = await send(`${url}/cups/1`, { headers: { origin } })
  t.match(exposed.headers['access-control-expose-headers'], /etag.*standin-violations/)
  t.strictSame(proxy.summary.undocumented, [], 'a preflight is the browser’s business')
  const without = await proxyFor(t, cups, { upstream, cors: false })
  t.equal((await send(`${without.url}/cups/2`, preflight)).status, 405)
  t.equal(
    (await send(`${without.url}/cups/2`, { headers: { origin } })).headers['access-control-allow-origin'],
    undefined,
  )
  const down = await proxyFor(t, cups, { upstream: 'http://127.0.0.1:1' })
  t.equal((await send(`${down.url}/cups/2`, preflight)).status, 204)
  t.equal(
    (await send(`${down.url}/cups/2`, { headers: { origin } })).headers['access-control-allow-origin'],
    origin,
    'a page can read the problem',
  )
})

void t.test('a slash more or less at the end is passed on, checked and said', async (t) => {
  const asked: (string | undefined)[] = []
  const upstream = await upstreamFor(t, (incoming, response) => {
    asked.push(incoming.url)
    response.writeHead(200, json).end('{"id":1}')
  })
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  const cup = await send(`${url}/cups/1/?a=$&`)
  t.match(cup.headers['standin-note'], /^other-path; /)
  t.match(cup.headers['standin-violations'], 'reply: body /size is required')
  t.match((await send(`${url}/cups/x/`)).headers['standin-violations'], 'request: path id must be integer')
  t.notOk('standin-note' in (await send(`${url}/cups/1`)).headers)
  t.strictSame(asked, ['/cups/1/?a=$&', '/cups/x/', '/cups/1'])
  t.strictSame(proxy.summary.undocumented, [])
  const strict = await proxyFor(t, cups, { upstream, errors: true })
  t.equal((await send(`${strict.url}/cups/x/`)).status, 422)
})

void t.test('the mock answers while the upstream is down', async (t) => {
  const { proxy, url } = await proxyFor(t, cups, { upstream: 'http://127.0.0.1:1', fallback: true })
  const answer = await send(`${url}/cups/1`)
  t.equal(answer.status, 200)
  t.strictSame(JSON.parse(answer.text), { id: 1, size: 'large' })
  t.match(
    answer.headers['standin-note'],
    /upstream-down; "The upstream http:\/\/127\.0\.0\.1:1 cannot be reached: nothing listens/,
  )
  const wrong = await send(`${url}/cups`, {
    method: 'POST',
    headers: json,
    body: [Buffer.from('{'), Buffer.from('}')],
  })
  t.equal(wrong.status, 422, 'the mock gets the body, too')
  t.match(proxy.summary, { calls: 2, failed: 2 })
  t.equal((await send(`${url}/elsewhere`)).status, 404)
  const failing = await upstreamFor(t, (_incoming, response) => void response.writeHead(503).end())
  const { url: up } = await proxyFor(t, cups, { upstream: failing, fallback: true })
  t.equal((await send(`${up}/cups/1`)).status, 503, 'a reply is a reply')
})

void t.test('the proxy has pages of its own, and only under /_standin/', async (t) => {
  const upstream = await upstreamFor(t, (_incoming, response) => void response.writeHead(200).end('theirs'))
  const { url } = await proxyFor(t, cups, { upstream })
  t.match(JSON.parse((await send(`${url}/_standin/health`)).text), { status: 'ok' })
  t.equal((await send(`${url}/docs`)).text, 'theirs')
  const unread = await send(`${url}/_standin/%zz`)
  t.equal(unread.status, 400)
  t.match(JSON.parse(unread.text), { code: 'bad-request', detail: /%zz/ })
})

void t.test('one log line a call, with the places in the docs', async (t) => {
  const { createLogger } = await import('../../../src/cli/logger.js')
  const lines: string[] = []
  const upstream = await upstreamFor(t, (incoming, response) => {
    const [status, headers, body] = answers[incoming.url?.split('?')[0] ?? ''] ?? [404, json, '{}']
    response.writeHead(status, headers)
    response.end(body)
  })
  const logger = createLogger('info', { write: (line) => void lines.push(line) })
  const { url } = await proxyFor(t, cups, { upstream, logger })
  await send(`${url}/cups/1`)
  await send(`${url}/cups/6?token=secret`)
  t.match(JSON.parse(lines[0] ?? ''), {
    level: 'info',
    method: 'GET',
    url: '/cups/1',
    status: 200,
    operationId: 'getCup',
    reason: 'passed-on',
  })
  t.match(JSON.parse(lines[1] ?? ''), {
    level: 'warn',
    reason: /reply: body \/size is required \(api\.json:\d+\)/,
  })
  t.notMatch(lines[1], 'secret')
})
