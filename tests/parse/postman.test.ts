import { readFileSync } from 'node:fs'
import t from 'tap'
import { joinOperations } from '../../src/operation/merge.js'
import type { Operation } from '../../src/operation/operation.js'
import { readPostman } from '../../src/parse/postman.js'

const path = 'fixtures/postman-cases/shop-2.1.json'
const shop = readPostman({ path, text: readFileSync(path, 'utf8') })
const named = (name: string) => shop.operations.find(({ summary }) => summary === name)

void t.test('requests become operations', (t) => {
  t.match(shop, { title: 'Shop', summary: 'All of the shop' })
  t.strictSame(
    shop.operations.map(
      ({ method, path, operationId, source }) => `${source.line} ${method} ${path} ${operationId}`,
    ),
    [
      '17 GET /api/v3/orders/{id}/items/{sku} getApiV3OrdersByIdItemsBySku',
      '59 POST /api/v3/orders postApiV3Orders',
      '86 POST /login postLogin',
      '102 PUT /files putFiles',
      '111 POST /graphql postGraphql',
      '119 GET /plain getPlain',
    ],
  )
  t.match(named('Get order'), { description: 'One order', tags: ['Orders'] })
  t.end()
})

void t.test('parameters have their place, example and line', (t) => {
  t.strictSame(
    named('Get order')?.parameters.map(({ schema: _schema, source, ...facts }) => ({
      ...facts,
      line: source.line,
    })),
    [
      { in: 'path', name: 'id', required: true, description: 'Of the order', example: '17', line: 34 },
      { in: 'path', name: 'sku', required: true, example: 'A-1', line: 26 },
      { in: 'query', name: 'expand', description: 'What to add', example: 'lines', line: 31 },
      { in: 'query', name: 'page', example: '2', line: 32 },
      { in: 'header', name: 'X-Tenant', description: 'Whose', example: 'acme', line: 23 },
    ],
  )
  t.match(named('Sign in')?.parameters, [{ in: 'query', name: 'next', example: '/home' }])
  t.end()
})

void t.test('saved responses are examples, paired with their requests by name', (t) => {
  t.match(named('Get order')?.responses, [
    {
      status: '200',
      description: 'OK',
      headers: [{ name: 'X-Rate', example: '5' }],
      content: [
        {
          mediaType: 'application/json; charset=utf-8',
          examples: [
            {
              name: 'Found',
              text: '{\n  "id": 17,\n  "total": 14.0\n}',
              origin: 'documented',
              source: { line: 48 },
            },
          ],
        },
      ],
    },
    { status: '404', content: [{ mediaType: 'text/plain', examples: [{ name: 'Found2', text: 'gone' }] }] },
  ])
  t.equal(named('Get order')?.responses.length, 2)
  const add = named('Add order')
  t.match(add?.requestBody?.content, [
    {
      mediaType: 'application/json',
      examples: [
        { name: 'default', text: '{"version": 7, "price": 1.50}' },
        { name: 'Made', text: '{"a": 1}' },
      ],
    },
  ])
  t.match(add?.responses, [
    { status: '201', content: [{ examples: [{ name: 'Made', text: '{ broken', origin: 'text' }] }] },
  ])
  t.end()
})

void t.test('bodies that are no raw text', (t) => {
  t.match(named('Sign in')?.requestBody, {
    content: [{ mediaType: 'application/x-www-form-urlencoded', examples: [{ text: 'user=ann+lee' }] }],
    parameters: [{ in: 'body', name: 'user', description: 'Who', example: 'ann lee' }, { name: 'hint' }],
  })
  t.match(named('Upload')?.requestBody?.content, [
    {
      mediaType: 'multipart/form-data',
      schema: { properties: { file: { format: 'binary' }, n: { type: 'string' } } },
    },
  ])
  t.match(named('Ask')?.requestBody?.content[0]?.examples, [
    { text: '{"query":"query($id: ID){a(id: $id)}","variables":{"id": 1.0}}' },
  ])
  t.end()
})

void t.test('what requests demand of credentials', (t) => {
  t.match(shop.securitySchemes, {
    bearer: { type: 'http', scheme: 'bearer' },
    'query X-Key': { type: 'apiKey', in: 'query', name: 'X-Key' },
  })
  t.strictSame(
    shop.operations.map(({ security }) => security),
    [[{ bearer: [] }], [], [{ 'query X-Key': [] }], undefined, [{ bearer: [] }], [{ bearer: [] }]],
  )
  t.end()
})

void t.test('what is wrong is found in its place', (t) => {
  t.strictSame(
    shop.findings.map(({ rule, source }) => `${source.line} ${rule}`),
    [
      '56 invalid-status',
      '80 sample-not-json',
      '105 security-not-understood',
      '120 unknown-method',
      '121 invalid-operation',
    ],
  )
  t.throws(() => readPostman({ path: 'a.json', text: '{"info": {}}' }), {
    code: 'STANDIN_ERR_SOURCE_UNREADABLE',
    message: /^a\.json:1: It is no Postman collection/,
  })
  t.end()
})

void t.test('the format 2.0 writes attributes as objects', (t) => {
  const text = JSON.stringify({
    info: { name: 'Old', schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
    item: [
      {
        name: 'a',
        request: {
          url: 'http://{{host}}/a/:id',
          method: 'GET',
          header: 'X-One: 1',
          auth: { type: 'apikey', apikey: { key: 'X-Key', in: 'header', value: 'x' } },
        },
      },
    ],
  })
  const old = readPostman({ path: 'old.json', text })
  t.match(old.securitySchemes, { 'header X-Key': { type: 'apiKey', in: 'header', name: 'X-Key' } })
  t.match(old.operations, [{ path: '/a/{id}', security: [{ 'header X-Key': [] }] }])
  t.end()
})

void t.test(
  'a collection as the API of Postman wraps it, and the requests that its replies answered',
  (t) => {
    const file = {
      path: 'forecast.json',
      text: readFileSync('fixtures/postman-cases/forecast-2.1.json', 'utf8'),
    }
    const [one, other] = readPostman(file).operations
    const line = (number: number) => ({ file: 'forecast.json', line: number })
    t.strictSame(one?.exchanges, [
      { path: ['mars'], query: {}, status: '404', example: line(19), name: 'Unknown' },
      { path: ['far east'], query: {}, status: '200', example: line(27), name: 'East' },
      { path: ['far east'], query: { days: '7' }, status: '200', example: line(33), name: 'Week' },
      { path: [null], query: {}, status: '200', example: line(44), name: 'Any' },
      { path: ['atlantis'], query: {}, status: '410' },
    ])
    // The other shows the same body, which is kept once.
    const both = joinOperations([one, other].filter((each) => each !== undefined) as [Operation, Operation])
    t.strictSame(both.exchanges?.at(-1), {
      path: ['venus'],
      query: {},
      status: '404',
      example: line(19),
      name: 'Unknown',
    })
    t.end()
  },
)

void t.test('a form that sends a field twice takes it twice, and shows what is sent', (t) => {
  const file = {
    path: 'forecast.json',
    text: readFileSync('fixtures/postman-cases/forecast-2.1.json', 'utf8'),
  }
  const report = readPostman(file).operations.find(({ summary }) => summary === 'Report')
  const [content] = report?.requestBody?.content ?? []
  t.match(content?.schema?.['properties'], { tag: { type: 'array', items: { type: 'string' } } })
  t.equal(content?.examples[0]?.text, 'tag=rain&tag=wind')
  t.strictSame(
    report?.requestBody?.parameters?.map(({ name }) => name),
    ['tag', 'draft'],
  )
  t.end()
})
