import t from 'tap'
import type { SecurityScheme } from '../../src/operation/description.js'
import { compileSecurity } from '../../src/respond/security.js'

const schemes: Record<string, SecurityScheme> = {
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  queryKey: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookieKey: { type: 'apiKey', in: 'cookie', name: 'session' },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  digest: { type: 'http', scheme: 'digest' },
  hoba: { type: 'http', scheme: 'hoba' },
  oauth: { type: 'oauth2' },
  openid: { type: 'openIdConnect' },
  mtls: { type: 'mutualTLS' },
}
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const digest = 'Digest username="a", realm="b", nonce="c", uri="/", response="d"'

const accepted: [name: string, headers: Record<string, string>, query?: string][] = [
  ['key', { 'x-api-key': 'k' }],
  ['queryKey', {}, 'a=1&api_key=k'],
  ['cookieKey', { cookie: 'a=b; session="k"' }],
  ['basic', { authorization: `Basic ${base64('user:pass')}` }],
  ['basic', { authorization: `basic ${base64('user:')}` }],
  ['bearer', { authorization: 'Bearer abc.def-ghi_~+/==' }],
  ['bearer', { authorization: 'BEARER   abc' }],
  ['digest', { authorization: digest }],
  ['hoba', { authorization: 'HOBA result="x"' }],
  ['oauth', { authorization: 'Bearer abc' }],
  ['openid', { authorization: 'Bearer abc' }],
  ['mtls', {}],
  ['unknown', {}],
]
for (const [name, headers, query = ''] of accepted) {
  void t.test(`${name} is met by ${JSON.stringify(headers)}${query}`, async (t) => {
    t.equal(compileSecurity([{ [name]: [] }], schemes)({ headers, query }), undefined)
  })
}

const refused: [name: string, headers: Record<string, string>, challenge: string, reason: string][] = [
  [
    'key',
    {},
    'ApiKey realm="key", in="header", name="X-Api-Key"',
    'the header X-Api-Key with the API key is missing',
  ],
  [
    'key',
    { 'x-api-key': '' },
    'ApiKey realm="key", in="header", name="X-Api-Key"',
    'the header X-Api-Key with the API key is missing',
  ],
  [
    'queryKey',
    {},
    'ApiKey realm="queryKey", in="query", name="api_key"',
    'the query parameter api_key with the API key is missing',
  ],
  [
    'cookieKey',
    { cookie: 'sessions=k' },
    'ApiKey realm="cookieKey", in="cookie", name="session"',
    'the cookie session with the API key is missing',
  ],
  ['basic', {}, 'Basic realm="basic", charset="UTF-8"', 'the header Authorization: Basic is missing'],
  [
    'basic',
    { authorization: `Basic ${base64('user')}` },
    'Basic realm="basic", charset="UTF-8"',
    'the Basic credentials are not the base64 of user:password',
  ],
  [
    'basic',
    { authorization: 'Basic user:pass' },
    'Basic realm="basic", charset="UTF-8"',
    'the Basic credentials are not the base64 of user:password',
  ],
  ['bearer', {}, 'Bearer realm="bearer"', 'the header Authorization: Bearer is missing'],
  [
    'bearer',
    { authorization: 'Bearer ' },
    'Bearer realm="bearer", error="invalid_request"',
    'the header Authorization: Bearer has no credentials',
  ],
  [
    'bearer',
    { authorization: 'Bearer a b' },
    'Bearer realm="bearer", error="invalid_token"',
    'the bearer token holds characters that no token has',
  ],
  [
    'bearer',
    { authorization: 'Basic abc' },
    'Bearer realm="bearer"',
    'the header Authorization is of the scheme Basic, expected Bearer',
  ],
  [
    'digest',
    { authorization: 'Digest username="a, nonce=1", realm="b"' },
    'Digest realm="digest", qop="auth", algorithm=SHA-256, nonce="c3RhbmRpbg=="',
    'the Digest credentials lack nonce, uri, response',
  ],
  ['hoba', {}, 'HOBA realm="hoba"', 'the header Authorization: HOBA is missing'],
]
for (const [name, headers, challenge, reason] of refused) {
  void t.test(`${name} is not met by ${JSON.stringify(headers)}`, async (t) => {
    t.strictSame(compileSecurity([{ [name]: [] }], schemes)({ headers, query: '' }), {
      challenges: [challenge],
      missing: [{ scheme: name, reason }],
    })
  })
}

void t.test('scopes stand in the challenge', async (t) => {
  const failure = compileSecurity(
    [{ oauth: ['read:pets', 'write:pets'] }],
    schemes,
  )({ headers: {}, query: '' })
  t.strictSame(failure?.challenges, ['Bearer realm="oauth", scope="read:pets write:pets"'])
})

void t.test('alternatives: any one of them', async (t) => {
  const check = compileSecurity([{ key: [] }, { bearer: [] }], schemes)
  t.equal(check({ headers: { authorization: 'Bearer a' }, query: '' }), undefined)
  t.equal(check({ headers: { 'x-api-key': 'a' }, query: '' }), undefined)
  t.equal(check({ headers: {}, query: '' })?.challenges.length, 2)
})

void t.test('combinations: all of them', async (t) => {
  const check = compileSecurity([{ key: [], bearer: [] }], schemes)
  t.equal(check({ headers: { authorization: 'Bearer a', 'x-api-key': 'a' }, query: '' }), undefined)
  const failure = check({ headers: { authorization: 'Bearer a' }, query: '' })
  t.strictSame(failure?.missing, [
    { scheme: 'key', reason: 'the header X-Api-Key with the API key is missing' },
  ])
})

void t.test('an empty requirement makes the others optional; none at all asks for nothing', async (t) => {
  for (const requirements of [undefined, [], [{}], [{ key: [] }, {}]]) {
    t.equal(compileSecurity(requirements, schemes)({ headers: {}, query: '' }), undefined)
  }
})

void t.test('a client certificate beside a key: the key is still asked for', async (t) => {
  t.ok(compileSecurity([{ mtls: [], key: [] }], schemes)({ headers: {}, query: '' }))
})
