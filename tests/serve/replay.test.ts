import t from 'tap'
import { documentedHeaders, documentedRequest, documentedText, standinFor } from './helper.js'

const FORM = 'application/x-www-form-urlencoded'

void t.test('the documented request gets the documented response, whatever it calls its body', async (t) => {
  const standin = await standinFor(t)
  const types = [
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/vnd.x+json',
    FORM,
    undefined,
  ]
  const expected: unknown = JSON.parse(documentedText('resetPin', '200'))
  for (const type of types) {
    const reply = await standin.inject(documentedRequest('resetPin', { 'content-type': type }))
    t.equal(reply.statusCode, 200, String(type))
    t.strictSame(reply.json(), expected, String(type))
    t.equal(reply.headers['content-type'], 'application/json; charset=utf-8')
    t.equal(
      reply.headers['standin-example'],
      '200/response; documented; fixtures/onboarding/reset-pin-api.md:40',
    )
    t.equal(reply.headers['standin-note'], undefined, 'nothing is made up')
  }
})

void t.test('every operation of the page answers', async (t) => {
  const standin = await standinFor(t, { stateless: true })
  for (const operationId of [
    'resetPin',
    'login',
    'getToken',
    'getTokenByPost',
    'getTokenWithoutV2',
    'getTokenWithoutV2ByPost',
  ]) {
    const reply = await standin.inject(documentedRequest(operationId))
    t.equal(reply.statusCode, 200, operationId)
    t.strictSame(reply.json(), JSON.parse(documentedText(operationId, '200')), operationId)
  }
})

void t.test('header names have no case, and what is not documented is ignored', async (t) => {
  const standin = await standinFor(t)
  const { 'x-api-token': token } = documentedHeaders('resetPin')
  const variants: Record<string, string | undefined>[] = [
    { 'x-api-token': undefined, 'X-API-TOKEN': token },
    { 'x-api-token': undefined, 'X-aPi-ToKeN': token },
    { 'x-api-key': undefined },
    { cookie: 'JSESSIONID=C0D114845B4EC3A92A840A1B862E96F4; a=b' },
    { 'x-request-id': '7', accept: 'text/html', 'accept-language': 'xx', dnt: '1' },
    { authorization: 'Bearer none' },
  ]
  for (const variant of variants) {
    const reply = await standin.inject(documentedRequest('resetPin', variant))
    t.equal(reply.statusCode, 200, JSON.stringify(variant))
  }
})

void t.test('a query that is not documented is ignored', async (t) => {
  const standin = await standinFor(t)
  const url = '/onboarding/user/resetPin/v1?a=b&__proto__=c'
  const reply = await standin.inject({ ...documentedRequest('resetPin'), url })
  t.equal(reply.statusCode, 200)
})

void t.test(
  'a 401 keeps the documented envelope and is marked, here, at the start, in OpenAPI',
  async (t) => {
    const standin = await standinFor(t)
    const cases: [string, Record<string, string | undefined>, string | undefined][] = [
      ['resetPin', { 'x-api-token': undefined }, 'header X-API-TOKEN is required'],
      ['resetPin', { 'x-api-token': 'no token' }, 'header X-API-TOKEN must match pattern'],
      ['login', { 'x-api-key': undefined }, 'header X-API-KEY is required'],
    ]
    for (const [operationId, headers, violations] of cases) {
      const reply = await standin.inject(documentedRequest(operationId, headers))
      const page = operationId === 'login' ? 'login-api.md:69' : 'reset-pin-api.md:50'
      t.equal(reply.statusCode, 401)
      t.strictSame(reply.json(), { resCode: 401, resDesc: 'Unauthorized', data: {} })
      t.equal(
        reply.headers['standin-note'],
        `undocumented-body; "only a placeholder is shown in place of a body (fixtures/onboarding/${page})"`,
      )
      t.match(reply.headers['standin-violations'] ?? '', violations ?? '')
    }
    const foreign = await standin.inject(documentedRequest('resetPin', { 'x-api-token': 'a..b.c.d' }))
    t.equal(foreign.statusCode, 401)
    t.match(foreign.headers['standin-note'], /^undocumented-body/)
    t.equal(foreign.headers['standin-reason'], 'X-API-TOKEN: The token was not issued by this stand-in')
    const note = standin.notes.find(
      ({ source }) => source.file.endsWith('reset-pin-api.md') && source.line === 52,
    )
    t.match(note?.message ?? '', /401 .* not documented/)
    const document: { paths: Record<string, { post: { responses: Record<string, object> } }> } = JSON.parse(
      await standin.openapi(),
    )
    t.match(document.paths['/onboarding/user/resetPin/v1']?.post.responses['401'], {
      'x-undocumented': 'only a placeholder is shown in place of a body',
      'x-source': 'fixtures/onboarding/reset-pin-api.md:50',
    })
  },
)

void t.test('stateless: nothing is remembered, any well-formed token will do, the checks stay', async (t) => {
  const standin = await standinFor(t, { stateless: true })
  t.equal(standin.location, 'stateless')
  const documented: unknown = JSON.parse(documentedText('login', '200'))
  for (const pin of ['2222', '1111', '0000']) {
    const reset = await standin.inject(
      documentedRequest('resetPin', { 'x-api-token': 'a..b.c.d' }, JSON.stringify({ pin, signInMode: 1 })),
    )
    t.equal(reset.statusCode, 200)
    const reply = await standin.inject(documentedRequest('login', { 'x-api-token': 'a..b.c.d' }))
    t.strictSame(reply.json(), documented, 'the documented token and expiry, as they are')
  }
  const checked: [Record<string, string | undefined>, string, number][] = [
    [{ 'x-api-token': 'no token' }, '{"pin":"2222","signInMode":1}', 401],
    [{ 'x-api-token': undefined }, '{"pin":"2222","signInMode":1}', 401],
    [{}, '{"pin":"22","signInMode":1}', 422],
    [{}, '{', 400],
  ]
  for (const [headers, body, status] of checked) {
    t.equal((await standin.inject(documentedRequest('resetPin', headers, body))).statusCode, status)
  }
  for (const ask of [() => standin.state, () => standin.examples]) {
    t.throws(ask, { code: 'STANDIN_ERR_STATELESS' })
  }
  await t.rejects(standin.reset(), { code: 'STANDIN_ERR_STATELESS' })
})

void t.test('any token: its form is not looked at, that it is there is', async (t) => {
  const standin = await standinFor(t, { anyToken: true })
  const status = async (token: string | undefined) =>
    (await standin.inject(documentedRequest('resetPin', { 'x-api-token': token }))).statusCode
  t.equal(await status('whatever I typed'), 200)
  t.equal(await status('a..b.c.d'), 200)
  t.equal(await status(undefined), 401)
})

void t.test('a delay holds back each reply, and no other of the options changes it', async (t) => {
  for (const delay of [30, '20-40']) {
    const standin = await standinFor(t, { delay })
    const begun = process.hrtime.bigint()
    const reply = await standin.inject(documentedRequest('resetPin'))
    // Only that it is held back: how long is the machine's affair.
    t.ok(process.hrtime.bigint() - begun >= 15_000_000n)
    t.equal(reply.statusCode, 200)
  }
})
