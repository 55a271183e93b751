import { type TSchema, Type } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import t from 'tap'
import { inferSchema } from '../../src/operation/infer.js'
import { parseExact, toPlain } from '../../src/operation/json.js'
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

const ajv = new Ajv2020({ strict: false, validateFormats: false, ownProperties: true })
const declared = fc.constantFrom<TSchema>(
  Type.Unknown(),
  Type.String(),
  Type.String({ maxLength: 2 }),
  Type.String({ pattern: '^[0-9]+$' }),
  Type.Integer(),
  Type.Number({ minimum: 3 }),
  Type.Boolean(),
  Type.Null(),
  Type.Object({}),
  Type.Array(Type.String()),
  Type.Array(Type.Unknown()),
  Type.Union([Type.String(), Type.Integer()]),
  Type.Union([Type.Literal('a'), Type.Literal(1)]),
  Type.Record(Type.String(), Type.String()),
)
const name = fc.constantFrom(
  'a',
  'b',
  'c',
  '1',
  '2',
  '2020-01-01',
  '__proto__',
  'constructor',
  'length',
  'a.b',
)
const path = fc.oneof(
  name,
  fc.constantFrom(
    'a.b',
    'a[0].b',
    'a[].c',
    'b.c.a',
    'a[][].b',
    '[].a',
    'a[b]',
    '$.a',
    '.',
    'a..b',
    'a[',
    ' a ',
    '',
  ),
)
const body = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', '12', '', 'long text'),
    fc.integer({ min: -5, max: 9 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
})).value

void t.test('every sample is valid against the inferred schema', (t) => {
  fc.assert(
    fc.property(
      fc.array(body, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(path, declared, fc.constantFrom(true, false, undefined)), { maxLength: 5 }),
      (samples, rows) => {
        const fields = rows.map(([name, schema, required]) =>
          row(name, schema, required === undefined ? {} : { required }),
        )
        const texts = samples.map((sample) => JSON.stringify(sample))
        const { schema } = infer(texts, fields)
        const validate = ajv.compile(JSON.parse(JSON.stringify(schema)))
        for (const text of texts)
          if (!validate(toPlain(parseExact(text))))
            throw new Error(`${text}\n${JSON.stringify(schema)}\n${JSON.stringify(validate.errors)}`)
      },
    ),
    { numRuns: 500, seed: 7 },
  )
  t.end()
})

void t.test('depth is bounded, and a large sample is read', (t) => {
  const deep = infer(
    [`${'{"a":['.repeat(50_000)}1${']}'.repeat(50_000)}`],
    [row('x', Type.String()), row(`a${'[]'.repeat(10_000)}`, Type.String())],
  )
  t.ok(JSON.stringify(deep.schema).length < 50_000)
  const wide = infer([
    `[${Array.from({ length: 20_000 }, (_, index) => `{"id": ${index}, "k${index % 50}": "x"}`).join(',')}]`,
  ])
  t.match(wide.schema, { type: 'array', items: { required: ['id'] } })
  t.end()
})
