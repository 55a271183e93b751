import { Type } from '@sinclair/typebox'
import t from 'tap'
import { joinOperations } from '../../src/operation/merge.js'
import type { Example, Operation, Response } from '../../src/operation/operation.js'
import { preparePairs, prepareEcho, type PairRequest } from '../../src/respond/pair.js'

const source = { file: 'api.yaml', line: 1 }
const example = (name: string, text: string, more: Partial<Example> = {}): Example => ({
  name,
  mediaType: 'application/json',
  text,
  origin: 'documented',
  repairs: [],
  source,
  ...more,
})
const response = (status: string, examples: Example[]): Response => ({
  status,
  headers: [],
  content: [{ mediaType: 'application/json', examples }],
  source,
})
const operation = (path: string, responses: Response[], more: Partial<Operation> = {}): Operation => ({
  operationId: 'op',
  method: 'GET',
  path,
  parameters: [],
  responses,
  resultCodes: [],
  links: [],
  source,
  sources: [source],
  ...more,
})
const found = (described: Operation, request: Partial<PairRequest>): string | undefined =>
  preparePairs(described)?.({ path: {}, query: {}, ...request })?.example?.name

const users = operation('/users/{id}', [
  response('200', [
    example('six', '{"id": 6, "friends": [{"id": 8}]}'),
    example('seven', '{"data": {"id": 7}}'),
    example('long', '{"id": 12345678901234567890}'),
    example('text', '{"id": "ab c"}'),
  ]),
  response('404', [example('missing', '{"id": 99}')]),
])
const byId: [id: string, name: string | undefined][] = [
  ['6', 'six'],
  ['7', 'seven'],
  ['12345678901234567890', 'long'],
  ['12345678901234567891', undefined],
  ['ab c', 'text'],
  ['8', undefined],
  ['99', undefined],
]
for (const [id, name] of byId) {
  void t.test(`/users/${id}`, async (t) => t.equal(found(users, { path: { id } }), name))
}

void t.test('the reason says which value', async (t) => {
  t.match(preparePairs(users)?.({ path: { id: '7' }, query: {} }), {
    status: '200',
    reason: 'it shows id 7, as the path does',
  })
})

void t.test('a status that is asked for is searched too', async (t) => {
  const request = { path: { id: '99' }, query: {} }
  t.equal(preparePairs(users)?.(request, { status: '404' })?.example?.name, 'missing')
  t.equal(preparePairs(users)?.({ path: { id: '7' }, query: {} }, { status: '404' }), undefined)
})

void t.test('all values of the path have to agree', async (t) => {
  const posts = operation('/users/{id}/posts/{postId}', [
    response('200', [
      example('a', '{"userId": 7, "id": 1}'),
      example('b', '{"user_id": 8, "id": 3}'),
      example('c', '{"user-id": 7, "id": 3}'),
    ]),
  ])
  t.equal(found(posts, { path: { id: '7', postId: '3' } }), 'c')
  t.equal(found(posts, { path: { id: '7', postId: '2' } }), undefined)
  t.equal(found(posts, { path: { id: '8', postId: '3' } }), 'b')
})

void t.test('query values', async (t) => {
  const parameters = [{ in: 'query' as const, name: 'status', schema: Type.String(), source }]
  const pets = operation(
    '/pets',
    [
      response('200', [
        example('sold', '[{"status":"sold"},{"status":"sold"}]'),
        example('open', '{"items":[{"status":"open"}]}'),
      ]),
    ],
    { parameters },
  )
  t.equal(found(pets, { query: { status: 'open' } }), 'open')
  t.equal(found(pets, { query: { status: 'sold' } }), 'sold')
  t.equal(found(pets, { query: { status: 'other' } }), undefined)
  t.equal(found(pets, {}), undefined)
})

