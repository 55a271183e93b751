import * as fc from 'fast-check'
import t from 'tap'
import { type Preferences, readPreferences } from '../../src/respond/prefer.js'

const cases: [header: string | undefined, query: string, expected: Preferences][] = [
  [undefined, '', {}],
  [undefined, 'limit=1', {}],
  ['code=404', '', { code: '404' }],
  ['Code=404', '', { code: '404' }],
  ['code=404, example="foo bar"; dynamic=true', '', { code: '404', example: 'foo bar', dynamic: true }],
  ['code = 404 , example=cat', '', { code: '404', example: 'cat' }],
  ['example="say \\"hi\\", twice; now"', '', { example: 'say "hi", twice; now' }],
  ['code=404, code=500', '', { code: '404' }],
  ['dynamic', '', { dynamic: true }],
  ['dynamic=False', '', { dynamic: false }],
  ['return=minimal, wait=10, respond-async', '', {}],
  ['', '', {}],
  [',;,', '', {}],
  [undefined, '__code=201&__example=a+b&__dynamic=true', { code: '201', example: 'a b', dynamic: true }],
  [undefined, 'x=1&__example=caf%C3%A9', { example: 'café' }],
  ['code=404', '__code=201&__example=a', { code: '404', example: 'a' }],
  ['return=minimal', '__code=201', { code: '201' }],
  [
    'code=abc',
    '',
    {
      invalid: [
        {
          in: 'header',
          name: 'code',
          value: 'abc',
          message: 'must be a final status of three digits, such as 404',
        },
      ],
    },
  ],
  [
    undefined,
    '__code=100',
    {
      invalid: [
        {
          in: 'query',
          name: 'code',
          value: '100',
          message: 'must be a final status of three digits, such as 404',
        },
      ],
    },
  ],
  [
    'code=abc, example=cat',
    '__dynamic=maybe',
    {
      example: 'cat',
      invalid: [
        {
          in: 'header',
          name: 'code',
          value: 'abc',
          message: 'must be a final status of three digits, such as 404',
        },
        { in: 'query', name: 'dynamic', value: 'maybe', message: 'must be true or false' },
      ],
    },
  ],
  [
    'example=',
    '',
    { invalid: [{ in: 'header', name: 'example', value: '', message: 'must name an example' }] },
  ],
]

for (const [header, query, expected] of cases) {
  void t.test(`${String(header)} ? ${query}`, async (t) => {
    t.strictSame(readPreferences(header, query), expected)
    t.strictSame(readPreferences(header, new URLSearchParams(query)), expected)
  })
}

void t.test('any name of an example comes through quotes and through the query', async () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      const quoted = name.replaceAll(/["\\]/g, '\\$&')
      return (
        readPreferences(`code=200, example="${quoted}"`, '').example === name &&
        readPreferences(undefined, `__example=${encodeURIComponent(name)}`).example === name
      )
    }),
    { seed: 7 },
  )
})
