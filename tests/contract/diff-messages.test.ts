import t from 'tap'
import { diffDescriptions } from '../../src/contract/diff.js'
import type { ApiDescription } from '../../src/operation/description.js'
import { changesOf, type Said } from './diff-documents.js'
import { shop } from './shop.js'

const parameter = (place: string, schema: object, more: object = {}): object => ({
  in: place,
  name: 'p',
  schema,
  ...more,
})
const text = { type: 'string' }
const list = { type: 'array', items: text }

void t.test('parameters', async (t) => {
  const integer = { type: 'integer' }
  const cases: [string, object, object, string[]][] = [
    [
      'from a header into the query',
      parameter('header', text),
      parameter('query', text),
      ['breaking parameter-moved request header p', 'safe parameter-added request query p'],
    ],
    [
      'from the query into a header',
      parameter('query', text),
      parameter('header', text, { required: true }),
      ['breaking parameter-moved request query p', 'breaking required-parameter-added request header p'],
    ],
    [
      'any text instead of an integer',
      parameter('query', integer),
      parameter('query', text),
      ['safe request-type-widened request query p'],
    ],
    [
      'only integers',
      parameter('query', text),
      parameter('query', integer),
      ['breaking request-type-narrowed request query p'],
    ],
    [
      'another default',
      parameter('query', { ...integer, default: 20 }),
      parameter('query', { ...integer, default: 50 }),
      ['breaking request-default-changed request query p'],
    ],
    [
      'a list in one value',
      parameter('query', list),
      parameter('query', list, { explode: false }),
      ['breaking parameter-style-changed request query p'],
    ],
    [
      'the style that is the default',
      parameter('query', list),
      parameter('query', list, { style: 'form' }),
      [],
    ],
    [
      'a style that changes nothing',
      parameter('query', text),
      parameter('query', text, { explode: false }),
      [],
    ],
  ]
  for (const [name, old, now, expected] of cases)
    t.strictSame(changesOf({ parameters: [old] }, { parameters: [now] }), expected, name)
})

void t.test('credentials: each alternative that was enough must still be', async (t) => {
  const key = { key: [] }
  const bearer = { bearer: [] }
  const cases: [string, readonly object[], readonly object[], string[]][] = [
    [
      'another alternative',
      [key],
      [key, bearer],
      ['safe credential-alternative-added request header Authorization'],
    ],
    [
      'before the others',
      [key],
      [bearer, key],
      ['safe credential-alternative-added request header Authorization'],
    ],
    ['one alternative less', [key, bearer], [key], ['breaking credential-required request header X-Key']],
    ['both', [key], [{ ...key, ...bearer }], ['breaking credential-required request header Authorization']],
    ['one of both', [{ ...key, ...bearer }], [key], ['safe credential-dropped request header Authorization']],
    [
      'another scheme',
      [{ basic: [] }],
      [bearer],
      [
        'breaking credential-required request header Authorization',
        'safe credential-dropped request header Authorization',
      ],
    ],
    ['none is enough now', [key], [key, {}], ['safe credential-dropped request header X-Key']],
    ['none was enough', [key, {}], [key], ['breaking credential-required request header X-Key']],
    [
      'a scope more',
      [{ oauth: ['r'] }],
      [{ oauth: ['r', 'w'] }],
      ['breaking credential-required request header Authorization'],
    ],
    [
      'a scope less',
      [{ oauth: ['r', 'w'] }],
      [{ oauth: ['r'] }],
      ['safe credential-dropped request header Authorization'],
    ],
    ['a certificate', [], [{ certificate: [] }], ['breaking credential-required request client certificate']],
  ]
  for (const [name, old, now, expected] of cases)
    t.strictSame(changesOf({ security: old }, { security: now }), expected, name)
})

void t.test('media types', async (t) => {
  const said = (requestType: string): Said => ({ request: { type: 'object' }, requestType })
  t.strictSame(
    changesOf(said('application/json'), said('application/*')),
    ['safe request-media-type-added request body'],
    'a range takes what was sent',
  )
  // Two media types that shared one schema, of which the second has another now.
  const [createOrder, ...others] = shop.operations
  const { requestBody } = createOrder ?? {}
  const [first, second] = requestBody?.content ?? []
  if (!createOrder || !requestBody || !first?.schema || !second) throw new Error('The shop takes two types')
  const shared: ApiDescription = {
    ...shop,
    operations: [
      {
        ...createOrder,
        requestBody: { ...requestBody, content: [first, { ...second, schema: first.schema }] },
      },
      ...others,
    ],
  }
  const apart: ApiDescription = {
    ...shop,
    operations: [
      {
        ...createOrder,
        requestBody: {
          ...requestBody,
          content: [first, { ...second, schema: { ...first.schema, maxProperties: 1 } }],
        },
      },
      ...others,
    ],
  }
  t.strictSame(
    diffDescriptions(shared, apart).changes.map(({ rule }) => rule),
    ['request-constraint-tightened'],
    'each of them is compared',
  )
})
