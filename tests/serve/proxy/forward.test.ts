import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import t from 'tap'
import { cups, json, portFor, proxyFor, send, upstreamFor } from './helper.js'

void t.test('what is sent and what comes back is passed on byte for byte', async (t) => {
  const cup = '{"id": 9007199254740993, "size":"large" }'
  const bytes = randomBytes(300_000)
  const seen: {
    method: string | undefined
    url: string | undefined
    body: Buffer
    length: string | undefined
  }[] = []
  const upstream = await upstreamFor(t, (incoming, response) => {
    void answer()
    async function answer(): Promise<void> {
      const body = await buffer(incoming)
      seen.push({
        method: incoming.method,
        url: incoming.url,
        body,
        length: incoming.headers['content-length'],
      })
      const reply = replies[incoming.url ?? ''] ?? { status: 200, headers: {}, body: body }
      response.writeHead(reply.status, reply.headers)
      response.end(reply.body)
    }
  })
  const replies: Record<
    string,
    { status: number; headers: Record<string, string>; body: Buffer | string | undefined }
  > = {
    '/cups/1': { status: 200, headers: json, body: cup },
    '/cups/2': { status: 200, headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(cup) },
    '/cups/3': { status: 200, headers: { ...json, 'content-encoding': 'br' }, body: brotliCompressSync(cup) },
    '/cups/4': { status: 204, headers: {}, body: undefined },
    '/cups/5': { status: 304, headers: { etag: '"a"' }, body: undefined },
    '/files/a': { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes },
    '/files/%zz?a=%zz&b=%C3%BC': { status: 200, headers: {}, body: 'odd' },
  }
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  for (const [path, reply] of Object.entries(replies)) {
    const answer = await send(url + path)
    t.equal(answer.status, reply.status, path)
    t.ok(answer.body.equals(Buffer.from(reply.body ?? '')), `${path}: body`)
    t.equal(answer.headers['content-encoding'], reply.headers['content-encoding'])
    t.equal(seen.at(-1)?.url, path)
    if (path !== '/files/%zz?a=%zz&b=%C3%BC') t.equal(answer.headers['standin-violations'], undefined, path)
  }
  const head = await send(`${url}/cups/1`, { method: 'HEAD' })
  t.equal(head.status, 200)
  t.equal(head.body.length, 0)
  t.equal(head.headers['standin-violations'], undefined)
  t.equal(seen.at(-1)?.method, 'HEAD')

  for (const method of ['PUT', 'DELETE', 'PROPFIND', 'OPTIONS', 'PATCH', 'REPORT']) {
    await send(`${url}/files/b`, {
      method,
      body: bytes,
      headers: { 'content-length': bytes.length, 'content-type': 'no type' },
    })
    const last = seen.at(-1)
    t.equal(last?.method, method)
    t.equal(last?.length, String(bytes.length))
    t.ok(last?.body.equals(bytes), method)
  }
  await send(`${url}/files/b`, { method: 'PUT', body: [bytes.subarray(0, 7), bytes.subarray(7)] })
  t.equal(seen.at(-1)?.length, undefined, 'chunked stays chunked')
  t.ok(seen.at(-1)?.body.equals(bytes))
  await send(`${url}/files/b`, { method: 'PUT' })
  t.equal(seen.at(-1)?.body.length, 0)
  t.equal(proxy.summary.failed, 0)
})

void t.test('headers', async (t) => {
  let got: string[] = []
  const upstream = await upstreamFor(t, (incoming, response) => {
    got = incoming.rawHeaders
    const { origin } = new URL(upstream)
    const pairs = [
      ['Location', `${origin}/base/cups/2?a=1`],
      ['Content-Location', '/base/x'],
      ['Set-Cookie', 'sid=1; Domain=example.com; Path=/base/cups; Secure; HttpOnly'],
      ['Set-Cookie', 'b=2'],
      ['X-Mixed-Case', 'a'],
      ['X-Mixed-Case', 'b'],
      ['X-Utf8', Buffer.from('é').toString('latin1')],
      ['Connection', 'x-hop'],
      ['X-Hop', '1'],
      ['Keep-Alive', 'timeout=7'],
    ]
    response.writeHead(302, pairs.flat())
    response.end()
  })
  const { url } = await proxyFor(t, cups, { upstream: `${upstream}/base/` })
  const answer = await send(`${url}/cups/1`, {
    headers: {
      'X-Token': 'abc',
      Connection: 'close, X-Secret-Hop',
      'X-Secret-Hop': '1',
      TE: 'trailers',
      'Proxy-Authorization': 'Basic x',
      Via: '1.0 earlier',
      'X-Forwarded-For': '10.0.0.1',
      'Accept-Encoding': 'br',
      Cookie: 'a=1; b=2',
    },
  })
  const value = (name: string) =>
    got[got.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name) + 1]
  const names = got.filter((_, index) => index % 2 === 0)
  t.ok(names.includes('X-Token'), 'names keep their case')
  for (const name of ['x-secret-hop', 'te', 'proxy-authorization'])
    t.notOk(
      names.some((one) => one.toLowerCase() === name),
      name,
    )
  t.equal(value('host'), new URL(upstream).host)
  t.match(value('via'), /^1\.0 earlier, 1\.1 standin-[0-9a-f]{8}$/)
  t.equal(value('x-forwarded-for'), '10.0.0.1, 127.0.0.1')
  t.equal(value('x-forwarded-host'), new URL(url).host)
  t.equal(value('x-forwarded-proto'), 'http')
  t.equal(value('forwarded'), `for=127.0.0.1;host="${new URL(url).host}";proto=http`)
  t.equal(value('accept-encoding'), 'br')
  t.equal(value('cookie'), 'a=1; b=2')

  t.equal(answer.status, 302)
  t.equal(answer.headers.location, `${url}/cups/2?a=1`, 'a redirect stays with the proxy')
  t.equal(answer.headers['content-location'], '/x')
  t.strictSame(answer.headers['set-cookie'], ['sid=1; Path=/cups; Secure; HttpOnly', 'b=2'])
  t.equal(answer.rawHeaders.filter((name) => name === 'X-Mixed-Case').length, 2)
  t.equal(Buffer.from(String(answer.headers['x-utf8']), 'latin1').toString(), 'é')
  t.equal(answer.headers['x-hop'], undefined)
  t.not(answer.headers['keep-alive'], 'timeout=7')
})

