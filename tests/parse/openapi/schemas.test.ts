import t from 'tap'
import * as fc from 'fast-check'
import { locateRef } from '../../../src/operation/locate.js'
import { compiler, operation, readFiles, readValue, replySchema, withSchema } from './helper.js'

interface Case {
  what: string
  version: string
  schema: unknown
  components?: unknown
  valid: unknown[]
  invalid: unknown[]
  rules?: string[]
}

const user = {
  schemas: { User: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
}
const ref = '#/components/schemas/User'

const cases: Case[] = [
  {
    what: 'nullable with a type',
    version: '3.0.3',
    schema: { type: 'string', nullable: true },
    valid: ['a', null],
    invalid: [1],
  },
  {
    what: 'nullable without a type, which says nothing',
    version: '3.0.3',
    schema: { nullable: true, minLength: 2 },
    valid: ['ab', null],
    invalid: ['a'],
  },
  {
    what: 'nullable: false',
    version: '3.0.0',
    schema: { type: 'string', nullable: false },
    valid: ['a'],
    invalid: [null],
  },
  {
    what: 'nullable beside a reference in 3.0, which is ignored',
    version: '3.0.3',
    schema: { $ref: ref, nullable: true },
    components: user,
    valid: [{ id: 1 }],
    invalid: [null, {}],
    rules: ['ref-siblings'],
  },
  {
    what: 'nullable beside allOf around a reference',
    version: '3.0.3',
    schema: { nullable: true, allOf: [{ $ref: ref }] },
    components: user,
    valid: [{ id: 1 }, null],
    invalid: [{}, 1],
  },
  {
    what: 'nullable with an enum that does not list null',
    version: '3.0.3',
    schema: { type: 'string', nullable: true, enum: ['a'] },
    valid: ['a'],
    invalid: [null, 'b'],
  },
  {
    what: 'siblings of a reference in 3.0',
    version: '3.0.3',
    schema: { $ref: ref, required: ['name'], description: 'x' },
    components: user,
    valid: [{ id: 1 }],
    invalid: [{}],
    rules: ['ref-siblings'],
  },
  {
    what: 'siblings of a reference in 3.1',
    version: '3.1.0',
    schema: { $ref: ref, required: ['name'] },
    components: user,
    valid: [{ id: 1, name: 'a' }],
    invalid: [{ id: 1 }, { name: 'a' }],
  },
  {
    what: 'a boolean exclusiveMinimum',
    version: '3.0.3',
    schema: { minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: false },
    valid: [2, 3],
    invalid: [1, 4],
  },
  {
    what: 'exclusiveMinimum without minimum',
    version: '3.0.3',
    schema: { exclusiveMinimum: true },
    valid: [-1],
    invalid: [],
  },
  {
    what: 'a literal $ref in enum, const, default and example',
    version: '3.1.0',
    schema: { enum: [{ $ref: '#/nowhere' }], default: { $ref: '#/no' }, examples: [{ $ref: '#/no' }] },
    valid: [{ $ref: '#/nowhere' }],
    invalid: [{}],
  },
  {
    what: 'a member named $ref',
    version: '3.0.3',
    schema: { type: 'object', properties: { $ref: { type: 'string' }, nullable: { type: 'boolean' } } },
    valid: [{ $ref: 'a', nullable: true }],
    invalid: [{ $ref: 1 }, { nullable: 'a' }],
  },
  { what: 'an empty enum', version: '3.1.0', schema: { enum: [] }, valid: [], invalid: [1, null] },
  { what: 'a boolean schema', version: '3.1.0', schema: { items: false }, valid: [[]], invalid: [[1]] },
  {
    what: 'keywords of 2020-12',
    version: '3.1.0',
    schema: { prefixItems: [{ type: 'string' }], items: false, minItems: 1, dependentRequired: { a: ['b'] } },
    valid: [['a']],
    invalid: [[1], ['a', 'b'], [], { a: 1 }],
  },
  {
    what: 'broken keywords, each left out of account',
    version: '3.0.3',
    schema: {
      type: 'object',
      properties: {
        a: { type: 'String', maxLength: '3' },
        b: { type: 'string', pattern: '([', required: true },
        c: { type: 'integer', minimum: 5 },
        d: 'text',
      },
    },
    valid: [{ a: 1, b: 'x', c: 5, d: 1 }],
    invalid: [{ b: 1 }, { c: 4 }],
    rules: [
      'invalid-schema',
      'invalid-schema-keyword',
      'invalid-schema-keyword',
      'invalid-schema-keyword',
      'invalid-schema-keyword',
    ],
  },
  {
    what: 'a reference that leads nowhere',
    version: '3.0.3',
    schema: {
      type: 'object',
      properties: { a: { $ref: '#/components/schemas/Missing' }, b: { type: 'string' } },
    },
    valid: [{ a: 1, b: 'x' }],
    invalid: [{ b: 1 }],
    rules: ['unresolved-reference'],
  },
  {
    what: 'a circular schema',
    version: '3.0.3',
    schema: { $ref: '#/components/schemas/Node' },
    components: {
      schemas: { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } },
    },
    valid: [{ next: { next: {} } }],
    invalid: [{ next: { next: 1 } }],
  },
  {
    what: 'pointers with escapes',
    version: '3.0.3',
    schema: { allOf: [{ $ref: '#/components/schemas/a~1b~0c%20%25' }, { $ref: '#/components/schemas/x y' }] },
    components: { schemas: { 'a/b~c %': { type: 'integer' }, 'x y': { minimum: 3 } } },
    valid: [3],
    invalid: [2, 'a'],
  },
  {
    what: '$defs, $anchor and $id',
    version: '3.1.0',
    schema: {
      type: 'object',
      properties: {
        a: { $ref: '#name' },
        b: { $ref: 'https://schemas.test/point' },
        c: { $ref: 'https://schemas.test/point#/$defs/axis' },
      },
    },
    components: {
      schemas: {
        Name: { $anchor: 'name', type: 'string' },
        Point: {
          $id: 'https://schemas.test/point',
          type: 'object',
          properties: { x: { $ref: '#/$defs/axis' }, y: { $ref: '#axis' } },
          $defs: { axis: { $anchor: 'axis', type: 'number' } },
        },
      },
    },
    valid: [{ a: 'n', b: { x: 1, y: 2 }, c: 1 }],
    invalid: [{ a: 1 }, { b: { x: 'a' } }, { b: { y: 'a' } }, { c: 'a' }],
  },
  {
    what: 'discriminators and unknown formats',
    version: '3.0.3',
    schema: {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: '#/components/schemas/Dog' } },
    },
    components: {
      schemas: {
        Cat: {
          type: 'object',
          required: ['kind'],
          properties: { kind: { enum: ['cat'] }, at: { type: 'string', format: 'moon' } },
        },
        Dog: { type: 'object', required: ['kind'], properties: { kind: { enum: ['dog'] } } },
      },
    },
    valid: [{ kind: 'cat', at: 'x' }, { kind: 'dog' }],
    invalid: [{ kind: 'cow' }, { kind: 'cat', at: 1 }],
  },
  {
    what: 'nullable in 3.1',
    version: '3.1.0',
    schema: { type: ['string'], nullable: true },
    valid: ['a', null],
    invalid: [1],
    rules: ['nullable-in-3.1'],
  },
  {
    what: 'a null type of YAML',
    version: '3.1.0',
    schema: { type: ['string', null] },
    valid: ['a', null],
    invalid: [1],
  },
  {
    what: 'a stray id',
    version: '3.0.3',
    schema: { id: 'User', $schema: 'http://json-schema.org/draft-04/schema#', type: 'integer' },
    valid: [1],
    invalid: ['a'],
  },
]

