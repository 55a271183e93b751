import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { PROBLEMS } from '../../src/respond/problem.js'
import { documentedRequest, objectOf, standinFor, tokenFor } from './helper.js'

/** What the test of one case has, and the test of the whole file too. */
type Test = Pick<typeof t, 'equal' | 'match' | 'notMatch' | 'type'>

/** Each problem has the form of RFC 9457, is marked as nobody's word but Standin's, and shows nothing from inside. */
function problemOf(t: Test, reply: LightMyRequestResponse, status: number, code: keyof typeof PROBLEMS) {
  t.equal(reply.statusCode, status, reply.body)
  t.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8')
  t.match(reply.headers['standin-note'] ?? '', /^own-reply; "/)
  const problem = objectOf(reply.json())
  t.match(problem, { type: `/_standin/errors#${code}`, status, code, title: PROBLEMS[code].title })
  t.type(problem['detail'], 'string')
  t.notMatch(reply.body, /node_modules|\.[jt]s:\d|\n +at /, 'no stack')
  return problem
}

const PAGE = 'fixtures/onboarding/reset-pin-api.md'
const pinDocs = 'PIN that the user wants from now on. It has the form that the login API asks for'
const modeDocs = 'How the user signs in. Here it should be 1'
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

const bodies: [string, string, object[]][] = [
  [
    'no pin',
    '{"signInMode":1}',
    [{ pointer: '/pin', keyword: 'required', docs: pinDocs, source: `${PAGE}:22` }],
  ],
  [
    'nothing',
    '{}',
    [
      { pointer: '/pin', keyword: 'required', source: `${PAGE}:22` },
      { pointer: '/signInMode', keyword: 'required', source: `${PAGE}:30` },
    ],
  ],
  [
    'mode 2',
    '{"pin":"2222","signInMode":2}',
    [{ pointer: '/signInMode', keyword: 'const', expected: 1, docs: modeDocs, source: `${PAGE}:30` }],
  ],
  [
    'mode as text',
    '{"pin":"2222","signInMode":"1"}',
    [{ pointer: '/signInMode', keyword: 'const', expected: 1, message: 'must be 1', source: `${PAGE}:30` }],
  ],
  [
    'pin as number',
    '{"pin":2222,"signInMode":1}',
    [
      {
        pointer: '/pin',
        keyword: 'type',
        message: 'must be string',
        expected: 'string',
        source: `${PAGE}:22`,
      },
    ],
  ],
  ['pin null', '{"pin":null,"signInMode":1}', [{ pointer: '/pin', keyword: 'type' }]],
  [
    'pin of three digits',
    '{"pin":"222","signInMode":1}',
    [{ pointer: '/pin', keyword: 'pattern', expected: '^[0-9]{4}$' }],
  ],
  ['a list', '[]', [{ pointer: '', keyword: 'type', source: `${PAGE}:22` }]],
  ['a text', '"2222"', [{ pointer: '', keyword: 'type' }]],
  ['null', 'null', [{ pointer: '', keyword: 'type' }]],
  [
    'a proto',
    '{"__proto__":{"pin":"2222","signInMode":1}}',
    [{ pointer: '/pin' }, { pointer: '/signInMode' }],
  ],
  ['a constructor', '{"constructor":{"pin":"2222"},"signInMode":1}', [{ pointer: '/pin' }]],
  ['deep', deep(50_000), [{ pointer: '', keyword: 'type' }]],
]

void t.test('a body that breaks the documented schema', async (t) => {
  const standin = await standinFor(t)
  for (const [title, body, expected] of bodies) {
    await t.test(title, async (t) => {
      for (const type of ['application/json', 'text/plain']) {
        const reply = await standin.inject(documentedRequest('resetPin', { 'content-type': type }, body))
        const problem = problemOf(t, reply, 422, 'request-breaks-description')
        t.match(problem['violations'], expected)
        t.equal(Array.isArray(problem['violations']) && problem['violations'].length, expected.length)
        t.match(problem['operation'], { operationId: 'resetPin', source: `${PAGE}:7` })
      }
    })
  }
  t.equal(Reflect.get({}, 'pin'), undefined, 'nothing reached Object.prototype')
})

void t.test('all that is wrong is listed at once', async (t) => {
  const standin = await standinFor(t)
  const body = '{"pin":"1","signInMode":3,"keyRef":4}'
  const reply = await standin.inject(documentedRequest('login', { 'x-account-number': undefined }, body))
  const { violations } = problemOf(t, reply, 422, 'request-breaks-description')
  const places = Array.isArray(violations)
    ? violations.map((one: { in: string; name?: string; pointer: string }) => one.name ?? one.pointer)
    : []
  t.strictSame(places.toSorted(), [
    '/authType',
    '/deviceId',
    '/keyRef',
    '/signInMode',
    '/token',
    'X-ACCOUNT-NUMBER',
  ])
})

void t.test('what cannot be read as JSON', async (t) => {
  const standin = await standinFor(t)
  const cases = [
    '{',
    '{pin:"2222"}',
    '{"pin":"2222",}',
    "{'pin':'2222'}",
    '{"pin":"2222"} x',
    '\u0000',
    'NaN',
  ]
  for (const body of cases) {
    const problem = problemOf(
      t,
      await standin.inject(documentedRequest('resetPin', {}, body)),
      400,
      'malformed-body',
    )
    t.match(problem['violations'], [{ in: 'body', pointer: '', keyword: 'syntax', source: `${PAGE}:22` }])
    t.match(problem['detail'], /^body is not JSON: .+ \(line \d+, column \d+\)$/)
  }
})

void t.test('no body, and one that the docs have no type for', async (t) => {
  const standin = await standinFor(t)
  for (const body of ['', undefined]) {
    const { payload, ...head } = documentedRequest('resetPin', { 'content-type': undefined }, body ?? '')
    const request = body === undefined ? head : { ...head, payload }
    const problem = problemOf(t, await standin.inject(request), 422, 'request-breaks-description')
    t.match(problem['violations'], [{ in: 'body', pointer: '', keyword: 'required' }])
  }
  const types: [string, string][] = [
    ['application/xml', '<pin>2222</pin>'],
    ['application/x-www-form-urlencoded', 'pin=2222&signInMode=1'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/octet-stream', '{"pin":"2222","signInMode":1}'],
  ]
  for (const [type, body] of types) {
    const request = documentedRequest('resetPin', { 'content-type': type }, body)
    const problem = problemOf(t, await standin.inject(request), 415, 'unsupported-media-type')
    t.match(problem['detail'], `body is ${type}, the docs take application/json, text/plain`)
  }
  const nonsense = await standin.inject(documentedRequest('resetPin', { 'content-type': 'nonsense' }))
  t.match(problemOf(t, nonsense, 415, 'unsupported-media-type')['detail'], /^The Content-Type header is no/)
})

void t.test('a body over the limit', async (t) => {
  const standin = await standinFor(t, { bodyLimit: 100 })
  const body = JSON.stringify({ pin: '2222', signInMode: 1, more: 'x'.repeat(200) })
  const problem = problemOf(
    t,
    await standin.inject(documentedRequest('resetPin', {}, body)),
    413,
    'body-too-large',
  )
  t.match(problem['detail'], /100 bytes/)
  t.equal((await standin.inject(documentedRequest('resetPin'))).statusCode, 200)
})

void t.test('a wrong method says which are documented', async (t) => {
  const standin = await standinFor(t)
  const reset = '/onboarding/user/resetPin/v1'
  const token = '/token-service/client/server/new/token'
  const cases: ['GET' | 'PUT' | 'DELETE' | 'HEAD', string, string][] = [
    ['GET', reset, 'POST, OPTIONS'],
    ['PUT', reset, 'POST, OPTIONS'],
    ['PUT', `${reset}?a=b`, 'POST, OPTIONS'],
    ['DELETE', token, 'GET, POST, HEAD, OPTIONS'],
    ['PUT', '/_standin/health', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/docs', 'GET, HEAD, OPTIONS'],
  ]
  for (const [method, url, allow] of cases) {
    const reply = await standin.inject({ method, url })
    problemOf(t, reply, 405, 'method-not-documented')
    t.equal(reply.headers['allow'], allow, `${method} ${url}`)
  }
  const head = await standin.inject({ method: 'HEAD', url: reset })
  t.equal(head.statusCode, 405)
  t.equal(head.headers['allow'], 'POST, OPTIONS')
})

void t.test('an unknown path names the nearest documented operations', async (t) => {
  const standin = await standinFor(t)
  const cases: [string, string][] = [
    ['/onboarding/user/resetpin/v1', 'POST /onboarding/user/resetPin/v1'],
    ['/onboarding/user/resetPin/v1//', 'POST /onboarding/user/resetPin/v1'],
    ['/onboarding/user/v2/resetPin', 'POST /onboarding/user/resetPin/v1'],
    ['/onboarding/user/logn/v1?x=1', 'POST /onboarding/user/login/v1'],
    ['/resetPin', 'POST /onboarding/user/resetPin/v1'],
    ['/token', 'GET /token-service/client/server/new/token'],
  ]
  for (const [url, nearest] of cases) {
    const problem = problemOf(t, await standin.inject({ method: 'POST', url }), 404, 'unknown-path')
    const names: unknown = problem['nearest']
    t.match(Array.isArray(names) ? names : [], [new RegExp(`^${nearest} \\(fixtures/.+:\\d+\\)$`)], url)
  }
  const long = await standin.inject({ method: 'GET', url: `/${'x'.repeat(10_000)}` })
  t.equal(long.statusCode, 404)
})

void t.test('broken percent-encoding in the path', async (t) => {
  const standin = await standinFor(t)
  for (const url of ['/%zz', '/%E0%A4%A', '/onboarding/user/resetPin/v1%', '/%']) {
    problemOf(t, await standin.inject({ method: 'GET', url }), 400, 'bad-request')
  }
})

void t.test('an account number that a JavaScript number would bend', async (t) => {
  const standin = await standinFor(t)
  const ask = (number: string) =>
    standin.inject(
      documentedRequest(
        'getTokenByPost',
        {},
        `{"referenceId":"r","sdkPublicKey":"p","sdkApiKey":"s","accountNumber":${number}}`,
      ),
    )
  for (const number of ['1.5', '-1', '99999999999999999999', '1e30', '10000000000000000000']) {
    const problem = problemOf(t, await ask(number), 422, 'request-breaks-description')
    t.match(problem['violations'], [{ pointer: '/accountNumber' }], number)
  }
  t.ok(await tokenFor(standin, '9999999999999999999'))
})

void t.test('nesting as deep as a body can be', async (t) => {
  const standin = await standinFor(t)
  const body = `{"referenceId":"r","sdkPublicKey":"p","sdkApiKey":"s","accountNumber":9007199254740993,"x":${deep(100_000)}}`
  const reply = await standin.inject(documentedRequest('getTokenByPost', {}, body))
  t.not(reply.statusCode, 500, reply.body)
})
