import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { ask } from './control/helper.js'
import { objectOf, standinFor } from './helper.js'

const PATH = '/onboarding/user/login/v1'
const PREFLIGHT = { origin: 'http://page.test', 'access-control-request-method': 'POST' }

const kindsIn = (json: Readonly<Record<string, unknown>>): unknown[] =>
  (json['entries'] as object[]).map((entry) => objectOf(entry)['kind'] ?? 'call')

/** What a server answers to bytes that are no HTTP request. */
async function sent(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.write(text)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

void t.test('preflights are in the journal, and count for nothing', async (t) => {
  const standin = await standinFor(t)
  const preflight = await standin.inject({ method: 'OPTIONS', url: PATH, headers: PREFLIGHT })
  t.equal(preflight.statusCode, 204)
  await standin.inject({ method: 'OPTIONS', url: `/_standin/in/w1${PATH}`, headers: PREFLIGHT })
  await standin.inject({ method: 'POST', url: PATH, headers: { origin: PREFLIGHT.origin } })
  const { json } = await ask(standin, 'GET', '/journal?order=oldest')
  t.strictSame(kindsIn(json), ['preflight', 'call'])
  t.match(json, {
    entries: [
      {
        operationId: null,
        request: { method: 'OPTIONS', url: PATH },
        reply: { status: 204, headers: { 'access-control-allow-origin': PREFLIGHT.origin } },
        steps: [
          { stage: 'match', outcome: 'none', reason: /\(CORS\)/ },
          {},
          {},
          { stage: 'send', outcome: 'sent' },
        ],
      },
    ],
  })
  t.notOk('nearest' in objectOf((json['entries'] as unknown[])[0]))
  t.strictSame(kindsIn((await ask(standin, 'GET', '/journal?session=w1')).json), ['preflight'], 'by its path')
  const counts = async (match: object) =>
    (await ask(standin, 'POST', '/journal/verify', { match })).json['count']
  t.equal(await counts({}), 1)
  t.equal(await counts({ path: PATH }), 1)
  t.equal(await counts({ documented: false }), 0)
  t.equal(await counts({ kind: 'preflight' }), 1)
  const missed = await ask(standin, 'POST', '/journal/verify', { match: { method: 'OPTIONS' } })
  t.match(missed.json, { count: 0, closest: [{ entry: { operationId: 'login' } }] })
  t.strictSame((missed.json['closest'] as unknown[]).length, 1, 'no preflight is a miss')
  const waited = await ask(standin, 'POST', '/journal/wait', { match: {}, times: 2, timeout: 1 })
  t.match(waited, { status: 408, json: { count: 1 } })
  for (const [query, kinds] of [
    ['kind=call', ['call']],
    ['kind=preflight', ['preflight']],
    ['documented=false', []],
  ] as const) {
    t.strictSame(kindsIn((await ask(standin, 'GET', `/journal?${query}`)).json), kinds, query)
  }
  t.match((await ask(standin, 'GET', '/coverage')).json, { unknown: [], operations: { covered: 1 } })
  t.strictSame(await standin.unknownRequests(), [])
})

void t.test('what is no HTTP request is in the journal, marked', async (t) => {
  const standin = await standinFor(t)
  const url = await standin.listen()
  t.match(
    await sent(url, `POST ${PATH}?pin=1111 HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n`),
    /^HTTP\/1.1 400/,
  )
  t.match(await sent(url, 'hello\r\n\r\n'), /^HTTP\/1.1 400/)
  t.match(await sent(url, 'GET /_standin/v1/state HTTP/1.1\r\nbad header\r\n\r\n'), /^HTTP\/1.1 400/)
  const { json } = await ask(standin, 'GET', '/journal?order=oldest')
  t.strictSame(kindsIn(json), ['unreadable', 'unreadable'], 'those of the mocked API')
  t.match(json, {
    entries: [
      {
        request: { method: 'POST', headers: {} },
        reply: { status: 400 },
        steps: [{ reason: /cannot be parsed/ }],
      },
      { request: { method: '', url: '' } },
    ],
  })
  t.notMatch(JSON.stringify(json), /1111/, 'secrets are redacted')
  t.match((await ask(standin, 'POST', '/journal/verify', { match: {}, times: 0 })).json, { verified: true })
  t.match((await ask(standin, 'GET', '/coverage')).json, { unknown: [] })
  t.match(await ask(standin, 'GET', '/journal/2/curl'), { status: 404, json: { detail: /no HTTP request/ } })
  t.equal((await ask(standin, 'GET', '/journal.har')).status, 200)
})
