import t from 'tap'
import { OWN_HEADERS } from '../../src/serve/send.js'
import { documentedRequest, standinFor } from './helper.js'

const origin = 'http://localhost:5173'
const url = '/onboarding/user/resetPin/v1'

void t.test('a page of any origin may call, with its credentials', async (t) => {
  const standin = await standinFor(t)
  const preflight = await standin.inject({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-api-key,x-api-token',
    },
  })
  t.equal(preflight.statusCode, 204)
  t.match(preflight.headers, {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'content-type,x-api-key,x-api-token',
  })
  t.match(preflight.headers['access-control-allow-methods'] ?? '', /\bPOST\b/)
  t.match(String(preflight.headers['vary']), /Origin/)

  const unauthorized = { 'x-api-token': undefined }
  for (const [headers, status] of [
    [{}, 200],
    [unauthorized, 401],
  ] as const) {
    const reply = await standin.inject(documentedRequest('resetPin', { ...headers, origin }))
    t.equal(reply.statusCode, status)
    t.match(reply.headers, {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': OWN_HEADERS.join(', '),
    })
  }
  for (const missed of ['/nowhere', '/docs']) {
    const reply = await standin.inject({ url: missed, headers: { origin } })
    t.equal(reply.headers['access-control-allow-origin'], origin, `a page can read why: ${missed}`)
  }
})

void t.test('a request without an origin gets no more than Vary, whoever sends the reply', async (t) => {
  for (const cors of [true, false]) {
    const standin = await standinFor(t, { cors })
    for (const asked of [documentedRequest('resetPin'), { url: '/nowhere' }, { url: '/docs' }]) {
      const { headers } = await standin.inject(asked)
      t.equal(headers['vary'], cors ? 'Origin' : undefined, JSON.stringify(asked.url))
      t.notOk('access-control-allow-origin' in headers)
    }
  }
})

void t.test('without CORS no header of it is sent', async (t) => {
  const standin = await standinFor(t, { cors: false })
  const reply = await standin.inject(documentedRequest('resetPin', { origin }))
  t.strictSame(
    Object.keys(reply.headers).filter((name) => name.startsWith('access-control')),
    [],
  )
})

void t.test('OPTIONS that is no preflight says what is documented', async (t) => {
  for (const cors of [true, false]) {
    const standin = await standinFor(t, { cors })
    const reply = await standin.inject({ method: 'OPTIONS', url })
    t.equal(reply.statusCode, 204)
    t.equal(reply.headers['allow'], 'POST, OPTIONS')
    t.match(reply.headers['standin-note'] ?? '', /^own-reply/)
    t.equal(reply.body, '')
    const unknown = await standin.inject({ method: 'OPTIONS', url: '/nowhere' })
    t.equal(unknown.statusCode, 404)
    t.equal(unknown.headers['content-type'], 'application/problem+json; charset=utf-8')
  }
})

void t.test('HEAD answers as GET does, without the body', async (t) => {
  const standin = await standinFor(t)
  for (const path of ['/_standin/health', '/docs', '/openapi.json', '/_standin/errors']) {
    const [get, head] = [await standin.inject(path), await standin.inject({ method: 'HEAD', url: path })]
    t.equal(head.statusCode, 200, path)
    t.equal(head.headers['content-type'], get.headers['content-type'])
  }
  const path = '/token-service/client/server/new/v2/token'
  const documented = await standin.inject({ method: 'HEAD', url: path })
  t.equal(documented.statusCode, 401, 'the checks of GET hold')
  t.equal(documented.body, '')
})