void t.test('where a redirect leads', async (t) => {
  const { origin } = new URL('https://api.example.com')
  const { replyHeaders } = await import('../../../src/serve/proxy/reply-headers.js')
  const { parseUpstream } = await import('../../../src/serve/proxy/upstream.js')
  const cases: [base: string, location: string, expected: string][] = [
    ['', `${origin}/a`, 'http://here/a'],
    ['', origin, 'http://here'],
    ['', '//api.example.com/a', 'http://here/a'],
    ['', 'https://other.example.com/a', 'https://other.example.com/a'],
    ['', 'http://api.example.com/a', 'http://api.example.com/a'],
    ['', '/a', '/a'],
    ['', 'a?b', 'a?b'],
    ['/v1', `${origin}/v1/a?b#c`, 'http://here/a?b#c'],
    ['/v1', `${origin}/v1`, 'http://here/'],
    ['/v1', `${origin}/v10/a`, `${origin}/v10/a`],
    ['/v1', `${origin}/login`, `${origin}/login`],
    ['/v1', '/v1?x', '/?x'],
    ['', 'https://[', 'https://['],
  ]
  for (const [base, location, expected] of cases) {
    const [, rewritten] = replyHeaders(['Location', location], parseUpstream(origin + base), 'http://here')
    t.equal(rewritten, expected, `${base} ${location}`)
  }
})

