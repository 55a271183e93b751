import t from 'tap'
import { compiler, operation, readFiles } from './helper.js'

/** A description as authors split it: with references in places where OpenAPI knows none, which bundlers follow. */
const files = {
  'main.yaml': `
openapi: 3.0.3
info: { $ref: 'info.yaml' }
paths:
  $ref: 'paths/all.yaml'
  /own:
    get: { operationId: own, responses: { 204: { description: none } } }
components: { $ref: 'components.yaml' }
`,
  'info.yaml': `{ title: Split, version: '7' }`,
  'paths/all.yaml': `
/pets:
  get: { $ref: 'list.yaml' }
/pets/{id}:
  $ref: 'pet.yaml'
/own:
  get: { operationId: other, responses: { 204: { description: none } } }
`,
  'paths/list.yaml': `
operationId: list
parameters: { $ref: '../parameters.yaml#/paging' }
responses: { $ref: '../responses.yaml' }
security: [{ key: [] }]
`,
  'paths/pet.yaml': `
get:
  operationId: pet
  parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
  responses:
    200:
      description: One
      content: { $ref: '../content.yaml' }
`,
  'parameters.yaml': `
paging:
  - { name: limit, in: query, required: true, schema: { type: integer, exclusiveMinimum: true, minimum: 0 } }
  - { name: page, in: query, schema: { type: integer } }
`,
  'responses.yaml': `
200: { description: All, content: { application/json: { example: { $ref: 'list.json' } } } }
404: { description: None, content: { application/json: { examples: { none: { value: { $ref: 'none.json' } } } } } }
`,
  'content.yaml': `
application/json:
  schema: { type: object, required: [name], properties: { $ref: 'properties.yaml' } }
  example: { $ref: 'main.yaml#/components/examples/Tom' }
`,
  'properties.yaml': `
name: { type: string, nullable: true }
`,
  'components.yaml': `
examples: { Tom: { value: { name: Tom, weight: 4.50 } } }
securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
`,
  'list.json': '[{"name": "Tom", "weight": 4.50}]',
  'none.json': '{"code": 404}',
}

void t.test('operations, maps and lists by reference are read where they are written', async (t) => {
  const api = readFiles(files)
  t.match(api, { title: 'Split', version: '7', securitySchemes: { key: { type: 'apiKey' } } })
  t.strictSame(
    api.operations.map(({ method, path, operationId, source }) => [method, path, operationId, source.file]),
    [
      ['GET', '/pets', 'list', 'paths/list.yaml'],
      ['GET', '/pets/{id}', 'pet', 'paths/pet.yaml'],
      ['GET', '/own', 'own', 'main.yaml'],
    ],
  )
  const list = operation(api, 'list')
  t.match(list.parameters, [
    { name: 'limit', required: true, source: { file: 'parameters.yaml', line: 3 } },
    { name: 'page' },
  ])
  const validate = compiler(api)(list.parameters[0]?.schema)
  t.strictSame([validate(1), validate(0)], [true, false])
  t.strictSame(list.security, [{ key: [] }])
  t.match(
    list.responses.map(({ status, content }) => [status, content[0]?.examples[0]]),
    [
      ['200', { text: '[{"name":"Tom","weight":4.50}]', source: { file: 'list.json' } }],
      ['404', { name: 'none', text: '{"code":404}' }],
    ],
  )
  const [content] = operation(api, 'pet').responses[0]?.content ?? []
  t.equal(content?.examples[0]?.text, '{"name":"Tom","weight":4.50}')
  const pet = compiler(api)(content?.schema)
  t.strictSame([pet({ name: null }), pet({ name: 7 }), pet({})], [true, false, false])
  t.strictSame(api.findings, [])
})

void t.test('a reference in an example that leads to no other file is data', async (t) => {
  const api = readFiles({
    'api.yaml': `
openapi: 3.1.0
info: { title: Schemas, version: '1' }
paths:
  /schema:
    get:
      operationId: schema
      responses:
        200: { description: ok, content: { application/json: { example: { $ref: '#/components/schemas/Pet' } } } }
        404: { description: no, content: { application/json: { example: { $ref: 'gone.json' } } } }
components: { schemas: { Pet: { type: object } } }
`,
  })
  t.strictSame(
    operation(api, 'schema').responses.map(({ content }) => content[0]?.examples[0]?.text),
    ['{"$ref":"#/components/schemas/Pet"}', '{"$ref":"gone.json"}'],
  )
})

void t.test('what leads nowhere is said, with its line, and takes nothing else down', async (t) => {
  const api = readFiles({
    'api.yaml': `
openapi: 3.0.3
info: { title: Broken, version: '1' }
paths:
  /a: { get: { $ref: 'gone.yaml' } }
  /b: { get: { operationId: b, parameters: { $ref: 'gone.yaml' }, responses: { $ref: '#/x-circle' } } }
x-circle: { $ref: '#/x-circle' }
`,
  })
  t.strictSame(
    api.operations.map(({ operationId }) => operationId),
    ['b'],
  )
  t.match(
    api.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ source }) => source.line)
      .toSorted((a, b) => a - b),
    [5, 6, 6],
  )
})