for (const { what, version, schema, components, valid, invalid, rules = [] } of cases) {
  void t.test(`${version}: ${what}`, (t) => {
    const description = readValue(withSchema(version, schema, components))
    t.strictSame(description.findings.map(({ rule }) => rule).toSorted(), rules)
    const validate = compiler(description)(replySchema(description))
    for (const value of valid) t.ok(validate(value), `${JSON.stringify(value)} is valid`)
    for (const value of invalid) t.notOk(validate(value), `${JSON.stringify(value)} is not valid`)
    t.end()
  })
}

void t.test('a document may hold what is no schema', (t) => {
  const document = {
    ...withSchema('3.1.0', { $ref: ref }, user),
    'x-anything': { $anchor: '!!', $id: 'x', type: 'nonsense' },
    id: 'urn:example',
  }
  const validate = compiler(readValue(document))
  t.ok(validate(replySchema(readValue(document)))({ id: 1 }))
  t.end()
})

void t.test('references name the line of the node they lead to', (t) => {
  const description = readFiles({
    'docs/api.yaml': [
      'openapi: 3.0.3',
      'info: { title: A, version: "1" }',
      'paths:',
      '  /:',
      '    get:',
      '      operationId: get',
      '      responses:',
      '        200:',
      '          content:',
      '            application/json:',
      '              schema: { $ref: "#/components/schemas/User" }',
      'components:',
      '  schemas:',
      '    User:',
      '      type: object',
      '      properties:',
      '        name:',
      '          nullable: true',
      '          allOf:',
      '            - maxLength: 3',
    ].join('\n'),
  })
  const ref: unknown = replySchema(description)['$ref']
  t.equal(ref, 'standin:///docs/api.yaml#/components/schemas/User')
  t.strictSame(locateRef(description.documents, String(ref)), { file: 'docs/api.yaml', line: 14 })
  const lines = [
    '/properties/name',
    '/properties/name/anyOf/0/allOf/0/maxLength',
    '/missing/properties/name',
  ].map((pointer) => locateRef(description.documents, `${String(ref)}${pointer}`)?.line)
  t.strictSame(lines, [17, 20, 17])
  t.equal(operation(description, 'get').source.line, 5)
  t.equal(locateRef(description.documents, 'standin:///other.yaml#/x'), undefined)
  t.end()
})

