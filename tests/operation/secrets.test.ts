import { assert, constantFrom, jsonValue, property } from 'fast-check'
import t from 'tap'
import { parseExact, stringifyExact } from '../../src/operation/json.js'
import { REDACTED, redactHeaders, redactJson, redactPairs, secretsIn } from '../../src/operation/secrets.js'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln'

void t.test('redactJson', async (t) => {
  const cases: [string, unknown, unknown, Parameters<typeof redactJson>[1]?][] = [
    ['by name, at any depth', { a: [{ pin: '1234', n: 1 }] }, { a: [{ pin: REDACTED, n: 1 }] }],
    ['everything under a secret name', { tokens: { a: ['x', 2] } }, { tokens: { a: [REDACTED, REDACTED] } }],
    ['flags say nothing', { pin: null, password: true }, { pin: null, password: true }],
    ['tokens in any text', { note: `is ${JWT}!` }, { note: `is ${REDACTED}!` }],
    ['secrets of a URL', { next: '/x?apiKey=1&a=2' }, { next: `/x?apiKey=${REDACTED}&a=2` }],
    ['a pointer', { a: { b: 1, c: 2 } }, { a: { b: REDACTED, c: 2 } }, { pointers: ['/a/b'] }],
    [
      'a pointer over a list',
      { a: [{ b: 1 }, { b: 2 }] },
      { a: [{ b: REDACTED }, { b: REDACTED }] },
      { pointers: ['/a/*/b'] },
    ],
    ['an escaped pointer', { 'a/b': 1 }, { 'a/b': REDACTED }, { pointers: ['/a~1b'] }],
    ['the whole value', 'x', REDACTED, { pointers: [''] }],
    [
      'a known secret',
      { echo: '4711', say: '4711 it is' },
      { echo: REDACTED, say: '4711 it is' },
      { known: new Set(['4711']) },
    ],
    [
      'a long known secret inside a text',
      { say: 'Bearer abcdefgh.' },
      { say: `Bearer ${REDACTED}.` },
      { known: new Set(['abcdefgh']) },
    ],
    ['a known secret that is a number', { echo: 4711 }, { echo: REDACTED }, { known: new Set(['4711']) }],
    [
      '__proto__ is a member',
      JSON.parse('{"__proto__":{"pin":1}}'),
      JSON.parse(`{"__proto__":{"pin":"${REDACTED}"}}`),
    ],
  ]
  for (const [name, value, expected, options] of cases) {
    t.equal(stringifyExact(redactJson(value, options)), stringifyExact(expected), name)
  }
})

void t.test('numbers that are not secret keep their digits', async (t) => {
  t.equal(
    stringifyExact(
      redactJson(parseExact('{"id":9007199254740993,"a":14.0,"pin":0001e2}'.replace('0001e2', '1e2'))),
    ),
    `{"id":9007199254740993,"a":14.0,"pin":"${REDACTED}"}`,
  )
})

void t.test('no text under a secret name survives', async () => {
  assert(
    property(jsonValue({ maxDepth: 4 }), constantFrom('pin', 'accessToken', 'X-API-KEY'), (inner, name) => {
      const value = { list: [{ [name]: inner }] }
      const secrets = [...secretsIn(value)]
      const redacted = redactJson(value)
      return (
        secretsIn(redacted).size <= 1 &&
        [...secretsIn(redacted)].every((one) => one === REDACTED) &&
        secrets.length >= 0
      )
    }),
    { seed: 7 },
  )
})

void t.test('redactHeaders and redactPairs', async (t) => {
  t.strictSame(
    redactHeaders({
      authorization: 'Basic x',
      'set-cookie': ['a=1'],
      'x-api-key': 'k',
      accept: 'a/b',
      link: ['</x?token=1>'],
      none: undefined,
    }),
    {
      authorization: REDACTED,
      'set-cookie': REDACTED,
      'x-api-key': REDACTED,
      accept: 'a/b',
      link: [`</x?token=${REDACTED}`],
      none: undefined,
    },
  )
  t.equal(
    redactPairs('user=a&password=b%20c&next=%2Fx%3Fpin%3D1'),
    `user=a&password=${REDACTED}&next=${REDACTED}`,
  )
})

void t.test('a value of any depth ends', async (t) => {
  const deep = parseExact('['.repeat(50_000) + '"x"' + ']'.repeat(50_000))
  t.match(stringifyExact(redactJson(deep)), REDACTED)
})
