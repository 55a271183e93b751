import t from 'tap'
import type { Condition } from '../../src/steer/condition.js'
import { conditionDiffers } from '../../src/steer/match-condition.js'

const call = {
  input: {
    method: 'POST',
    url: '/users/7/reset?tag=a&tag=b&n=7&q=x?y',
    headers: { 'x-api-token': 'abc', accept: 'application/json' },
    body: '{"pin":"1111","mode":1,"id":9007199254740993,"tags":["a","b"],"user":{"name":"Ann"}}',
  },
  path: { id: '7' },
  valid: true,
}

const cases: readonly (readonly [name: string, condition: Condition, differs: readonly string[]])[] = [
  ['nothing asked', {}, []],
  ['a header by name in any case', { headers: { Accept: 'application/json' } }, []],
  [
    'a header that is another',
    { headers: { accept: 'text/html' } },
    ['header accept is "application/json", expected "text/html"'],
  ],
  ['a secret is compared', { headers: { 'X-API-Token': 'abc' } }, []],
  ['and not told', { headers: { 'X-API-Token': 'abd' } }, ['header X-API-Token is another than expected']],
  ['nor in a body', { body: { '/pin': '2222' } }, ['body /pin is another than expected']],
  ['absent', { headers: { 'x-other': '1' } }, ['header x-other is absent, expected "1"']],
  ['present', { headers: { accept: { present: true } } }, []],
  ['present and asked not to be', { headers: { accept: { present: false } } }, ['header accept is there']],
  ['absent and asked to be there', { query: { z: { present: true } } }, ['query z is absent']],
  ['one of several values', { query: { tag: 'b' } }, []],
  ['none of several values', { query: { tag: 'c' } }, ['query tag is "a", "b", expected "c"']],
  ['a query with a mark in it', { query: { q: 'x?y' } }, []],
  ['a query is text', { query: { n: 7 } }, []],
  ['a path parameter', { path: { id: 7 } }, []],
  ['what every object has', { path: { constructor: 'x' } }, ['path constructor is absent, expected "x"']],
  ['a number of a body', { body: { '/mode': 1 } }, []],
  ['a text is no number', { body: { '/mode': '1' } }, ['body /mode is 1, expected "1"']],
  ['inside', { body: { '/user/name': { matches: '^A' } } }, []],
  ['an object', { body: { '/user': { equals: { name: 'Ann' } } } }, []],
  ['an item', { body: { '/tags': { contains: 'b' } } }, []],
  ['no item', { body: { '/tags': { contains: 'c' } } }, ['body /tags is ["a","b"], expected to contain "c"']],
  ['part of a text', { body: { '/user/name': { contains: 'nn' } } }, []],
  ['all digits', { body: { '/id': { matches: '^9007199254740993$' } } }, []],
  ['no match', { body: { '/mode': { matches: '2' } } }, ['body /mode is 1, expected to match /2/']],
  ['nothing there', { body: { '/a/b': { present: false } } }, []],
  ['valid', { valid: true }, []],
  ['not invalid', { valid: false }, ['the request keeps to the docs']],
  [
    'several',
    { valid: false, query: { tag: 'c' } },
    ['query tag is "a", "b", expected "c"', 'the request keeps to the docs'],
  ],
]

for (const [name, condition, differs] of cases) {
  void t.test(name, async (t) => t.strictSame(conditionDiffers(condition, call), differs))
}

void t.test('forms, text and bytes', async (t) => {
  const form = {
    ...call,
    input: {
      ...call.input,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'a=1&b=x+y&b=z',
    },
  }
  t.strictSame(conditionDiffers({ body: { '/a': 1, '/b': { contains: 'z' } } }, form), [])
  const text = { ...call, input: { ...call.input, body: 'plain words' } }
  t.strictSame(conditionDiffers({ body: { '': { contains: 'words' } } }, text), [])
  t.strictSame(conditionDiffers({ body: { '': 'x' } }, text), ['body is another than expected'])
  const bytes = { ...call, input: { ...call.input, body: new TextEncoder().encode('{"a":"é"}') } }
  t.strictSame(conditionDiffers({ body: { '/a': 'é' } }, bytes), [])
  const none = { ...call, input: { ...call.input, body: undefined } }
  t.strictSame(conditionDiffers({ body: { '': { present: true } } }, none), ['body is absent'])
})
