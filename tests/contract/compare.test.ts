import { type TSchema, Type } from '@sinclair/typebox'
import t from 'tap'
import { comparePacts } from '../../src/contract/compare.js'
import { generateContract } from '../../src/contract/generate.js'
import type { ApiDescription } from '../../src/operation/description.js'
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

const media = (schema: TSchema) => [{ mediaType: 'application/json', schema, examples: [] }]

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
      ['error undocumented-parameter request query page docs/shop.md:40'],
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

void t.test('the contract of a description is promised by it', async (t) => {
  const { text, interactions } = generateContract(shop, { consumer: 'web', provider: 'shop' })
  const comparison = comparePacts([{ file: 'a.json', text }], shop)
  t.equal(comparison.interactions, interactions)
  t.strictSame(comparison.findings, [])
  t.strictSame(
    comparison.compared.map(({ number }) => number),
    Array.from({ length: interactions }, (_, index) => index + 1),
  )
})

void t.test('alternatives, and members of one direction', async (t) => {
  const card = Type.Object({ kind: Type.Literal('card'), digits: Type.String() })
  const cash = Type.Object({ kind: Type.Literal('cash'), coins: Type.Optional(Type.Integer()) })
  const secret = Type.Object({
    name: Type.String(),
    id: Type.Integer({ readOnly: true }),
    password: Type.String({ writeOnly: true }),
  })
  const [createOrder] = shop.operations
  const withSchema = (schema: TSchema): ApiDescription => ({
    ...shop,
    operations: shop.operations.map((operation) =>
      operation === createOrder
        ? {
            ...operation,
            requestBody: { required: true, source: operation.source, content: media(schema) },
            responses: operation.responses.map((response) => ({ ...response, content: media(schema) })),
          }
        : operation,
    ),
  })
  const send = { kind: 'card', digits: '1' }
  const cases: [string, TSchema, object, object, string[]][] = [
    ['one of them', Type.Union([card, cash]), send, { kind: 'card', digits: '1' }, []],
    ['the other', Type.Union([card, cash]), send, { kind: 'cash' }, []],
    [
      'the nearest',
      Type.Union([card, cash]),
      send,
      { kind: 'card', digits: '1', owner: 'x' },
      ['undocumented-member response body owner'],
    ],
    ['what only comes is not sent', secret, { name: 'a', password: 'b' }, { id: 1, name: 'a' }, []],
    [
      'what only is sent does not come',
      secret,
      { name: 'a', password: 'b' },
      { password: 'b' },
      ['undocumented-member response body password'],
    ],
    ['and must be sent', secret, { name: 'a' }, { id: 1 }, ['body-refused request body password']],
  ]
  for (const [name, schema, sent, received, expected] of cases) {
    const one = pact(
      { ...post, body: sent },
      { status: 201, headers: json, body: received, matchingRules: loose },
    )
    const { findings } = comparePacts([one], withSchema(schema))
    t.strictSame(
      findings.map(({ rule, where }) => `${rule} ${where}`),
      expected,
      name,
    )
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
