import * as fc from 'fast-check'
import t from 'tap'
import { altered } from '../../../src/operation/late.js'
import { isObject } from '../../../src/operation/json-object.js'
import { valueAt } from '../../../src/operation/pointer.js'
import { operation, readValue } from './helper.js'

const fine = { 200: { description: 'x', content: { 'application/json': { example: { size: 1 } } } } }

/** Of each fourth operation something is wrong, above all with what is shared. */
const operationAt = (index: number): object => {
  if (index % 4 === 1)
    return { responses: { 99: { description: 'x' }, 200: { $ref: '#/components/responses/none' } } }
  if (index % 4 === 2) return { parameters: [{ $ref: '#/components/parameters/odd' }], responses: fine }
  if (index % 4 === 3) return { operationId: 'same', security: [{ nobody: [] }], responses: {} }
  return { requestBody: { $ref: '#/components/requestBodies/none' }, responses: fine }
}

const described = (count: number) =>
  readValue({
    openapi: '3.1.0',
    info: { title: 'Many', version: '1' },
    paths: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`/things${index}`, { get: operationAt(index) }]),
    ),
    components: { parameters: { odd: { name: 'odd', in: 'sideways' } } },
  })

void t.test('what is wrong with one operation is told, and takes no other down', async (t) => {
  const { operations, findings } = described(8)
  t.equal(operations.length, 8)
  t.strictSame(operations[4]?.responses[0]?.content[0]?.examples[0]?.text, '{"size":1}')
  t.strictSame(
    findings.map(({ rule }) => rule),
    [
      'unresolved-reference',
      'invalid-status',
      'unresolved-reference',
      'invalid-parameter',
      'unknown-security-scheme',
      'no-responses',
      'unresolved-reference',
      'invalid-status',
      'unresolved-reference',
      'unknown-security-scheme',
      'duplicate-operation-id',
      'no-responses',
    ],
  )
})

void t.test('the order in which operations are read changes neither them nor what is told', async (t) => {
  const expected = described(12)
  const { operations, findings } = expected
  fc.assert(
    fc.property(fc.shuffledSubarray([...operations.keys()]), (order) => {
      const description = described(12)
      for (const index of order) void description.operations[index]?.responses
      t.strictSame(description.findings, findings)
      t.strictSame(
        description.operations.map((one) => ({ ...one })),
        operations.map((one) => ({ ...one })),
      )
    }),
    { seed: 7, numRuns: 30 },
  )
})

void t.test('an operation is read when it is asked for, and once', async (t) => {
  const description = described(5)
  const { operations, documents } = description
  const example = () => {
    const [document] = Object.values(documents)
    return valueAt(document, [
      'paths',
      '/things4',
      'get',
      'responses',
      '200',
      'content',
      'application/json',
      'example',
    ])
  }
  const first = operation(description, 'getThings0')
  const moved = altered(first, { path: '/moved' })
  const { responses, requestBody } = first
  t.equal(first.responses, responses)
  t.equal(moved.responses, responses, 'a copy has what the original has read')
  t.equal(requestBody, undefined)
  t.notOk('requestBody' in first, 'a reference that leads nowhere is no body')
  t.ok(isObject(example()), 'others are still to be read')
  for (const { parameters } of operations) t.ok(Array.isArray(parameters))
  t.equal(example(), undefined, 'and then the document lets go of what they took from it')
})

void t.test('copies and comparisons see all members', async (t) => {
  const [first] = described(1).operations
  t.strictSame(Object.keys(first ?? {}), [
    'operationId',
    'method',
    'path',
    'resultCodes',
    'parameters',
    'responses',
    'exchanges',
    'links',
    'source',
    'sources',
  ])
  t.match(JSON.parse(JSON.stringify(first)), {
    responses: [{ status: '200', source: { file: 'api.json' } }],
    source: { file: 'api.json', line: Number },
  })
})

void t.test('media types of all bodies are known before operations are read', async (t) => {
  const types = (document: object) =>
    new Set(readValue({ info: { title: 'a', version: '1' }, ...document }).mediaTypes)
  const content = { 'text/csv': { example: 'a' } }
  t.strictSame(
    types({
      openapi: '3.0.0',
      paths: {
        '/a': {
          post: { requestBody: { content }, responses: { 200: { $ref: '#/components/responses/b' } } },
        },
      },
      components: { responses: { b: { description: 'x', content: { 'application/xml': {} } } } },
    }),
    new Set(['text/csv', 'application/xml']),
  )
  t.strictSame(
    types({
      swagger: '2.0',
      produces: ['application/xml'],
      paths: {
        '/a': {
          post: {
            consumes: ['text/csv'],
            parameters: [{ in: 'formData', name: 'a', type: 'file' }],
            responses: { 200: { description: 'x', examples: { 'text/plain': 'a' } } },
          },
        },
      },
    }),
    new Set(['application/xml', 'text/csv', 'text/plain', 'multipart/form-data']),
  )
})
