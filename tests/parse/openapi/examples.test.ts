import t from 'tap'
import { operation, readFiles } from './helper.js'

const example = (mediaType: string, example: string, type = 'object'): string[] | undefined =>
  readFiles({
    'a.yaml': `openapi: 3.0.0
paths: { /a: { get: { responses: { 200: { content: { "${mediaType}": { schema: { type: ${type} }, example: ${example} } } } } } } }
`,
  }).operations[0]?.responses[0]?.content[0]?.examples.map(({ text }) => text)

void t.test('the form of an example follows its media type and schema', (t) => {
  t.strictSame(example('application/json', `'{"a": 1.0}'`), ['{"a": 1.0}'])
  t.strictSame(example('application/json', `'{"a": 1.0}'`, 'string'), ['"{\\"a\\": 1.0}"'])
  t.strictSame(example('application/vnd.a+json', '{ a: 1.0 }'), ['{"a":1.0}'])
  t.strictSame(example('application/xml', '<a>1</a>'), ['<a>1</a>'])
  t.strictSame(example('text/csv', '{ a: 1 }'), [], 'its form is not known')
  t.strictSame(example('text/plain', '14.0'), ['14.0'])
  t.strictSame(example('image/*', 'bytes'), ['bytes'])
  t.strictSame(example('*/*', 'null'), ['null'])
  t.end()
})

const pets = `openapi: 3.0.0
paths:
  /pets:
    get:
      responses:
        200:
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
              example: { id: 1 }
            application/xml:
              schema: { $ref: '#/components/schemas/Pet' }
              examples:
                short: { value: { id: 9007199254740993, tag: [a, b] } }
                text: { value: '<pet id="1"/>' }
            application/vnd.a+xml:
              schema: { $ref: 'other.yaml#/Pets' }
              examples:
                short: { value: [{ id: 14.0 }] }
            text/xml:
              example: { a: [1, 2] }
components:
  schemas:
    Pet:
      type: object
      xml: { prefix: p, namespace: 'urn:pets' }
      properties:
        id: { type: integer, xml: { attribute: true } }
        tag: { type: array, xml: { name: tags, wrapped: true }, items: { type: string, xml: { name: tag } } }
`
const other = `Pets:
  type: array
  xml: { name: pets }
  items: { $ref: 'a.yaml#/components/schemas/Pet' }
`

void t.test('structured examples of XML bodies are written as the schema says', (t) => {
  const read = readFiles({ 'a.yaml': pets, 'other.yaml': other })
  const [, ...xml] = read.operations[0]?.responses[0]?.content ?? []
  t.strictSame(
    xml.map(({ examples }) => examples.map(({ text }) => text.replace(/^<\?xml[^>]*>\n/, ''))),
    [
      [
        '<p:Pet xmlns:p="urn:pets" id="9007199254740993"><tags><tag>a</tag><tag>b</tag></tags></p:Pet>',
        '<pet id="1"/>',
      ],
      ['<pets><p:pets xmlns:p="urn:pets" id="14.0"/></pets>'],
      ['<root><a>1</a><a>2</a></root>'],
    ],
  )
  t.strictSame(read.findings, [])
  t.end()
})

void t.test('2.0 shows the examples of a reply by media type', (t) => {
  const read = readFiles({
    'a.yaml': `swagger: '2.0'
info: { title: A, version: '1' }
paths:
  /pets:
    get:
      produces: [application/json, application/xml]
      responses:
        200:
          description: x
          schema: { $ref: '#/definitions/Pet' }
          examples:
            application/xml: { id: 1 }
definitions:
  Pet: { type: object, properties: { id: { type: integer, xml: { name: ID } } } }
`,
  })
  const xml = read.operations[0]?.responses[0]?.content.find(
    ({ mediaType }) => mediaType === 'application/xml',
  )
  t.match(xml?.examples, [{ text: /<Pet><ID>1<\/ID><\/Pet>$/ }])
  t.end()
})

void t.test('examples of parameters belong to the replies of the same name', (t) => {
  const read = readFiles({
    'a.yaml': `
openapi: 3.1.0
info: { title: Pastries, version: '1' }
paths:
  /pastries/{name}:
    parameters:
      - { name: name, in: path, required: true, schema: { type: string }, examples: { eclair: { value: Eclair }, none: { value: Brick } } }
    get:
      operationId: pastry
      parameters:
        - { name: size, in: query, schema: { type: integer }, examples: { eclair: { value: 3 }, alone: { value: 4 } } }
      responses:
        200: { description: ok, content: { application/json: { examples: { eclair: { value: { price: 2.50 } }, other: { value: {} } } } } }
        404: { description: no, content: { application/json: { examples: { none: { value: gone } } } } }
    put:
      operationId: put
      responses: { 204: { description: ok } }
`,
  })
  t.match(operation(read, 'pastry').exchanges, [
    { path: ['Eclair'], query: { size: '3' }, status: '200', example: { line: 13 }, name: 'eclair' },
    { path: ['Brick'], query: {}, status: '404', example: { line: 14 }, name: 'none' },
  ])
  t.strictSame(operation(read, 'put').exchanges, [])
  t.end()
})
