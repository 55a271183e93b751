import t from 'tap'
import { type Override, type Standin } from '../../src/index.js'
import { documentedRequest, documentedText, type Scope, standinFor } from './helper.js'

const operationId = 'login'
const login = (standin: Standin, headers: Record<string, string | undefined> = {}, body?: string) =>
  standin.inject(documentedRequest(operationId, headers, body ?? documentedText(operationId, 'request')))

/** A stand-in with overrides; the last of them is asked first. */
async function steered(t: Scope, ...overrides: Override[]): Promise<Standin> {
  const standin = await standinFor(t, { now: () => Date.UTC(2030, 0, 2, 3, 4, 5) })
  for (const one of overrides) await standin.session().override({ operationId, ...one })
  return standin
}

const statuses = async (standin: Standin, count: number, body?: string): Promise<number[]> => {
  const all: number[] = []
  for (let index = 0; index < count; index++) all.push((await login(standin, {}, body)).statusCode)
  return all
}

void t.test('a documented status, an undocumented one, a body, headers', async (t) => {
  for (const [override, expected] of [
    [
      { status: 401 },
      { statusCode: 401, headers: { 'standin-note': /undocumented-body; .*, override; "override o1"/ } },
    ],
    [{ status: 418 }, { statusCode: 418, body: '', headers: { 'standin-note': 'override; "override o1"' } }],
    [
      { status: 418, body: { a: [1, null, 'x'] } },
      {
        statusCode: 418,
        body: '{"a":[1,null,"x"]}',
        headers: { 'content-type': 'application/json; charset=utf-8' },
      },
    ],
    [
      { body: 'sorry' },
      { statusCode: 200, body: 'sorry', headers: { 'content-type': 'text/plain; charset=utf-8' } },
    ],
    [
      { body: '<a/>', headers: { 'Content-Type': 'application/xml', 'Retry-After': '7' } },
      { body: '<a/>', headers: { 'content-type': 'application/xml', 'retry-after': '7' } },
    ],
    [
      { body: { resCode: 1 } },
      { headers: { 'standin-note': /^breaks-schema; "body /, 'standin-example': undefined } },
    ],
    [
      { headers: { 'X-Trace': 'a' } },
      { statusCode: 200, headers: { 'x-trace': 'a', 'standin-example': /200/ } },
    ],
    [{ example: 'response' }, { statusCode: 200, body: documentedText(operationId, '200') }],
    [{ status: 204 }, { statusCode: 204, body: '' }],
  ] as const) {
    const reply = await login(await steered(t, override))
    t.match(
      {
        statusCode: reply.statusCode,
        body: reply.body,
        headers: { 'standin-example': undefined, ...reply.headers },
      },
      expected,
      JSON.stringify(override),
    )
  }
})

void t.test('an override that sets no reply leaves it as it is', async (t) => {
  const standin = await steered(t, { delay: 1 })
  t.equal((await login(standin)).statusCode, 200)
  t.equal((await login(standin, {}, '{"pin":"1112"}')).statusCode, 422, 'invalid requests too')
})

void t.test('digits of a body are kept', async (t) => {
  const standin = await standinFor(t)
  await standin.inject({
    method: 'POST',
    url: '/_standin/v1/overrides',
    headers: { 'content-type': 'application/json' },
    payload: '{"operationId":"login","body":{"a":14.0,"b":9007199254740993,"c":1e3,"d":0.10}}',
  })
  t.equal((await login(standin)).body, '{"a":14.0,"b":9007199254740993,"c":1e3,"d":0.10}')
})

void t.test('the newest that fits is taken, by conditions', async (t) => {
  const standin = await steered(
    t,
    { status: 500 },
    { status: 501, when: { headers: { 'x-kind': { matches: '^a+$' } } } },
    { status: 502, when: { body: { '/signInMode': 7 } } },
    { status: 503, when: { valid: false } },
  )
  t.equal((await login(standin)).statusCode, 500)
  t.equal((await login(standin, { 'X-Kind': 'aa' })).statusCode, 501)
  t.equal((await login(standin, { 'X-Kind': 'ab' })).statusCode, 500)
  const broken = await login(standin, {}, '{"signInMode":8}')
  t.equal(broken.statusCode, 503)
  t.match(
    broken.headers['standin-violations'],
    /body \/pin is required|is required/,
    'violations are told all the same',
  )
  t.equal((await login(standin, { 'x-api-token': undefined })).statusCode, 503)
})

void t.test('a pattern that would take for ever holds nobody up', async (t) => {
  const standin = await steered(t, { status: 500, when: { headers: { 'x-kind': { matches: '^(a+)+$' } } } })
  t.equal((await login(standin, { 'x-kind': `${'a'.repeat(60)}!` })).statusCode, 200)
  t.equal((await login(standin, { 'x-kind': 'aaa' })).statusCode, 500)
})

void t.test('times, and sequences with each end', async (t) => {
  const sequence = [{ status: 401 }, {}, { status: 503 }]
  for (const [override, expected] of [
    [{ status: 500, times: 2 }, [500, 500, 200, 200]],
    [{ sequence }, [401, 200, 503, 200, 200]],
    [{ sequence, afterSequence: 'last' }, [401, 200, 503, 503, 503]],
    [{ sequence, afterSequence: 'repeat' }, [401, 200, 503, 401, 200]],
    [{ sequence, afterSequence: 'repeat', times: 4 }, [401, 200, 503, 401, 200, 200]],
  ] as const) {
    const standin = await steered(t, override)
    t.strictSame(await statuses(standin, expected.length), expected, JSON.stringify(override))
    const [shown] = await standin.session().overrides()
    t.equal(shown?.spent, 'times' in override || !('afterSequence' in override))
  }
})

void t.test('chance is the same for the same seed, and near what was asked for', async (t) => {
  const run = async (seed: string | number) => {
    const standin = await steered(t, { status: 500, probability: 0.3, seed })
    return statuses(standin, 200)
  }
  const first = await run(7)
  t.strictSame(await run('7'), first)
  t.not((await run(8)).join(), first.join())
  const taken = first.filter((status) => status === 500).length
  t.ok(taken > 40 && taken < 80, `${taken} of 200`)
})

void t.test('templates speak of the request, the state and the session', async (t) => {
  const standin = await steered(t, {
    seed: 1,
    body: {
      text: '{{request.method}} {{request.query.q}} {{request.headers.x-kind}} {{session.name}}.',
      pin: '{{request.body.pin}}',
      mode: '{{json request.body.signInMode}}',
      accounts: '{{#each state.accounts}}{{@key}};{{/each}}',
      account: '{{json (lookup state.accounts "100")}}',
      missing: '{{request.body.nothing}}',
      proto: '{{request.constructor}}{{request.body.__proto__}}{{request.body.toString}}',
      html: '{{request.headers.x-html}}',
      now: '{{now}} {{now "epoch"}} {{now "epoch-ms" offset=1}}',
      dice: '{{randomInt 1 6}}',
      uuid: '{{uuid}}',
    },
  })
  const { url, ...request } = documentedRequest(operationId, { 'x-kind': 'k', 'x-html': '<b>"&' })
  const reply = await standin.inject({ ...request, url: `${url}?q=a&r=b` })
  const body = reply.json() as Record<string, unknown>
  t.match(body, {
    text: 'POST a k .',
    pin: /^\d{4}$/,
    mode: Number,
    accounts: '100;',
    account: { salt: String, pinHash: String },
    missing: '',
    proto: '',
    html: '<b>"&',
    now: '2030-01-02T03:04:05.000Z 1893553445 1893553446000',
    dice: /^[1-6]$/,
    uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  })
})

void t.test('a template that cannot be filled in is a problem', async (t) => {
  const reply = await login(await steered(t, { body: { a: '{{now offset=99999999999999999999}}' } }))
  t.match(reply.json(), {
    status: 500,
    code: 'template-failed',
    detail: /override o1 .*: Invalid time value/,
  })
})

void t.test(
  'a delay waits that long, and one of an override stands in place of the general one',
  async (t) => {
    const standin = await standinFor(t, { delay: 60_000 })
    await standin.session().override({ operationId, delay: 0 })
    t.equal((await login(standin)).statusCode, 200, 'at once')
    for (const delay of [30, { min: 30, max: 40 }, { median: 30, sigma: 0 }]) {
      await standin.session().override({ operationId, delay, seed: 1 })
      const began = performance.now()
      await login(standin)
      t.ok(performance.now() - began >= 29, JSON.stringify(delay))
    }
  },
)
