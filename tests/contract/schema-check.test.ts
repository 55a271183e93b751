import t from 'tap'
import { checkResponse } from '../../src/contract/schema-check.js'
import { shop } from './shop.js'

const [createOrder, getOrder] = shop.operations
if (!createOrder || !getOrder) throw new Error('The shop has two operations')

const json = { 'Content-Type': 'application/json; charset=utf-8' }
const order = { id: 1, status: 'OPEN', price: 1.5, lines: [{ article: 'pen', amount: 1 }] }
const body = (change: object): string => JSON.stringify({ ...order, ...change })

void t.test('what a response does differently is told by the line that says it', async (t) => {
  const cases: [string, number, object, string, string[]][] = [
    ['as documented', 201, json, body({}), []],
    ['more members', 201, json, body({ more: [1] }), []],
    ['an empty list', 201, json, body({ lines: [] }), []],
    ['another type', 201, json, body({ id: 'x' }), ['body id: integer, not "x" (docs/shop.md:21)']],
    [
      'another constant',
      201,
      json,
      body({ status: 'NEW' }),
      ['body status: "OPEN", not "NEW" (docs/shop.md:22)'],
    ],
    [
      'a member missing',
      201,
      json,
      body({ price: undefined }),
      ['body price: to be there, not nothing (docs/shop.md:23)'],
    ],
    [
      'inside a list',
      201,
      json,
      body({ lines: [{ article: 1, amount: 2 }] }),
      ['body lines.0.article: string, not 1 (docs/shop.md:25)'],
    ],
    ['an optional member', 201, json, body({ coupon: 5 }), ['body coupon: string, not 5 (docs/shop.md:27)']],
    ['no JSON', 201, json, '', ['body: a JSON document, not an empty body (docs/shop.md:19)']],
    [
      'HTML',
      201,
      { 'content-type': 'text/html' },
      '<p>',
      ['header Content-Type: application/json, not text/html (docs/shop.md:19)'],
    ],
    [
      'no type',
      201,
      {},
      body({}),
      ['header Content-Type: application/json, not no Content-Type (docs/shop.md:19)'],
    ],
    [
      'an undocumented status',
      500,
      json,
      body({}),
      ['status: one of 201, 401, 409, not 500 (docs/shop.md:3)'],
    ],
    ['an undocumented body', 401, { 'content-type': 'text/html' }, '<p>', []],
  ]
  for (const [name, status, headers, text, expected] of cases) {
    const failures = checkResponse(createOrder, { status, headers: { ...headers }, body: text }, {})
    t.strictSame(
      failures.map(
        ({ where, expected, actual, source }) =>
          `${where}: ${expected}, not ${actual} (${source.file}:${source.line})`,
      ),
      expected,
      name,
    )
  }
})

void t.test('the default stands for what is not documented otherwise', async (t) => {
  t.strictSame(checkResponse(getOrder, { status: 503, headers: {}, body: '' }), [])
})
