import t from 'tap'
import { appFor, showing } from './app-for.js'

const get = (example: string) => ({ get: { responses: { 200: showing(example) } } })

void t.test('a slash more or less at the end is answered, and said', async (t) => {
  const app = await appFor(t, {
    '/plain': get('plain'),
    '/slash/': get('slash'),
    '/both': get('without'),
    '/both/': get('with'),
    '/users/{id}': get('user'),
  })
  const cases: [url: string, body: string, isNoted: boolean][] = [
    ['/plain', 'plain', false],
    ['/plain/', 'plain', true],
    ['/plain/?a=b', 'plain', true],
    ['/slash/', 'slash', false],
    ['/slash', 'slash', true],
    ['/both', 'without', false],
    ['/both/', 'with', false],
    ['/users/7/', 'user', true],
  ]
  for (const [url, body, isNoted] of cases) {
    const reply = await app.inject(url)
    t.equal(reply.json(), body, url)
    t.equal(/other-path/.test(String(reply.headers['standin-note'] ?? '')), isNoted, url)
  }
  t.equal((await app.inject('/users/')).statusCode, 404, 'nothing is no user')
  t.equal((await app.inject({ method: 'POST', url: '/plain/' })).statusCode, 404)
})

void t.test('an empty value in the middle of a path is a missing one', async (t) => {
  const id = { in: 'path', name: 'id', required: true, schema: { type: 'string' } }
  const app = await appFor(t, {
    '/users/{id}/files': { get: { parameters: [id], responses: { 200: showing(1) } } },
  })
  const reply = await app.inject('/users//files')
  t.equal(reply.statusCode, 422)
  t.match(reply.json(), { violations: [{ in: 'path', name: 'id' }] })
})

void t.test('a range of media types is sent as one of them', async (t) => {
  const showing = (type: string, example: unknown) => ({
    get: { responses: { 200: { description: 'x', content: { [type]: { example } } } } },
  })
  const app = await appFor(t, {
    '/any': showing('*/*', { a: 1 }),
    '/any-text': showing('*/*', 'hello'),
    '/text': showing('text/*', 'hello'),
    '/app': showing('application/*', { a: 1 }),
    '/json': showing('application/*+json', { a: 1 }),
    '/image': showing('image/*', 'x'),
  })
  const cases: [url: string, type: string, body: string][] = [
    ['/any', 'application/json; charset=utf-8', '{"a":1}'],
    ['/any-text', 'text/plain; charset=utf-8', 'hello'],
    ['/text', 'text/plain; charset=utf-8', 'hello'],
    ['/app', 'application/json; charset=utf-8', '{"a":1}'],
    ['/json', 'application/json; charset=utf-8', '{"a":1}'],
    ['/image', 'application/octet-stream', 'x'],
  ]
  for (const [url, type, body] of cases) {
    const reply = await app.inject(url)
    t.equal(reply.headers['content-type'], type, url)
    t.equal(reply.body, body, url)
  }
})

void t.test('a documented OPTIONS is served beside CORS', async (t) => {
  const app = await appFor(t, { '/a': { options: { responses: { 200: showing('mine') } }, ...get('a') } })
  t.equal((await app.inject({ method: 'OPTIONS', url: '/a' })).json(), 'mine')
  const headers = { origin: 'http://x.example', 'access-control-request-method': 'GET' }
  const preflight = await app.inject({ method: 'OPTIONS', url: '/a', headers })
  t.equal(preflight.statusCode, 204)
  t.equal(preflight.headers['access-control-allow-origin'], 'http://x.example')
})