void t.test('a request example is answered with the response example of its name', async (t) => {
  const content = [
    {
      mediaType: 'application/json',
      examples: [
        example('short pin', '{"pin": "1"}'),
        example('ok', '{"pin": "1111", "n": 14.0}'),
        example('alone', '{}'),
      ],
    },
  ]
  const reset = operation(
    '/pin',
    [
      response('400', [example('short pin', '{"msg":"short"}'), example('ok', '{}')]),
      response('200', [example('ok', '{"msg":"ok"}')]),
    ],
    { requestBody: { content, source } },
  )
  const pair = (body: unknown): string | undefined =>
    preparePairs(reset)?.({ path: {}, query: {}, body })?.status
  t.equal(pair({ pin: '1' }), '400')
  t.equal(pair({ n: 14, pin: '1111' }), '200', 'success first, order of members aside')
  t.equal(pair({ pin: '2' }), undefined)
  t.equal(pair({}), undefined)
  t.equal(pair(undefined), undefined)
})

const echoed: [path: string, text: string, values: Record<string, string>, expected: string][] = [
  ['/users/{id}', '{"id": 7, "amount": 14.0}', { id: '8' }, '{"id":8,"amount":14.0}'],
  ['/users/{id}', '{"id": 7}', { id: '7' }, '{"id": 7}'],
  ['/users/{id}', '{"id": 7}', { id: '12345678901234567890' }, '{"id":12345678901234567890}'],
  ['/users/{id}', '{"id": 7}', { id: 'x' }, '{"id": 7}'],
  ['/users/{id}', '{"id": 7}', { id: '007' }, '{"id": 7}'],
  ['/users/{id}', '{"id": "7"}', { id: '8' }, '{"id":"8"}'],
  ['/users/{userId}', '{"data":{"user_id":"a","id":1}}', { userId: 'b' }, '{"data":{"user_id":"b","id":1}}'],
  ['/users/{userId}', '{"data":{"id":1}}', { userId: '2' }, '{"data":{"id":2}}'],
  ['/users/{id}/posts/{postId}', '{"id":1,"userId":2}', { id: '5', postId: '6' }, '{"id":6,"userId":5}'],
  ['/companies/{id}/staff/{n}', '{"companyId":1,"id":3}', { id: '5', n: '6' }, '{"companyId":5,"id":3}'],
  ['/users/{id}', '{\n  "id": 7\n}', { id: '8' }, '{\n  "id": 8\n}'],
]
for (const [path, text, values, expected] of echoed) {
  void t.test(`echo ${path} ${JSON.stringify(values)} into ${text}`, async (t) => {
    t.equal(prepareEcho(operation(path, []), example('e', text))?.(values), expected)
  })
}

void t.test('nothing to echo into', async (t) => {
  const none: Example[] = [
    example('list', '[{"id":7}]'),
    example('other', '{"name":"x"}'),
    example('broken', '{"id"', { origin: 'text' }),
    example('plain', 'id 7', { mediaType: 'text/plain' }),
  ]
  for (const one of none) t.equal(prepareEcho(operation('/users/{id}', []), one), undefined, one.name)
})

void t.test('examples that nobody named do not pair a request with a refusal', async (t) => {
  const content = [{ mediaType: 'application/json', examples: [example('default', '{"a": 1}')] }]
  const upgrade = operation('/upgrade', [response('204', []), response('404', [example('default', '{}')])], {
    requestBody: { content, source },
  })
  t.equal(preparePairs(upgrade)?.({ path: {}, query: {}, body: { a: 1 } }), undefined)
})

