import type { InjectOptions } from 'fastify'
import t from 'tap'
import type { Standin, StandinOptions } from '../../../src/standin.js'
import { Sessions } from '../../../src/steer/sessions.js'
import { openStore } from '../../../src/store/open.js'
import type { Store } from '../../../src/store/store.js'
import { journals } from '../../steer/journal/helper.js'
import { appFor, showing } from '../app-for.js'
import { documentedRequest, type Scope, standinFor, tokenFor } from '../helper.js'

const BASE = '/_standin/v1'

interface Told {
  readonly id: number
  readonly session: string
  readonly operationId: string | null
  readonly request: { readonly url: string; readonly body?: string }
  readonly reply?: { readonly status: number }
  readonly steps: readonly { readonly stage: string; readonly outcome: string; readonly reason: string }[]
  readonly changes: readonly { readonly collection: string; readonly after: unknown }[]
  readonly nearest?: readonly { readonly operation: string; readonly differs: string }[]
}

async function journalOf(standin: Standin, query = ''): Promise<readonly Told[]> {
  const reply = await standin.inject(`${BASE}/journal?order=oldest${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json<{ entries: Told[] }>().entries
}

const post = (url: string, payload: object, headers = {}): InjectOptions => ({
  method: 'POST',
  url: `${BASE}${url}`,
  headers: { 'content-type': 'application/json', ...headers },
  payload,
})

const standin = (t: Scope, options: StandinOptions = {}) => standinFor(t, options)

void t.test('every request is in the journal, told by its stages', async (t) => {
  const one = await standin(t, { bodyLimit: 2000 })
  const token = await tokenFor(one, '4711')
  await one.inject(documentedRequest('resetPin', { 'x-api-token': token }, '{"pin":"2222","signInMode":1}'))
  await one.inject(documentedRequest('resetPin', { 'x-api-token': 'none' }))
  await one.inject(documentedRequest('resetPin', { 'standin-session': 'bad name' }))
  await one.inject(documentedRequest('resetPin', {}, `{"pin":"${'1'.repeat(3000)}"}`))
  await one.inject({ method: 'POST', url: '/onboarding/user/resetPinn/v1?pin=1111', payload: 'x' })
  await one.inject('/cups/%E0%A4%A?a=%')
  const entries = await journalOf(one)
  t.strictSame(
    entries.map(({ id, operationId, reply }) => [id, operationId, reply?.status]),
    [
      [1, 'getTokenByPost', 200],
      [2, 'resetPin', 200],
      [3, 'resetPin', 401],
      [4, 'resetPin', 400],
      [5, 'resetPin', 413],
      [6, null, 404],
      [7, null, 400],
    ],
  )
  const [, changed, refused, nameless, large, unknown] = entries
  t.match(changed?.steps, [
    { stage: 'match' },
    { stage: 'session' },
    { stage: 'check', outcome: 'accepted' },
    { stage: 'steer' },
    { stage: 'behave', outcome: '1 changed' },
    { stage: 'choose' },
    { stage: 'send', outcome: 'sent' },
  ])
  t.match(changed?.changes, [{ collection: 'accounts', after: { pinHash: '[redacted]' } }])
  t.match(refused?.steps[2], { stage: 'check', outcome: 'credentials-refused' })
  t.match(nameless?.steps[1], {
    stage: 'session',
    outcome: 'refused',
    reason: /'bad name' is no name of a session/,
  })
  t.match(large?.steps.at(-2), { stage: 'choose', outcome: '413', reason: /larger than 2000 bytes/ })
  t.equal(unknown?.request.url, '/onboarding/user/resetPinn/v1?pin=[redacted]')
  t.match(unknown?.nearest?.[0], {
    operation: /^POST \/onboarding\/user\/resetPin\/v1 \(fixtures/,
    differs: "segment 3 is 'resetPinn', documented is 'resetPin'",
  })
  // Salts are random, and may hold any four digits.
  t.notMatch(JSON.stringify(entries.map((entry) => ({ ...entry, changes: [] }))), /2222|1111|eyJ/)
})

void t.test('a journal is asked by what its calls were', async (t) => {
  const one = await standin(t)
  await tokenFor(one, '1')
  await one.inject('/nope')
  await one.inject({ ...documentedRequest('resetPin'), url: '/onboarding/user/resetPin/v1?x=1' })
  await one.inject({ method: 'GET', url: '/nope', headers: { 'standin-session': 'other' } })
  const cases: readonly (readonly [query: string, ids: readonly number[]])[] = [
    ['', [1, 2, 3]],
    ['&operationId=resetPin', [3]],
    ['&method=get', [2]],
    ['&path=/nope', [2]],
    ['&status=404', [2]],
    ['&documented=false', [2]],
    ['&after=1', [2, 3]],
    ['&limit=1', [1]],
    ['&session=other', [4]],
  ]
  for (const [query, ids] of cases) {
    t.strictSame(
      (await journalOf(one, query)).map(({ id }) => id),
      ids,
      query,
    )
  }
  t.equal((await journalOf(one, '&session=other'))[0]?.session, 'other')
  const newest = (await one.inject(`${BASE}/journal`)).json()
  t.strictSame([newest.entries.length, newest.entries[0].id, newest.dropped], [3, 3, 0])
  for (const query of ['limit=0', 'order=x', 'status=x', 'unknown=1']) {
    const reply = await one.inject(`${BASE}/journal?${query}`)
    t.match(reply.json(), { status: 400, code: 'bad-control-request' }, query)
  }
})

void t.test('one call, as curl, as an archive, and all forgotten', async (t) => {
  const one = await standin(t)
  const token = await tokenFor(one, '4711')
  await one.inject(
    documentedRequest(
      'resetPin',
      { 'x-api-token': token, host: 'api.local' },
      '{"pin":"2222","signInMode":1}',
    ),
  )
  t.match((await one.inject(`${BASE}/journal/2`)).json(), { id: 2, operationId: 'resetPin' })
  const curl = await one.inject(`${BASE}/journal/2/curl`)
  t.match(curl.headers['content-type'], 'text/plain')
  t.match(
    curl.body,
    "curl -i -X POST http://api.local/onboarding/user/resetPin/v1 \\\n  -H 'x-api-token: [redacted]'",
  )
  t.match(curl.body, `--data-raw '{"pin":"[redacted]","signInMode":1}'\n`)
  const har = await one.inject(`${BASE}/journal.har`)
  t.equal(har.json().log.entries.length, 2)
  t.match(har.headers['content-disposition'], /standin\.har/)
  t.equal((await one.inject({ method: 'DELETE', url: `${BASE}/journal` })).statusCode, 204)
  t.strictSame(await journalOf(one), [])
  for (const url of ['/journal/2', '/journal/2/curl', '/journal/99']) {
    t.match((await one.inject(BASE + url)).json(), { status: 404, code: 'unknown-control-target' }, url)
  }
  t.equal((await one.inject(`${BASE}/journal/x`)).statusCode, 400)
})

void t.test('digits of documents are kept', async (t) => {
  const one = await standin(t)
  await tokenFor(one, '9223372036854775807')
  t.match(
    (await one.inject(`${BASE}/journal`)).body,
    /"accountNumber":\s*9223372036854775807|9223372036854775807/,
  )
})

void t.test('verify says whether a session was called as expected', async (t) => {
  const one = await standin(t)
  await tokenFor(one, '1')
  const match = { operationId: 'getTokenByPost' }
  t.match((await one.inject(post('/journal/verify', { match, times: 1 }))).json(), {
    verified: true,
    count: 1,
    matched: [1],
  })
  t.match((await one.inject(post('/journal/verify', { match: { operationId: 'resetPin' } }))).json(), {
    verified: false,
    message: 'Expected at least 1 call of resetPin; there were 0.',
    closest: [{ entry: { id: 1 }, differs: ['the operation is getTokenByPost, expected resetPin'] }],
  })
  t.match(
    (await one.inject(post('/journal/verify', { match, times: 0 }, { 'standin-session': 'other' }))).json(),
    { verified: true, count: 0 },
  )
  t.match(
    (
      await one.inject(post('/journal/verify', { match: { when: { body: { '': { matches: '(' } } } } }))
    ).json(),
    { status: 400, detail: /regular expression/i },
  )
  t.match((await one.inject(post('/journal/verify', { match: { opId: 'x' } }))).json(), { status: 400 })
})

void t.test(
  'wait resolves at once where the calls have come, and tells what was nearly meant where they have not',
  async (t) => {
    const one = await standin(t)
    await tokenFor(one, '1')
    const came = await one.inject(post('/journal/wait', { match: { status: 200 }, timeout: 0 }))
    t.match(came.json(), { entries: [{ id: 1 }] })
    const late = await one.inject(post('/journal/wait', { match: { status: 200 }, times: 2, timeout: 1 }))
    t.match(late.json(), {
      status: 408,
      code: 'wait-timeout',
      count: 1,
      detail: 'Waited 1 ms for 2 calls of anything with status 200; there were 1',
    })
    const missed = await one.inject(post('/journal/wait', { match: { status: 201 }, timeout: 0 }))
    t.match(missed.json(), { closest: [{ entry: { id: 1 }, differs: ['the status is 200, expected 201'] }] })
  },
)

void t.test('patterns that take too long for all calls together are refused', async (t) => {
  const one = await standin(t)
  for (let sent = 0; sent < 15; sent++) await one.inject(`/x?text=${'a'.repeat(40)}!`)
  const match = { when: { query: { text: { matches: '^(a+)+$' } } } }
  for (const reply of [
    await one.inject(post('/journal/verify', { match })),
    await one.inject(post('/journal/wait', { match, timeout: 0 })),
  ]) {
    t.match(reply.json(), {
      status: 400,
      code: 'bad-control-request',
      pointer: '/match/when',
      detail: /1000 ms/,
    })
  }
  const later = one.inject(post('/journal/wait', { match: { ...match, after: 15 }, timeout: 600_000 }))
  for (let sent = 0; sent < 15; sent++) {
    t.equal((await one.inject(`/x?text=${'a'.repeat(40)}!`)).statusCode, 404, 'the calls go on')
  }
  t.match((await later).json(), { status: 400, code: 'bad-control-request' })
  const quick = { when: { query: { text: { matches: '^a+!$' } } } }
  t.match((await one.inject(post('/journal/verify', { match: quick }))).json(), { verified: true, count: 30 })
})

void t.test('coverage over all sessions, and of one', async (t) => {
  const one = await standin(t)
  await one.inject({
    ...documentedRequest('getTokenByPost'),
    headers: { ...documentedRequest('getTokenByPost').headers, 'standin-session': 'a' },
  })
  const covered = async (query: string): Promise<number> =>
    (await one.inject(`${BASE}/coverage${query}`)).json().operations.covered
  t.equal(await covered(''), 1)
  t.equal(await covered('?session=a'), 1)
  t.equal(await covered('?session=b'), 0)
  await one.inject({ method: 'DELETE', url: `${BASE}/journal?session=a` })
  t.strictSame([await covered(''), await covered('?session=a')], [1, 0])
  for (const request of [
    `${BASE}/coverage?format=text`,
    { url: `${BASE}/coverage`, headers: { accept: 'text/plain' } },
  ]) {
    const reply = await one.inject(request)
    t.match(reply.headers['content-type'], 'text/plain')
    t.match(reply.body, /^Coverage of Onboarding API: 1 of 6 operations/)
  }
  t.match((await one.inject({ url: `${BASE}/coverage`, headers: { accept: '*/*' } })).json(), {
    operations: {},
  })
  t.equal((await one.coverage()).operations.covered, 1)
})

void t.test('findings have a rule, a severity and a place', async (t) => {
  const one = await standin(t)
  const { findings } = (await one.inject(`${BASE}/findings`)).json()
  t.ok(findings.length >= one.notes.length)
  t.match(findings[0], {
    rule: String,
    severity: /^(error|warning|info)$/,
    message: String,
    source: { file: String, line: Number },
  })
})

void t.test('without a journal nothing is kept, and whoever asks is told', async (t) => {
  const one = await standin(t, { journal: 0 })
  await one.inject('/nope')
  for (const request of [
    `${BASE}/journal`,
    `${BASE}/coverage`,
    `${BASE}/journal.har`,
    post('/journal/verify', { match: {} }),
  ]) {
    t.match((await one.inject(request)).json(), { status: 409, code: 'journal-off' })
  }
  t.strictSame(await one.unknownRequests(), [])
  await t.rejects(one.coverage(), { code: 'STANDIN_ERR_JOURNAL_OFF' })
})

void t.test('options that make no sense are refused', async (t) => {
  for (const options of [
    { journal: -1 },
    { journal: 1.5 },
    { redact: ['ssn'] },
    { redact: ['/a~2'] },
    { journal: 0, unknown: 'fail' as const },
  ]) {
    await t.rejects(standinFor(t, options), { code: 'STANDIN_ERR_USAGE' }, JSON.stringify(options))
  }
})

void t.test('unknown requests are listed', async (t) => {
  const one = await standin(t)
  await one.inject('/a?x=1')
  await one.inject('/a')
  await one.inject({
    method: 'DELETE',
    url: '/onboarding/user/resetPin/v1',
    headers: { 'standin-session': 'other' },
  })
  await one.inject({ method: 'OPTIONS', url: '/onboarding/user/resetPin/v1' })
  t.match(await one.unknownRequests(), [
    { method: 'GET', path: '/a', times: 2, reason: /^No documented operation is GET \/a\. The nearest: / },
    { method: 'DELETE', path: '/onboarding/user/resetPin/v1', times: 1, reason: /is documented with POST/ },
  ])
  t.equal((await one.unknownRequests()).length, 2)
})

void t.test('what fails on its way is told too', async (t) => {
  const all = journals()
  const sessions = new Sessions({
    store: await memory(t),
    journals: all,
    limit: 10,
    idle: 60_000,
    now: Date.now,
  })
  const app = await appFor(
    t,
    { '/cup': { get: { operationId: 'getCup', responses: { 200: showing({}) } } } },
    { sessions, behaviours: { getCup: () => Promise.reject(new Error('secret')) } },
  )
  t.equal((await app.inject('/cup')).statusCode, 500)
  const journal = await sessions.default.journal?.read()
  const [trail] = journal?.list() ?? []
  t.match(trail, { operationId: 'getCup', reply: { status: 500 }, ended: Number })
  t.equal(journal?.size, 1, 'once')
})

async function memory(t: Scope): Promise<Store> {
  const store = await openStore({ location: 'memory', fsync: false, seed: async () => ({}) })
  t.teardown(() => store.close())
  return store
}
