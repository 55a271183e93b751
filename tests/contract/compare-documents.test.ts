import t from 'tap'
import { comparePacts } from '../../src/contract/compare.js'
import { pets } from './wild-documents.js'

/** The rules that a pact of one interaction breaks. */
const rulesOf = (request: object, response: object = {}): string[] =>
  comparePacts(
    [
      {
        file: 'web.json',
        text: JSON.stringify({
          consumer: { name: 'web' },
          interactions: [
            {
              description: 'a',
              request: { method: 'POST', ...request },
              response: { status: 200, ...response },
            },
          ],
        }),
      },
    ],
    pets,
  ).findings.map(({ rule }) => rule)

const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' }
const multipart = { 'Content-Type': 'multipart/form-data; boundary=b' }
const part = (name: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const xml = { 'Content-Type': 'application/xml' }
const base64 = (text: string, contentType: string): object => ({
  content: Buffer.from(text).toString('base64'),
  contentType,
  encoded: 'base64',
})
const urlencodedType = urlencoded['Content-Type']

void t.test('forms and XML are read before they are held against the schema', async (t) => {
  const cases: [string, object, string[]][] = [
    ['a form', { path: '/login', headers: urlencoded, body: 'user=ab&tries=3' }, []],
    [
      'a form that lacks a member',
      { path: '/login', headers: urlencoded, body: 'user=ab' },
      ['body-refused'],
    ],
    [
      'a form of version 4',
      {
        path: '/login',
        headers: urlencoded,
        body: { content: 'user=ab&tries=3', contentType: urlencodedType, encoded: false },
      },
      [],
    ],
    [
      'a form in base64',
      { path: '/login', headers: urlencoded, body: base64('user=ab&tries=2', urlencodedType) },
      ['body-refused'],
    ],
    [
      'a multipart form',
      { path: '/photos', headers: multipart, body: `${part('photo', 'x')}${part('width', '10')}--b--\r\n` },
      [],
    ],
    [
      'a multipart form with too little',
      { path: '/photos', headers: multipart, body: `${part('photo', 'x')}${part('width', '9')}--b--\r\n` },
      ['body-refused'],
    ],
    ['no multipart form', { path: '/photos', headers: multipart, body: 'photo=x' }, ['body-refused']],
    ['XML', { path: '/drawings', headers: xml, body: '<Login><user>ab</user><tries>3</tries></Login>' }, []],
    ['XML that breaks off', { path: '/drawings', headers: xml, body: '<Login><user>' }, ['body-refused']],
  ]
  for (const [name, request, expected] of cases) t.strictSame(rulesOf(request), expected, name)
})

void t.test('of alternative credentials any will do, in its own scheme', async (t) => {
  const add = (more: object): string[] =>
    rulesOf({ path: '/pets', body: { name: 'A', owner: null }, ...more })
  t.strictSame(add({ query: 'api_key=k' }), [])
  t.strictSame(add({ headers: { Authorization: 'Bearer t' } }), [])
  t.strictSame(add({ headers: { Authorization: 'Basic t' } }), ['missing-credential'])
  t.strictSame(add({}), ['missing-credential'])
})

void t.test('what a matcher turns down although the docs allow it', async (t) => {
  const read = (body: object, matchers: object): string[] =>
    rulesOf(
      { path: '/pets', query: 'api_key=k', body: { name: 'A', owner: null } },
      { body, matchingRules: { body: matchers } },
    )
  const by = (path: string, matcher: object): object => ({ [path]: { matchers: [matcher] } })
  const type = by('$', { match: 'type' })
  t.strictSame(read({ id: 1 }, by('$.id', { match: 'integer' })), [])
  t.strictSame(read({ id: 1.5 }, by('$.id', { match: 'decimal' })), ['type-mismatch'])
  t.strictSame(read({ id: 1 }, by('$.id', { match: 'decimal' })), ['type-mismatch'])
  t.strictSame(read({ owner: { email: 'a' } }, type), ['nullable-member'], 'an object that may be null')
  t.strictSame(read({ kind: 'cat' }, by('$.kind', { match: 'regex', regex: 'cat|dog' })), ['optional-member'])
  t.strictSame(
    read({ kind: 'cat' }, by('$.kind', { match: 'regex', regex: 'cat' })),
    ['optional-member', 'exact-value'],
    'one of two values',
  )
})
