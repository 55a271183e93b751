import t from 'tap'
import { compiler, operation, readCase, readFiles } from './helper.js'

const LIBRARY = 'library-3.1.yaml'
const file = `fixtures/openapi-cases/${LIBRARY}`

void t.test('a description of 3.1, all its facts', (t) => {
  const library = readCase(LIBRARY)
  t.match(library, { title: 'Library', version: '2.4', summary: 'Books and who has them' })
  t.match(library.securitySchemes, {
    token: { type: 'http', scheme: 'bearer', rest: { bearerFormat: 'JWT' } },
  })
  t.strictSame(
    library.operations.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`),
    [
      'GET /v2/api/books/{isbn} getBook',
      'PUT /v2/api/books/{isbn} putV2ApiBooksByIsbn',
      'GET /archive/shelves/{room}/{shelf} getBook2',
      'POST /v2/api/half postV2ApiHalf',
    ],
  )
  const get = operation(library, 'getBook')
  t.match(get, {
    summary: 'One book',
    deprecated: true,
    tags: ['books', 'public'],
    links: [{ text: 'More', href: 'https://library.test/docs' }],
    security: [{ token: [] }, {}],
    source: { file, line: 22 },
  })
  t.strictSame(operation(library, 'putV2ApiBooksByIsbn').security, [])
  t.strictSame(
    get.parameters.map(({ schema: _schema, source, ...facts }) => ({ ...facts, line: source.line })),
    [
      { in: 'path', name: 'isbn', required: true, line: 101 },
      {
        in: 'query',
        name: 'lang',
        required: true,
        style: 'pipeDelimited',
        explode: false,
        example: 'en|de',
        line: 28,
      },
      { in: 'query', name: 'filter', mediaType: 'application/json', line: 35 },
      { in: 'cookie', name: 'session', example: 'abc', line: 40 },
    ],
  )
  t.end()
})

void t.test('replies and their examples, digit by digit', (t) => {
  const get = operation(readCase(LIBRARY), 'getBook')
  t.strictSame(
    get.responses.map(({ status }) => status),
    ['200', '4XX', 'default'],
  )
  const [ok, problem] = get.responses
  t.match(ok?.headers, [{ name: 'X-Rate', required: true, example: '7' }])
  t.strictSame(
    ok?.content.map(({ mediaType, examples }) => [mediaType, examples.map(({ name, text }) => [name, text])]),
    [
      [
        'application/json',
        [
          ['dune', '{"isbn":"0441","price":14.0,"copies":12345678901234567890,"note":"yes"}'],
          ['shared', '{"isbn":"1"}'],
        ],
      ],
      ['text/csv', [['default', 'isbn,price\n0441,14.0\n']]],
    ],
  )
  t.match(ok?.content[0]?.examples[0], {
    summary: 'A long one',
    origin: 'documented',
    source: { file, line: 53 },
  })
  t.match(problem?.content[0]?.examples, [
    { name: 'default', text: '{"title":"Wrong"}', source: { line: 113 } },
  ])
  t.end()
})

void t.test('request bodies', (t) => {
  const { requestBody } = operation(readCase(LIBRARY), 'putV2ApiBooksByIsbn')
  t.match(requestBody, { required: true, source: { line: 69 } })
  t.match(requestBody?.content, [
    { mediaType: 'application/json', examples: [] },
    { mediaType: 'application/x-www-form-urlencoded', examples: [{ text: 'isbn=0441&tags=a&tags=b' }] },
    { mediaType: 'multipart/form-data', encoding: { file: { contentType: 'image/png' } } },
  ])
  t.end()
})

void t.test('what is wrong is found in its place, and takes nothing else down', (t) => {
  const library = readCase(LIBRARY)
  t.strictSame(
    library.findings
      .toSorted((a, b) => a.source.line - b.source.line)
      .map(({ rule, severity, source }) => `${source.line} ${severity} ${rule}`),
    [
      '6 info several-base-paths',
      '59 warning external-example',
      '60 warning example-without-value',
      '67 error invalid-status',
      '84 warning undeclared-path-parameter',
      '85 error duplicate-operation-id',
      '88 warning unknown-path-parameter',
      '89 error invalid-parameter',
      '90 error unresolved-reference',
      '93 error invalid-path-item',
      '95 error invalid-operation',
      '97 info webhooks-ignored',
      '116 error invalid-security-scheme',
    ],
  )
  t.strictSame(
    operation(library, 'getBook2').responses[0]?.content[0]?.examples.map(({ text }) => text),
    ['{"rows": [1.50]}'],
    'a body that the author quoted is the body',
  )
  t.end()
})

const paths = (basePath: string): string[] =>
  readCase(LIBRARY, { basePath }).operations.map(({ path }) => path)

void t.test('a base path of our own replaces those of the description', (t) => {
  t.strictSame(paths('mock/').slice(1, 3), ['/mock/books/{isbn}', '/mock/shelves/{room}/{shelf}'])
  t.equal(paths('/')[0], '/books/{isbn}')
  t.end()
})

void t.test('a description of 2.0', (t) => {
  const pets = readCase('pets-2.0.json')
  t.strictSame(pets.findings, [])
  t.match(pets.securitySchemes, {
    basic: { type: 'http', scheme: 'basic' },
    key: { type: 'apiKey', in: 'query', name: 'api_key' },
    oauth: {
      type: 'oauth2',
      rest: { flows: { authorizationCode: { tokenUrl: 'https://t.test', scopes: { read: 'Reads' } } } },
    },
  })
  const list = operation(pets, 'listPets')
  t.match(list, { path: '/v1/pets', security: [{ key: [] }] })
  t.match(list.parameters, [
    { name: 'limit', example: '10', source: { line: 15 } },
    { name: 'tags', style: 'form', explode: true },
    { name: 'ids', style: 'form', explode: false },
    { name: 'codes', style: 'pipeDelimited', explode: false },
  ])
  t.match(list.responses[0]?.content, [
    { mediaType: 'application/json', examples: [{ text: '[{"id":1.0,"name":"Rex"}]' }] },
    { mediaType: 'application/xml' },
  ])
  t.strictSame(list.responses[1]?.content, [])
  const compile = compiler(pets)
  const [limit] = list.parameters
  const isLimit = compile(limit?.schema)
  t.strictSame(
    [1, 0, 'a'].map((value) => isLimit(value)),
    [true, false, false],
  )

  const add = operation(pets, 'addPet')
  t.match(add.requestBody, {
    required: true,
    content: [{ mediaType: 'application/json', examples: [{ text: '{"id":2.50,"name":"Tom"}' }] }],
  })
  const isPet = compile(add.requestBody?.content[0]?.schema)
  t.strictSame(
    [{ name: null }, {}, { name: 1 }].map((value) => isPet(value)),
    [true, false, false],
  )

  const photo = operation(pets, 'addPhoto')
  t.strictSame(
    photo.parameters.map(({ name }) => name),
    ['id'],
  )
  t.match(photo.requestBody?.content, [
    { mediaType: 'multipart/form-data', encoding: { labels: { style: 'form', explode: false } } },
  ])
  const isForm = compile(photo.requestBody?.content[0]?.schema)
  t.strictSame(
    [{ photo: 'x', labels: ['a'] }, { labels: ['a'] }, { photo: 'x', labels: [1] }].map((value) =>
      isForm(value),
    ),
    [true, false, false],
  )
  t.end()
})

void t.test('a description in many files', (t) => {
  const api = readCase('many-files/api.yaml')
  const folder = 'fixtures/openapi-cases/many-files'
  t.strictSame(
    api.operations.map(({ operationId, source }) => [operationId, source]),
    [
      ['addOrder', { file: `${folder}/paths/orders.yaml`, line: 1 }],
      ['getOrder', { file: `${folder}/api.yaml`, line: 7 }],
    ],
  )
  t.match(operation(api, 'getOrder').parameters, [
    { name: 'id', source: { file: `${folder}/parts/parameters.yaml`, line: 1 } },
  ])
  t.strictSame(
    operation(api, 'getOrder').responses.map(({ status }) => status),
    ['200'],
  )
  t.strictSame(
    api.findings.map(({ rule, source }) => [rule, source.line]),
    [
      ['unresolved-reference', 17],
      ['unresolved-reference', 19],
    ],
  )
  t.match(operation(api, 'addOrder').requestBody?.content[0]?.examples, [
    {
      name: 'small',
      text: '{"id":7,"customer":null}',
      source: { file: `${folder}/parts/examples.yaml`, line: 2 },
    },
  ])
  const compile = compiler(api)
  const isOrder = compile(operation(api, 'getOrder').responses[0]?.content[0]?.schema)
  t.ok(isOrder({ id: 1, customer: null, parent: { id: 2 }, lines: [{ sku: 'a' }] }))
  t.notOk(isOrder({ id: 1, parent: {} }))
  t.notOk(isOrder({ id: 1, lines: [{}] }))
  const isMade = compile(operation(api, 'addOrder').responses[0]?.content[0]?.schema)
  t.ok(isMade({ order: { id: 1 }, customer: null }))
  t.notOk(isMade({ customer: 1 }))
  t.end()
})

void t.test('schemas of one component are one object', (t) => {
  const library = readCase(LIBRARY)
  const reply = operation(library, 'getBook').responses[0]?.content[0]?.schema
  const request = operation(library, 'putV2ApiBooksByIsbn').requestBody?.content[0]?.schema
  t.equal(reply, request)
  t.strictSame(reply?.['$ref'], `standin:///${file}#/components/schemas/Book`)
  t.end()
})

void t.test('3.2: its methods and the two forms of an example', (t) => {
  const api = readFiles({
    'a.yaml': `openapi: 3.2.0
info: { title: A, version: '1' }
paths:
  /a:
    query:
      requestBody:
        content:
          application/json:
            examples:
              data: { dataValue: { a: 1.0 } }
              sent: { serializedValue: '{ "a": 1.00 }' }
      responses: { '200': { description: ok } }
    additionalOperations:
      COPY: { responses: { '200': { description: ok } } }
`,
  })
  t.match(api.operations, [{ method: 'QUERY' }])
  t.strictSame(
    api.operations[0]?.requestBody?.content[0]?.examples.map(({ text }) => text),
    ['{"a":1.0}', '{ "a": 1.00 }'],
  )
  t.match(api.findings, [{ rule: 'unknown-method', source: { line: 14 } }])
  t.end()
})

void t.test('a circle of references that holds nothing', (t) => {
  const api = readFiles({
    'a.yaml': `openapi: 3.0.0
info: { title: A, version: '1' }
paths:
  /a:
    get:
      responses:
        '200': { $ref: '#/components/responses/A' }
components:
  responses:
    A: { $ref: '#/components/responses/B' }
    B: { $ref: '#/components/responses/A' }
`,
  })
  t.match(api.operations, [{ responses: [] }])
  t.match(api.findings, [{ rule: 'unresolved-reference', source: { file: 'a.yaml', line: 7 } }])
  t.end()
})