void t.test('a stream is passed on as it comes, and broken off when the client goes', async (t) => {
  const open = createServer()
  const gone = new Promise<void>((resolve) => {
    open.on('request', (_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: 1\n\n')
      response.on('close', resolve)
    })
  })
  open.listen(0, '127.0.0.1')
  await once(open, 'listening')
  t.teardown(() => open.close())
  const address = open.address()
  const upstream = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  const asked = request(`${url}/events`, { agent: false }).end()
  const [reply] = await once(asked, 'response')
  const [first] = await once(reply, 'data')
  t.equal(String(first), 'data: 1\n\n', 'the first event is here while the upstream has not ended')
  t.match(reply.headers['standin-note'], /not-checked; "the reply body: it is a stream/)
  asked.destroy()
  await gone
  while (proxy.summary.calls === 0) await new Promise((go) => setImmediate(go))
  t.equal(proxy.summary.failed, 0, 'which is not the upstream’s fault')
})

void t.test('closing ends a stream that the upstream would not, and what was recorded is kept', async (t) => {
  const upstream = await upstreamFor(t, (incoming, response) => {
    if (incoming.url === '/events')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    else if (incoming.url === '/cups/1') response.writeHead(200, json).end('{"id":1,"size":"large"}')
  })
  const { proxy, url } = await proxyFor(t, cups, { upstream, record: 'recorded' })
  t.equal((await send(`${url}/cups/1`)).status, 200)
  const polled = send(`${url}/cups/2`)
  const asked = request(`${url}/events`, { agent: false }).end()
  const [reply]: IncomingMessage[] = await once(asked, 'response')
  if (!reply) throw new Error('No reply')
  await once(reply, 'data')
  const broken = once(reply, 'error')
  await proxy.close()
  t.match(await broken, [{ code: 'ECONNRESET' }], 'the client sees that this is not all')
  t.equal((await polled).status, 502, 'who waits for a reply is told that none will come')
  t.match(proxy.recorded, { added: 1 })
})

void t.test('a big body goes through, and is said not to have been looked at', async (t) => {
  const big = Buffer.alloc(3_000_000, 'x')
  const upstream = await upstreamFor(t, (incoming, response) => {
    const hash = createHash('sha256')
    incoming
      .on('data', (chunk: Buffer) => hash.update(chunk))
      .on('end', () => {
        response.writeHead(201, { ...json, 'x-hash': hash.digest('hex') })
        response.end(JSON.stringify(big.toString()))
      })
  })
  const { proxy, url } = await proxyFor(t, cups, { upstream, bodyLimit: 100_000 })
  const answer = await send(`${url}/cups`, { method: 'POST', body: big, headers: json })
  t.equal(answer.headers['x-hash'], createHash('sha256').update(big).digest('hex'))
  t.equal(answer.body.length, big.length + 2)
  t.match(
    answer.headers['standin-note'],
    /the request body: it is larger than 100000 bytes.*the reply body: it is larger/,
  )
  t.equal(answer.headers['standin-violations'], undefined)
  t.equal(proxy.summary.unchecked, 2)
  const strict = await proxyFor(t, cups, { upstream, bodyLimit: 100_000, errors: true })
  const again = await send(`${strict.url}/cups`, { method: 'POST', body: big, headers: json })
  t.equal(again.headers['x-hash'], createHash('sha256').update(big).digest('hex'), 'with --errors, too')
})

void t.test('what goes wrong with the upstream', async (t) => {
  const closed = await portFor(t, (socket) => socket.destroy())
  const cases: [name: string, upstream: string, status: number, code: string, detail: RegExp][] = [
    [
      'nothing listens',
      'http://127.0.0.1:1',
      502,
      'upstream-unreachable',
      /127\.0\.0\.1:1 cannot be reached: nothing listens there \(ECONNREFUSED\)/,
    ],
    [
      'no such host',
      'http://no-such-host.invalid',
      502,
      'upstream-unreachable',
      /no-such-host\.invalid cannot be reached: the name/,
    ],
    ['reset', closed, 502, 'upstream-failed', /gave no whole reply/],
    [
      'no HTTP',
      await portFor(t, (socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n'))),
      502,
      'upstream-failed',
      /gave no whole reply/,
    ],
    [
      'breaks off in the body',
      await portFor(t, (socket) =>
        socket.once('data', () =>
          socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"id"'),
        ),
      ),
      502,
      'upstream-failed',
      /gave no whole reply/,
    ],
    ['hangs', await portFor(t, () => {}), 504, 'upstream-timeout', /did not answer within 300 ms/],
    [
      'hangs in the body',
      await portFor(t, (socket) =>
        socket.once('data', () =>
          socket.write(
            'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"id"',
          ),
        ),
      ),
      504,
      'upstream-timeout',
      /began its reply, and then sent nothing for 300 ms/,
    ],
  ]
  for (const [name, upstream, status, code, detail] of cases) {
    const { proxy, url } = await proxyFor(t, cups, { upstream, upstreamTimeout: 300 })
    const answer = await send(`${url}/cups/1`)
    t.equal(answer.status, status, name)
    t.match(JSON.parse(answer.text), { code, detail }, name)
    t.equal(proxy.summary.failed, 1, name)
    await proxy.close()
  }
})

void t.test('a body that breaks off on its way is broken off for the client, too', async (t) => {
  const upstream = await portFor(t, (socket) =>
    socket.once('data', () => {
      socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 50\r\n\r\nabc',
      )
      setImmediate(() => socket.resetAndDestroy())
    }),
  )
  const { proxy, url } = await proxyFor(t, cups, { upstream })
  await t.rejects(send(`${url}/files/a`), { code: 'ECONNRESET' })
  t.equal(proxy.summary.failed, 1)
})

void t.test('a proxy that leads to itself says so', async (t) => {
  const upstream = await upstreamFor(t, (incoming, response) => {
    void answer()
    async function answer(): Promise<void> {
      const reply = await fetch(loop.url + incoming.url, { headers: { via: String(incoming.headers.via) } })
      response.writeHead(reply.status, json)
      response.end(await reply.text())
    }
  })
  const loop = await proxyFor(t, cups, { upstream })
  t.match((await send(`${loop.url}/cups/1`)).text, /is this proxy itself, or leads back to it/)
})

void t.test('a WebSocket is refused', async (t) => {
  const { url } = await proxyFor(t, cups, { upstream: 'http://127.0.0.1:1' })
  const answer = await send(`${url}/cups/1`, { headers: { connection: 'upgrade', upgrade: 'websocket' } })
  t.equal(answer.status, 501)
  t.match(JSON.parse(answer.text), { code: 'upgrade-not-passed-on' })
})

void t.test('what is no upstream', async (t) => {
  const cases: [string, RegExp][] = [
    ['localhost:3000', /^localhost:3000 is no upstream: It does not begin with http/],
    ['nonsense', /is no URL/],
    ['ftp://x', /does not begin/],
    ['http://x/?a=1', /query/],
    ['http://me:secret@x/', /credentials/],
  ]
  for (const [upstream, message] of cases)
    await t.rejects(proxyFor(t, cups, { upstream }), { code: 'STANDIN_ERR_UPSTREAM', message }, upstream)
})
