import t from 'tap'
import { appFor, showing } from './app-for.js'

const body = (schema: object) => ({ required: true, content: { 'application/json': { schema } } })
const asking = (responses: object, more: object = {}) => ({
  '/a': { post: { operationId: 'a', requestBody: body({ type: 'object' }), responses, ...more } },
})
const ok = { 200: showing('ok') }
const bare = { description: 'bare' }

void t.test(
  'a request that breaks the docs gets the documented reply that fits, else a problem',
  async (t) => {
    const cases: [name: string, responses: object, payload: string, status: number, body: unknown][] = [
      ['422 shown', { ...ok, 422: showing('E422'), 400: showing('E400') }, '[]', 422, 'E422'],
      ['400 shown', { ...ok, 400: showing('E400') }, '[]', 400, 'E400'],
      ['a range shown', { ...ok, '4XX': showing('E4') }, '[]', 422, 'E4'],
      ['what default shows of failures', { ...ok, default: showing('D') }, '[]', 422, 'D'],
      ['not what default shows of successes', { default: showing('D') }, '[]', 422, undefined],
      ['the status that is named without an example', { ...ok, 400: bare }, '[]', 400, undefined],
      ['but 422 where that is named too', { ...ok, 400: bare, 422: bare }, '[]', 422, undefined],
      ['not what has no example', { ...ok, 422: bare }, '[]', 422, undefined],
      ['nothing shown', ok, '[]', 422, undefined],
      ['not JSON: 400', { ...ok, 400: showing('E400'), 422: showing('E422') }, '{', 400, 'E400'],
      ['not JSON, only 422 shown', { ...ok, 422: showing('E422') }, '{', 400, undefined],
    ]
    for (const [name, responses, payload, status, expected] of cases) {
      const app = await appFor(t, asking(responses))
      const headers = { 'content-type': 'application/json' }
      const reply = await app.inject({ method: 'POST', url: '/a', payload, headers })
      t.equal(reply.statusCode, status, name)
      if (expected === undefined) {
        t.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8', name)
        t.match(reply.json(), { violations: [{ in: 'body', pointer: '' }] }, name)
      } else {
        t.equal(reply.json(), expected, name)
        t.match(reply.headers['standin-violations'], /^body /, name)
      }
    }
  },
)

void t.test('a 401 has its challenge, whether the credential is missing or not as documented', async (t) => {
  const more = {
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  }
  const parameters = [
    { in: 'header', name: 'X-Key', required: true, schema: { type: 'string', pattern: '^k' } },
  ]
  for (const responses of [ok, { ...ok, 401: showing('E401') }]) {
    const app = await appFor(t, asking(responses, { parameters, security: [{ key: [] }] }), {}, more)
    for (const headers of [{}, { 'x-key': 'no' }]) {
      const reply = await app.inject({ method: 'POST', url: '/a', payload: {}, headers })
      t.equal(reply.statusCode, 401)
      t.equal(reply.headers['www-authenticate'], 'ApiKey realm="key", in="header", name="X-Key"')
    }
  }
})

void t.test('headers stay short, however much is wrong', async (t) => {
  const items = { type: 'array', items: { type: 'integer' } }
  const paths = {
    '/a': { post: { requestBody: body(items), responses: { ...ok, 422: showing('E422') } } },
  }
  const app = await appFor(t, paths)
  const payload = Array.from({ length: 2000 }, () => 'x')
  const reply = await app.inject({ method: 'POST', url: '/a', payload })
  t.equal(reply.statusCode, 422)
  const text = String(reply.headers['standin-violations'])
  t.match(text, /^body \/0 must be integer; /)
  t.match(text, /and \d+ more$/)
  t.ok(text.length < 2000, `${text.length}`)
})

void t.test('a credential that stands in the wrong place is not repeated', async (t) => {
  const more = { components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } }
  const app = await appFor(t, asking(ok, { security: [{ bearer: [] }] }), {}, more)
  for (const authorization of ['s3cr3tk3y', 'eyJhbGciOiJub25lIn0.e30.', 'sk_live_51H8xYz extra']) {
    const reply = await app.inject({ method: 'POST', url: '/a', payload: {}, headers: { authorization } })
    t.equal(reply.statusCode, 401)
    const sent = authorization.split(' ', 1)[0] ?? ''
    t.notOk(reply.body.toLowerCase().includes(sent.toLowerCase()), reply.body)
  }
})

void t.test('a client may choose which refusal it gets, and not whether', async (t) => {
  const named = (...names: string[]) => ({
    description: 'x',
    content: {
      'application/json': { examples: Object.fromEntries(names.map((name) => [name, { value: name }])) },
    },
  })
  const app = await appFor(t, asking({ 200: named('fine'), 422: named('first', 'second') }))
  const cases: [prefer: string, status: number, body: unknown][] = [
    ['code=422, example=second', 422, 'second'],
    ['example=second', 422, 'second'],
    ['code=200, example=fine', 422, 'first'],
    ['code=200', 422, 'first'],
    ['example=fine', 422, 'first'],
    ['code=422, example=none', 404, { code: 'unknown-example' }],
  ]
  for (const [prefer, status, body] of cases) {
    const headers = { 'content-type': 'application/json', prefer }
    const reply = await app.inject({ method: 'POST', url: '/a', payload: '[]', headers })
    t.equal(reply.statusCode, status, prefer)
    t.match(reply.json(), body, prefer)
  }
})
