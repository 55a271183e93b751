import t from 'tap'
import { standinFor } from '../helper.js'
import { ask } from './helper.js'

void t.test('an override is added, listed, shown, replaced and deleted', async (t) => {
  const standin = await standinFor(t)
  const added = await ask(standin, 'POST', '/overrides', { operationId: 'login', status: 401, times: 2 })
  t.equal(added.status, 201)
  t.equal(added.headers['location'], '/_standin/v1/overrides/o1')
  const first = { operationId: 'login', status: 401, times: 2, id: 'o1', used: 0, spent: false }
  t.strictSame(added.json, first)
  const second = await ask(standin, 'POST', '/overrides', { id: 'mine', status: 500 })
  t.equal(second.headers['location'], '/_standin/v1/overrides/mine')
  const { json } = await ask(standin, 'GET', '/overrides')
  t.strictSame(
    json['overrides'],
    [{ status: 500, id: 'mine', used: 0, spent: false }, first],
    'the newest first',
  )
  t.strictSame((await ask(standin, 'GET', '/overrides/o1')).json, first)
  const put = await ask(standin, 'PUT', '/overrides/o1', { operationId: 'login', status: 200 })
  t.strictSame(put.json, { operationId: 'login', status: 200, id: 'o1', used: 0, spent: false })
  t.match(
    (await ask(standin, 'GET', '/overrides')).json,
    { overrides: [{ id: 'mine' }, { id: 'o1' }] },
    'at its place',
  )
  t.equal((await ask(standin, 'DELETE', '/overrides/o1')).status, 204)
  t.match(await ask(standin, 'GET', '/overrides/o1'), {
    status: 404,
    json: { code: 'unknown-control-target' },
  })
  t.match(await ask(standin, 'DELETE', '/overrides/mien'), {
    status: 404,
    json: { detail: /Did you mean 'mine'\?/ },
  })
  t.equal((await ask(standin, 'DELETE', '/overrides')).status, 204)
  t.strictSame((await ask(standin, 'GET', '/overrides')).json, { overrides: [] })
})