const at = (line: number) => ({ source: { file: 'api.yaml', line } })
const forecast = operation(
  '/forecast/{region}',
  [
    response('200', [example('east', '{"t": -6}', at(1)), example('week', '{"t": [1]}', at(2))]),
    response('200', []),
    response('404', [example('unknown', '"no"', at(3)), example('other', '"no"', at(4))]),
    response('410', []),
  ],
  {
    exchanges: [
      { path: ['east'], query: {}, status: '404', example: at(4).source },
      { path: ['mars'], query: {}, status: '404', example: at(3).source },
      { path: ['east'], query: {}, status: '200', example: at(1).source },
      { path: ['east'], query: { days: '7' }, status: '200', example: at(2).source },
      { path: ['west'], query: {}, status: '410' },
      { path: ['gone'], query: {}, status: '200', example: at(99).source },
    ],
  },
)
const exchanges: [why: string, request: Partial<PairRequest>, status: string | undefined, name?: string][] = [
  ['a success before a refusal', { path: { region: 'east' } }, '200', 'east'],
  ['the one with most values', { path: { region: 'east' }, query: { days: 7 } }, '200', 'week'],
  ['other values are let be', { path: { region: 'east' }, query: { days: 8 } }, '200', 'east'],
  ['a refusal by its own value', { path: { region: 'mars' } }, '404', 'unknown'],
  ['a reply without a body', { path: { region: 'west' } }, '410'],
  ['none for other requests', { path: { region: 'north' } }, undefined],
  ['an example that is no more', { path: { region: 'gone' } }, undefined],
]
for (const [why, request, status, name] of exchanges) {
  void t.test(`a request that the docs show: ${why}`, async (t) => {
    const pair = preparePairs(forecast)?.({ path: {}, query: {}, ...request })
    t.equal(pair?.status, status)
    t.equal(pair?.example?.name, name)
  })
}

void t.test(
  'what the docs show for a request without values answers what is like none of the others',
  async (t) => {
    const list = operation('/entries', [
      response('200', [
        example('paid', '[1]', at(1)),
        example('all', '[1, 2]', at(2)),
        example('broken', '0', at(3)),
      ]),
    ])
    const described = {
      ...list,
      exchanges: [
        { path: [], query: { status: 'paid' }, status: '200', example: at(1).source },
        { path: [], query: {}, status: '200', example: at(2).source },
      ],
    }
    t.equal(found(described, {}), 'all')
    t.equal(found(described, { query: { status: 'paid', page: '1' } }), 'paid')
    t.equal(found(described, { query: { status: ['paid'] } }), 'paid')
    t.equal(found(described, { query: { status: 'open' } }), 'all')
    t.match(preparePairs(described)?.({ path: {}, query: { status: 'paid' } }), {
      reason: 'the docs show it for status paid in the query',
    })
  },
)

void t.test('a body that is sent is more than its path: no refusal by the path alone', async (t) => {
  const content = [{ mediaType: 'application/json', examples: [] }]
  const change = operation(
    '/users/{id}',
    [response('200', []), response('400', [example('no', '0', at(1))])],
    {
      requestBody: { content, source },
      exchanges: [{ path: ['7'], query: {}, status: '400', example: at(1).source }],
    },
  )
  t.equal(found({ ...change, method: 'PUT' }, { path: { id: '7' }, body: { a: 1 } }), undefined)
  t.equal(found(change, { path: { id: '7' } }), 'no', 'what a GET might bring tells nothing')
})

void t.test('examples that are all on one line, as in documents that no person wrote', async (t) => {
  const described = operation('/pets/{id}', [response('200', [example('cat', '{}'), example('dog', '[]')])], {
    exchanges: [
      { path: ['a'], query: {}, status: '200', example: source, name: 'cat' },
      { path: ['b'], query: {}, status: '200', example: source, name: 'dog' },
    ],
  })
  t.equal(found(described, { path: { id: 'a' } }), 'cat')
  t.equal(found(described, { path: { id: 'b' } }), 'dog')
  // Another account has a dog of its own, so that one of them gets another name.
  const other = operation('/pets/{id}', [response('200', [example('dog', '1')])], {
    exchanges: [{ path: ['c'], query: {}, status: '200', example: source, name: 'dog' }],
  })
  const merged = joinOperations([described, other])
  const bodyFor = (id: string) => preparePairs(merged)?.({ path: { id }, query: {} })?.example?.text
  t.strictSame([bodyFor('a'), bodyFor('b'), bodyFor('c')], ['{}', '[]', '1'])
})
