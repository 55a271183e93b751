import { type TSchema, Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import { inferSchema } from '../../src/operation/infer.js'
import { parseExact } from '../../src/operation/json.js'
import type { Parameter } from '../../src/operation/operation.js'

const at = { file: 'page.md', line: 3 }
const row = (name: string, schema: TSchema = Type.Unknown(), more: Partial<Parameter> = {}): Parameter => ({
  in: 'body',
  name,
  schema,
  source: { file: 'page.md', line: 9 },
  ...more,
})
const infer = (samples: readonly string[], fields: readonly Parameter[] = []) =>
  inferSchema({ samples: samples.map(parseExact), fields, at })

/** A schema without the origins, to be read at a glance. */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'x-source')
      .map(([key, value]) => [key, bare(value)]),
  )
}
const same = (t: Test, { schema }: { schema: TSchema }, expected: TSchema) =>
  t.same(bare(schema), JSON.parse(JSON.stringify(expected)))

const CASES: [title: string, samples: string[], fields: Parameter[], schema: TSchema][] = [
  ['nothing known', [], [], Type.Unknown()],
  [
    'digits as written',
    ['{"a": 1, "b": 14.0, "c": 1e3}'],
    [],
    Type.Object({ a: Type.Integer(), b: Type.Number(), c: Type.Number() }),
  ],
  ['integer and number', ['{"a": 1}', '{"a": 1.5}'], [], Type.Object({ a: Type.Number() })],
  [
    'required where every sample has it',
    ['{"a": "x", "b": true}', '{"a": "y"}'],
    [],
    Type.Object({ a: Type.String(), b: Type.Optional(Type.Boolean()) }),
  ],
  ['no type where samples disagree', ['{"a": 1}', '{"a": "x"}'], [], Type.Object({ a: Type.Unknown() })],
  ['null alone is open', ['{"a": null}'], [], Type.Object({ a: Type.Unknown() })],
  [
    'null beside others',
    ['{"a": null}', '{"a": 1}'],
    [],
    Type.Object({ a: Type.Union([Type.Integer(), Type.Null()]) }),
  ],
  [
    'null and a row',
    ['{"a": null}'],
    [row('a', Type.String())],
    Type.Object({ a: Type.Union([Type.String(), Type.Null()]) }),
  ],
  [
    'all items of an array',
    ['[{"a": 1}, {"a": 2, "b": "x"}]'],
    [],
    Type.Array(Type.Object({ a: Type.Integer(), b: Type.Optional(Type.String()) })),
  ],
  ['an empty array', ['{"a": []}'], [], Type.Object({ a: Type.Array(Type.Unknown()) })],
  [
    'rows alone',
    [],
    [row('a', Type.String(), { required: true }), row('b', Type.Integer())],
    Type.Object({ a: Type.String(), b: Type.Optional(Type.Integer()) }),
  ],
  [
    'a row that says optional',
    ['{"a": 1}'],
    [row('a', Type.Integer(), { required: false })],
    Type.Object({ a: Type.Optional(Type.Integer()) }),
  ],
  [
    'a member that only a row has',
    ['{"a": 1}'],
    [row('b', Type.String())],
    Type.Object({ a: Type.Integer(), b: Type.Optional(Type.String()) }),
  ],
  [
    'a row narrows',
    ['{"a": "1234"}'],
    [row('a', Type.Union([Type.String({ pattern: '^[0-9]{4}$' }), Type.Integer()]))],
    Type.Object({ a: Type.String({ pattern: '^[0-9]{4}$' }) }),
  ],
  [
    'values of a row',
    ['{"a": "x"}'],
    [row('a', Type.Union([Type.Literal('x'), Type.Literal('y')]))],
    Type.Object({ a: Type.Union([Type.Literal('x'), Type.Literal('y')]) }),
  ],
  ['a row of a wider type', ['{"a": 3}'], [row('a', Type.Number())], Type.Object({ a: Type.Number() })],
  [
    'dots',
    [],
    [row('pool.id', Type.String()), row('pool', Type.Object({}), { required: true })],
    Type.Object({ pool: Type.Object({ id: Type.Optional(Type.String()) }) }),
  ],
  [
    'brackets',
    [],
    [row('items[0].name', Type.String()), row('items[].id', Type.Integer())],
    Type.Object({
      items: Type.Optional(
        Type.Array(Type.Object({ name: Type.Optional(Type.String()), id: Type.Optional(Type.Integer()) })),
      ),
    }),
  ],
  [
    'names in brackets',
    [],
    [row('filter[status]', Type.String())],
    Type.Object({ filter: Type.Optional(Type.Object({ status: Type.Optional(Type.String()) })) }),
  ],
  [
    'dots into an array',
    ['{"items": [{"id": 1}]}'],
    [row('items.id', Type.Integer(), { required: false })],
    Type.Object({ items: Type.Array(Type.Object({ id: Type.Optional(Type.Integer()) })) }),
  ],
  [
    'a name with a dot in it',
    ['{"pool.id": 1}'],
    [row('pool.id', Type.Integer())],
    Type.Object({ 'pool.id': Type.Integer() }),
  ],
  [
    'a nested member by its own name',
    ['{"data": {"txnId": "1"}}'],
    [row('txnId', Type.String({ maxLength: 3 }))],
    Type.Object({ data: Type.Object({ txnId: Type.String({ maxLength: 3 }) }) }),
  ],
  [
    'rows for the items of a bare array',
    ['[{"id": 1}]'],
    [row('id', Type.Integer(), { required: false })],
    Type.Array(Type.Object({ id: Type.Optional(Type.Integer()) })),
  ],
  [
    'a row that says what an item is',
    ['{"a": ["x"]}'],
    [row('a', Type.Array(Type.String({ maxLength: 2 })))],
    Type.Object({ a: Type.Array(Type.String({ maxLength: 2 })) }),
  ],
  [
    'keys that are dates',
    ['{"2020-01-01": 1, "2020-01-02": 2}'],
    [],
    Type.Record(Type.String(), Type.Integer()),
  ],
  [
    'keys that are numbers',
    ['{"q": {"630": {"a": 1}, "631": {"a": 2}}}'],
    [],
    Type.Object({ q: Type.Record(Type.String(), Type.Object({ a: Type.Integer() })) }),
  ],
  [
    'a description',
    ['{"a": 1}'],
    [row('a', Type.Integer(), { description: 'How many' })],
    Type.Object({ a: Type.Integer({ description: 'How many' }) }),
  ],
  ['a body that is no object', ['"x"', '"y"'], [], Type.String()],
]
for (const [title, samples, fields, schema] of CASES) {
  void t.test(title, (t) => {
    const inferred = infer(samples, fields)
    same(t, inferred, schema)
    t.same(inferred.findings, [])
    t.end()
  })
}