/** What is refused, with the pointer to it and what is said. */
const refused: readonly (readonly [
  name: string,
  override: unknown,
  status: number,
  pointer: string,
  says: RegExp,
])[] = [
  ['nothing to do', {}, 400, '', /does nothing: give it one of status, example/],
  [
    'an unknown operation',
    { operationId: 'logn', status: 401 },
    404,
    '/operationId',
    /Did you mean 'login'\?/,
  ],
  [
    'an unknown example',
    { operationId: 'login', example: 'reponse' },
    404,
    '/example',
    /There is: 200\/response/,
  ],
  [
    'an example of another status',
    { operationId: 'login', status: 401, example: 'response' },
    404,
    '/example',
    /of login for status 401. .*200\/response/,
  ],
  ['an example of no operation', { example: 'response' }, 400, '/example', /add its operationId/],
  [
    'an unknown member',
    { stats: 401 },
    400,
    '/stats',
    /'stats', which is not known. Did you mean 'status'\?/,
  ],
  ['a status as text', { status: '401' }, 400, '/status', /must be integer/],
  ['no such status', { status: 99 }, 400, '/status', />= 200/],
  ['no such fault', { fault: 'boom' }, 400, '/fault', /"connection-reset", "empty-reply"/],
  ['a delay too long', { delay: 600_001 }, 400, '/delay', /<= 600000/],
  [
    'a delay that ends before it begins',
    { delay: { min: 5, max: 4 } },
    400,
    '/delay',
    /min \(5\) is greater than max \(4\)/,
  ],
  [
    'a broken pattern',
    { status: 200, when: { headers: { a: { matches: '(' } } } },
    400,
    '/when/headers/a/matches',
    /Unterminated group/,
  ],
  [
    'a pointer that is none',
    { status: 200, when: { body: { pin: 1 } } },
    400,
    '/when/body/pin',
    /begins with '\/'/,
  ],
  [
    'a condition that is none',
    { status: 200, when: { query: { a: { is: 1 } } } },
    400,
    '/when/query/a',
    /'is', which is not known/,
  ],
  [
    'a header that none is called',
    { status: 200, when: { headers: { 'a b': 'x' } } },
    400,
    '/when/headers/a b',
    /cannot be the name of a header/,
  ],
  [
    'a parameter that the path has not',
    { operationId: 'login', status: 200, when: { path: { id: '1' } } },
    404,
    '/when/path/id',
    /has no parameter 'id'/,
  ],
  ['half a delay', { delay: { min: 5 } }, 400, '/delay', /^body\/delay must have required property 'max'$/],
  [
    'half a fault',
    { fault: { type: 'slow-drip' } },
    400,
    '/fault',
    /^body\/fault must have required property 'overMs'$/,
  ],
  ['an id with a space', { id: 'a b', status: 200 }, 400, '/id', /must be up to 64 letters, digits/],
  [
    'a sequence beside a step',
    { status: 200, sequence: [{ status: 401 }] },
    400,
    '/status',
    /into its steps/,
  ],
  ['after no sequence', { status: 200, afterSequence: 'last' }, 400, '/afterSequence', /no sequence/],
  ['an empty sequence', { sequence: [] }, 400, '/sequence', /fewer than 1/],
  ['a broken step', { sequence: [{}, { delay: { min: 2, max: 1 } }] }, 400, '/sequence/1/delay', /greater/],
  [
    'a broken template',
    { body: { a: ['{{#if}}'] } },
    400,
    '/body/a/0',
    /Line 1: the template cannot be read/,
  ],
  [
    'an unknown helper',
    { body: { a: 'x\n{{exec "ls"}}' } },
    400,
    '/body/a',
    /Line 2: there is no helper 'exec'. There is: if, /,
  ],
  ['a helper that prints', { body: '{{log "x"}}' }, 400, '/body', /there is no helper 'log'/],
  ['a partial', { body: '{{> x}}' }, 400, '/body', /Line 1: templates here have no partials/],
  ['a partial of its own', { body: '{{#*inline "x"}}{{/inline}}' }, 400, '/body', /decorators/],
  ['a body without a place', { status: 204, body: {} }, 400, '/body', /has no body/],
  [
    'no name of a header',
    { status: 200, headers: { 'a b': 'x' } },
    400,
    '/headers/a b',
    /cannot be the name/,
  ],
  [
    'a header in two lines',
    { status: 200, headers: { a: 'x\r\nb: c' } },
    400,
    '/headers/a',
    /no header can hold/,
  ],
  [
    'framing',
    { status: 200, headers: { 'Content-Length': '1' } },
    400,
    '/headers/Content-Length',
    /set by the server itself/,
  ],
  ['no number of times', { status: 200, times: 0 }, 400, '/times', />= 1/],
]

void t.test('what cannot be set is refused, with its place', async (t) => {
  const standin = await standinFor(t)
  for (const [name, override, status, pointer, says] of refused) {
    const { json, ...reply } = await ask(standin, 'POST', '/overrides', override)
    t.equal(reply.status, status, name)
    t.equal(json['pointer'], pointer, `${name}: pointer`)
    t.match(json['detail'], says, `${name}: ${String(json['detail'])}`)
  }
  t.strictSame((await ask(standin, 'GET', '/overrides')).json, { overrides: [] }, 'nothing of it is kept')
})