const encode = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

void t.test('property: any names lead to their schema', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ minLength: 1 }), (name, path) => {
      fc.pre(name !== 'other')
      const document = withSchema(
        '3.1.0',
        { allOf: [{ $ref: `#/components/schemas/${encode(name)}` }] },
        {
          schemas: { other: { type: 'string' }, ['__proto__x']: {}, [name]: { type: 'integer' } },
        },
      )
      const description = readFiles({ [`${path.replaceAll('\\', '')}/a.json`]: JSON.stringify(document) })
      const validate = compiler(description)(replySchema(description))
      return validate(1) && !validate('a') && description.findings.length === 0
    }),
    { numRuns: 200 },
  )
  t.end()
})

void t.test('property: any schema can be compiled', (t) => {
  const keywords = ['type', 'enum', 'required', 'properties', 'items', 'minimum', 'pattern', 'nullable', 'allOf', '$ref',
    '$id', 'id', '$anchor', 'example', 'examples', 'exclusiveMinimum', 'discriminator', 'format', 'default', 'additionalProperties',
    'const', 'not', 'oneOf', 'dependentRequired', 'uniqueItems', '$defs', 'definitions', '$dynamicRef', 'if', 'then'] // prettier-ignore
  const { schema } = fc.letrec((tie) => ({
    schema: fc.dictionary(
      fc.constantFrom(...keywords),
      fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue({ maxDepth: 2 }),
        tie('schema'),
        fc.array(tie('schema'), { maxLength: 2 }),
        fc.constantFrom('string', true, 3),
      ),
      { maxKeys: 5 },
    ),
  }))
  fc.assert(
    fc.property(schema, fc.constantFrom('3.0.3', '3.1.0'), (value, version) => {
      const description = readValue(withSchema(version, value))
      compiler(description)(replySchema(description))
    }),
    { numRuns: 500 },
  )
  t.end()
})