void t.test('origins', (t) => {
  const { schema } = infer(['{"a": 1}'], [row('a', Type.Integer())])
  t.match(schema, { 'x-source': 'page.md:3', properties: { a: { 'x-source': 'page.md:9' } } })
  t.end()
})

void t.test('what a sample contradicts is said, and the sample wins', (t) => {
  const cases: [sample: string, field: Parameter, schema: TSchema, rule: string, message: RegExp][] = [
    [
      '{"a": "x"}',
      row('a', Type.Integer(), { typeText: 'Int' }),
      Type.Object({ a: Type.String() }),
      'sample-contradicts-type',
      /"a" is documented as Int, and page\.md:3 shows a value of kind string/,
    ],
    [
      '{"a": 14.0}',
      row('a', Type.Integer()),
      Type.Object({ a: Type.Number() }),
      'sample-contradicts-type',
      /integer/,
    ],
    [
      '{"a": "12345"}',
      row('a', Type.String({ maxLength: 4 })),
      Type.Object({ a: Type.String() }),
      'sample-contradicts-type',
      /string/,
    ],
    [
      '{"a": {"b": 1}}',
      row('a', Type.String()),
      Type.Object({ a: Type.Object({ b: Type.Integer() }) }),
      'sample-contradicts-type',
      /object/,
    ],
    [
      '{"a": [1]}',
      row('a', Type.String()),
      Type.Object({ a: Type.Array(Type.Integer()) }),
      'sample-contradicts-type',
      /array/,
    ],
    [
      '{"a": "z"}',
      row('a', Type.Union([Type.Literal('x'), Type.Literal('y')])),
      Type.Object({ a: Type.String() }),
      'sample-contradicts-type',
      /string/,
    ],
    [
      '{}',
      row('a', Type.String(), { required: true }),
      Type.Object({ a: Type.Optional(Type.String()) }),
      'sample-lacks-required',
      /"a" is documented as required/,
    ],
  ]
  for (const [sample, field, schema, rule, message] of cases) {
    const inferred = infer([sample], [field])
    same(t, inferred, schema)
    t.match(inferred.findings, [{ rule, message, source: { file: 'page.md', line: 9 } }])
    t.equal(inferred.findings.length, 1)
  }
  t.end()
})
