/** One schema in a description of some version, and what a validator has to say of values. */
export interface SchemaCase {
  what: string
  version: string
  schema: unknown
  components?: unknown
  valid: unknown[]
  invalid: unknown[]
  rules?: string[]
}

export const user = {
  schemas: { User: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
}
const ref = '#/components/schemas/User'

export const cases: SchemaCase[] = [
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
  {
    what: 'a schema that is all of itself',
    version: '3.0.3',
    schema: { $ref: '#/components/schemas/A' },
    components: {
      schemas: {
        A: { type: 'object', allOf: [{ $ref: '#/components/schemas/B' }] },
        B: {
          anyOf: [{ $ref: '#/components/schemas/A' }, { required: ['b'] }],
          properties: { a: { $ref: '#/components/schemas/A' } },
        },
      },
    },
    valid: [{ b: 1, a: {} }],
    invalid: [1, { a: 1 }],
    rules: ['endless-reference'],
  },
  {
    what: 'children that are all of a parent that is one of them, children first',
    version: '3.0.3',
    schema: { $ref: '#/components/schemas/Key' },
    components: {
      schemas: {
        Ec: { allOf: [{ $ref: '#/components/schemas/Key' }], properties: { kty: { enum: ['EC'] } } },
        Rsa: { allOf: [{ $ref: '#/components/schemas/Key' }], properties: { kty: { enum: ['RSA'] } } },
        Key: {
          type: 'object',
          required: ['kty'],
          properties: { kty: { type: 'string' } },
          oneOf: [{ $ref: '#/components/schemas/Ec' }, { $ref: '#/components/schemas/Rsa' }],
        },
      },
    },
    valid: [{ kty: 'EC' }, { kty: 'RSA' }],
    invalid: [{ kty: 'X' }, {}, 1],
    rules: ['endless-reference', 'endless-reference'],
  },
  {
    what: 'children that are all of a parent that is one of them, parent first',
    version: '3.0.3',
    schema: { $ref: '#/components/schemas/Key' },
    components: {
      schemas: {
        Key: {
          type: 'object',
          required: ['kty'],
          properties: { kty: { type: 'string' } },
          oneOf: [{ $ref: '#/components/schemas/Ec' }, { $ref: '#/components/schemas/Rsa' }],
        },
        Ec: { allOf: [{ $ref: '#/components/schemas/Key' }], properties: { kty: { enum: ['EC'] } } },
        Rsa: { allOf: [{ $ref: '#/components/schemas/Key' }], properties: { kty: { enum: ['RSA'] } } },
      },
    },
    valid: [{ kty: 'EC' }, { kty: 'RSA' }],
    invalid: [{ kty: 'X' }, {}, 1],
    rules: ['endless-reference', 'endless-reference'],
  },
  {
    what: 'a child that is all of a parent that is one of its children, by itself',
    version: '3.1.0',
    schema: { $ref: '#/components/schemas/Dog' },
    components: {
      schemas: {
        Pet: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' } },
          oneOf: [{ $ref: '#/components/schemas/Dog' }],
        },
        Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }], properties: { bark: { type: 'boolean' } } },
      },
    },
    valid: [{ name: 'Rex' }, { name: 'Rex', bark: true }],
    invalid: [{}, { name: 1 }, { name: 'Rex', bark: 1 }],
    rules: ['endless-reference'],
  },
  {
    what: 'a reference to itself',
    version: '3.1.0',
    schema: { $ref: '#/components/schemas/A' },
    components: { schemas: { A: { $ref: '#/components/schemas/A', type: 'string' } } },
    valid: ['a'],
    invalid: [1],
    rules: ['endless-reference'],
  },
  {
    what: 'a reference into a keyword that is left out of account',
    version: '3.0.3',
    schema: {
      allOf: [{ $ref: 'lost' }],
      properties: { a: { type: [{ $id: 'lost' }] }, b: { type: 'string' } },
    },
    valid: [{ a: 1, b: 'x' }],
    invalid: [{ b: 1 }],
    rules: ['invalid-schema-keyword', 'unresolved-reference'],
  },
]