void t.test('an id is taken once, and a session holds a hundred overrides', async (t) => {
  const standin = await standinFor(t)
  for (let index = 0; index < 100; index++) {
    await ask(standin, 'POST', '/overrides', { id: `a${index}`, status: 200 })
  }
  t.match(await ask(standin, 'POST', '/overrides', { id: 'a5', status: 200 }), {
    status: 409,
    json: { code: 'already-there' },
  })
  t.match(await ask(standin, 'POST', '/overrides', { status: 200 }), {
    status: 429,
    json: { code: 'limit-reached' },
  })
  t.equal(
    (await ask(standin, 'PUT', '/overrides/a5', { status: 201 })).status,
    200,
    'replacing one takes no room',
  )
  t.equal(
    (await ask(standin, 'POST', '/overrides?session=b', { status: 200 })).status,
    201,
    'nor do other sessions',
  )
})

void t.test('bodies are JSON, and say so', async (t) => {
  const standin = await standinFor(t)
  for (const [type, status, says] of [
    ['text/plain', 415, /application\/json only/],
    ['application/x-www-form-urlencoded', 415, /application\/json only/],
    ['application/json', 400, /Not JSON at line 1/],
  ] as const) {
    const { json, ...reply } = await ask(standin, 'POST', '/overrides', '{"status":', {
      'content-type': type,
    })
    t.equal(reply.status, status)
    t.match(json['detail'], says)
  }
  const deep = `{"status":200,"body":${'['.repeat(200)}${']'.repeat(200)}}`
  t.match(await ask(standin, 'POST', '/overrides', deep), {
    status: 400,
    json: { detail: /deeper than 100/ },
  })
  const large = JSON.stringify({ status: 200, body: 'x'.repeat(1024 * 1024) })
  t.match(await ask(standin, 'POST', '/overrides', large), { status: 413, json: { code: 'body-too-large' } })
})

void t.test('the operations say what is next, and how to ask', async (t) => {
  const standin = await standinFor(t)
  const next = async () => {
    const { json } = await ask(standin, 'GET', '/operations/login')
    return json['next']
  }
  t.strictSame(await next(), { override: null, conditional: false, status: 200, example: 'response' })
  await ask(standin, 'POST', '/overrides', {
    operationId: 'login',
    sequence: [{ status: 401 }, {}],
    probability: 0.5,
  })
  t.strictSame(await next(), { override: 'o1', conditional: true, status: 401, example: null })
  const { json } = await ask(standin, 'GET', '/operations/login')
  const { url, headers, body, curl } = json['sample'] as Record<string, string>
  t.match(curl, /^curl -i -X POST http:\/\/localhost:80\/onboarding\/user\/login\/v1/)
  const reply = await standin.inject({
    method: 'POST',
    url: String(url),
    headers: { ...(headers as unknown as Record<string, string>), 'standin-session': 'other' },
    payload: String(body),
  })
  t.equal(reply.statusCode, 200, 'the sample is accepted')
  t.match(json, {
    parameters: [{ in: 'header', name: 'X-ACCOUNT-NUMBER', required: true, source: /\.md:\d+$/ }],
    sources: [/\.md:\d+$/],
  })
  t.match(await ask(standin, 'GET', '/operations/logins'), {
    status: 404,
    json: { detail: /Did you mean 'login'\?/ },
  })
  const all = await ask(standin, 'GET', '/operations')
  t.equal((all.json['operations'] as unknown[]).length, standin.description.operations.length)
})

void t.test('an id in the path is held to what one in a body is', async (t) => {
  const standin = await standinFor(t)
  for (const id of ['a%20b', 'a%2Fb', 'ä', 'x'.repeat(65)]) {
    const reply = await ask(standin, 'PUT', `/overrides/${id}`, { status: 200 })
    t.match(reply, { status: 400, json: { code: 'bad-control-request', pointer: '/id' } }, id)
  }
  t.equal((await ask(standin, 'PUT', `/overrides/${'x'.repeat(64)}`, { status: 200 })).status, 200)
})

void t.test('a path that cannot be read is answered with a problem', async (t) => {
  const standin = await standinFor(t)
  t.match(await ask(standin, 'GET', '/%zz'), {
    status: 400,
    headers: { 'content-type': /^application\/problem\+json/ },
    json: { code: 'bad-request', detail: /%zz/ },
  })
})
