import t from 'tap'
import { comparePacts } from '../../src/contract/compare.js'
import { shop } from './shop.js'

const token = { 'X-SHOP-TOKEN': 'a' }
const order = { article: 'pen', amount: 2, delivery: 'post', channel: 'web' }
const post = {
  method: 'POST',
  path: '/shop/orders',
  headers: { ...token, 'Content-Type': 'application/json' },
  body: order,
}
const get = { method: 'GET', path: '/shop/orders/7', headers: { Authorization: 'Bearer a' } }
const json = { 'Content-Type': 'application/json' }
const loose = { '$.body': { match: 'type' } }

/** A pact of one interaction, as version 2 writes it. */
const pact = (request: object, response: object): { file: string; text: string } => ({
  file: 'web-shop.json',
  text: JSON.stringify({
    consumer: { name: 'web' },
    provider: { name: 'shop' },
    interactions: [{ description: 'a call', request, response }],
    metadata: { pactSpecification: { version: '2.0.0' } },
  }),
})

void t.test('what a consumer relies on and the docs do not promise', async (t) => {
  const cases: [string, object, object, string[]][] = [
    ['documented members', post, { status: 201, headers: json, body: { id: 1 }, matchingRules: loose }, []],
    ['a constant, exactly', post, { status: 201, headers: json, body: { status: 'OPEN' } }, []],
    [
      'a value, exactly',
      post,
      { status: 201, headers: json, body: { id: 7 } },
      ['warning exact-value response body id docs/shop.md:21'],
    ],
    [
      'a member of another type',
      post,
      { status: 201, headers: json, body: { lines: [{ article: 5 }] }, matchingRules: loose },
      ['error type-mismatch response body lines.0.article docs/shop.md:25'],
    ],
    [
      'a member that may be absent',
      post,
      { status: 201, headers: json, body: { coupon: 'x' }, matchingRules: loose },
      ['error optional-member response body coupon docs/shop.md:27'],
    ],
    [
      'a member that is not documented',
      post,
      { status: 201, headers: json, body: { total: 1 }, matchingRules: loose },
      ['error undocumented-member response body total docs/shop.md:20'],
    ],
    [
      'the body of a placeholder',
      post,
      { status: 401, headers: json, body: { a: 1 } },
      ['error undocumented-body response body docs/shop.md:30'],
    ],
    ['a status', post, { status: 418 }, ['error undocumented-status response status docs/shop.md:3']],
    [
      'a header',
      post,
      { status: 201, headers: { Location: '/x' } },
      ['error undocumented-header response header location docs/shop.md:19'],
    ],
    [
      'a media type',
      post,
      { status: 201, headers: { 'Content-Type': 'text/html' }, body: '<p>' },
      ['error undocumented-media-type response header Content-Type docs/shop.md:19'],
    ],
    [
      'another path',
      { method: 'GET', path: '/nowhere' },
      { status: 200 },
      ['error undocumented-operation request -'],
    ],
    [
      'another method',
      { method: 'PUT', path: '/shop/orders' },
      { status: 200 },
      ['error undocumented-operation request docs/shop.md:3'],
    ],
    [
      'no token',
      { ...post, headers: json },
      { status: 201 },
      ['error missing-parameter request header X-SHOP-TOKEN docs/shop.md:5'],
    ],
    ['no token, to be refused', { ...post, headers: json }, { status: 401 }, []],
    [
      'no bearer token',
      { ...get, headers: {} },
      { status: 200 },
      ['warning missing-credential request header Authorization docs/shop.md:40'],
    ],
    [
      'an identifier of another type',
      { ...get, path: '/shop/orders/x' },
      { status: 200 },
      ['error parameter-refused request path orderId docs/shop.md:44'],
    ],
    [
      'a query parameter',
      { ...get, query: 'fields=all&page=2' },
      { status: 200 },
      ['warning undocumented-parameter request query page docs/shop.md:40'],
    ],
    [
      'no body',
      { ...post, body: undefined },
      { status: 201 },
      ['error missing-body request body docs/shop.md:8'],
    ],
    [
      'a wrong body',
      { ...post, body: { ...order, amount: 0 } },
      { status: 201 },
      ['error body-refused request body amount docs/shop.md:11'],
    ],
    [
      'a body of another type',
      { ...post, headers: { ...token, 'Content-Type': 'text/csv' }, body: 'a;b' },
      { status: 201 },
      ['error media-type-refused request header Content-Type docs/shop.md:8'],
    ],
  ]
  for (const [name, request, response, expected] of cases) {
    const { findings, compatible } = comparePacts([pact(request, response)], shop)
    t.strictSame(
      findings.map(
        ({ severity, rule, where, source }) =>
          `${severity} ${rule} ${where} ${source ? `${source.file}:${source.line}` : '-'}`,
      ),
      expected,
      name,
    )
    t.equal(compatible, !expected.some((line) => line.startsWith('error')), name)
  }
})

void t.test('what is no pact is an error, and nothing to compare is not compatible', async (t) => {
  for (const text of [
    '',
    '[]',
    '{}',
    '{"consumer":{"name":"a"}}',
    '{"consumer":{"name":"a"},"interactions":[{}]}',
  ]) {
    t.throws(
      () => comparePacts([{ file: 'a.json', text }], shop),
      { code: 'STANDIN_ERR_PACT_UNREADABLE' },
      text,
    )
  }
  t.equal(comparePacts([], shop).compatible, false)
})
