import t from 'tap'
import { createStandin } from '../../src/index.js'
import { documentedRequest, standinFor } from './helper.js'
import { upstreamFor } from './proxy/helper.js'

void t.test('what the docs do not have is passed on, what they have is not', async (t) => {
  const seen: string[] = []
  const upstream = await upstreamFor(t, (request, response) => {
    seen.push(`${request.method} ${request.url}`)
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      response.writeHead(207, { 'content-type': 'text/plain', 'x-own': '1' })
      response.end(`got ${body}`)
    })
  })
  const standin = await standinFor(t, { unknown: `${upstream}/base` })
  const url = await standin.listen()

  const reply = await fetch(`${url}/elsewhere?x=1`, {
    method: 'POST',
    body: 'hello',
    headers: { 'content-type': 'text/plain', origin: 'http://localhost:5173' },
  })
  t.equal(reply.status, 207)
  t.equal(await reply.text(), 'got hello')
  t.equal(reply.headers.get('x-own'), '1')
  t.match(reply.headers.get('standin-note'), /^passed-on; "passed on to http:\/\/127\.0\.0\.1:\d+\/base/)
  t.equal(reply.headers.get('access-control-allow-origin'), 'http://localhost:5173')
  t.strictSame(seen, ['POST /base/elsewhere?x=1'])

  const { url: path, ...documented } = documentedRequest('resetPin')
  t.equal((await standin.inject({ url: path, ...documented })).statusCode, 200)
  t.equal(seen.length, 1, 'a documented request stays here')

  const journal = await standin.inject('/_standin/v1/journal?documented=false')
  t.match(journal.json(), {
    entries: [{ request: { method: 'POST', url: '/elsewhere?x=1' }, reply: { status: 207 } }],
  })
})

void t.test('a session that cannot be is said of a request that is passed on', async (t) => {
  const upstream = await upstreamFor(t, (_request, response) => void response.end('theirs'))
  const standin = await standinFor(t, { unknown: upstream })
  const url = await standin.listen()
  const reply = await fetch(`${url}/elsewhere`, { headers: { 'standin-session': 'no name' } })
  t.equal(await reply.text(), 'theirs')
  const journal = await standin.inject('/_standin/v1/journal')
  t.match(journal.json(), { entries: [{ session: '', request: { url: '/elsewhere' } }] })
  t.match(journal.body, /'no name' is no name of a session/)
})

void t.test('an upstream that is not there is said, and the stand-in goes on', async (t) => {
  const upstream = await upstreamFor(t, () => {})
  const standin = await standinFor(t, { unknown: upstream.replace(/:\d+$/, ':1') })
  const url = await standin.listen()
  const reply = await fetch(`${url}/elsewhere`)
  t.equal(reply.status, 502)
  t.match(await reply.json(), { code: 'upstream-unreachable' })
  t.equal((await standin.inject(documentedRequest('resetPin'))).statusCode, 200)
})

void t.test('closing ends a stream that the upstream would not', async (t) => {
  const upstream = await upstreamFor(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
  })
  const standin = await standinFor(t, { unknown: upstream })
  const reply = await fetch(`${await standin.listen()}/events`)
  const reader = reply.body?.getReader()
  t.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'data: 1\n\n')
  const broken = t.rejects(Promise.resolve(reader?.read()), 'the client sees that this is not all')
  await standin.close()
  await broken
})

void t.test('what is neither a word nor a URL is refused', async (t) => {
  for (const unknown of ['pass', 'ftp://x', 'localhost:3000']) {
    await t.rejects(createStandin({ unknown }), { code: 'STANDIN_ERR_USAGE' }, unknown)
  }
})
