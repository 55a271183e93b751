import t from 'tap'
import { changesOf, type Said } from './diff-documents.js'

const text = { type: 'string' }
const integer = { type: 'integer' }
const object = (properties: object, required: readonly string[] = [], more: object = {}): object => ({
  type: 'object',
  properties,
  required,
  ...more,
})
const list = (more: object): object => ({ type: 'array', items: text, ...more })
const nothing = { type: 'null' }
const A = { $ref: '#/components/schemas/A' }
const B = { $ref: '#/components/schemas/B' }
const [a, b] = [object({ a: text }, ['a']), object({ b: text }, ['b'])]

const sent = (old: unknown, now: unknown): [Said, Said] => [{ request: old }, { request: now }]
const received = (old: unknown, now: unknown): [Said, Said] => [{ response: old }, { response: now }]
/** The same schema that refers to others, which have changed. */
const around = (schema: unknown, old: object, now: object): [Said, Said] => [
  { response: schema, schemas: old },
  { response: schema, schemas: now },
]

void t.test('what says the same in other words is no change', async (t) => {
  const cases: [string, [Said, Said]][] = [
    ['a least length of nothing', sent(text, { ...text, minLength: 0 })],
    ['at least no items', sent(list({}), list({ minItems: 0 }))],
    ['items that may be the same', sent(list({}), list({ uniqueItems: false }))],
    [
      'null as a type and as an alternative',
      received({ type: ['string', 'null'] }, { anyOf: [text, nothing] }),
    ],
    ['null as an alternative of an object', received({ anyOf: [nothing, a] }, { anyOf: [a, nothing] })],
    ['values in another order', received({ enum: ['a', 'b'] }, { enum: ['b', 'a'] })],
    [
      'values as constants',
      received({ type: 'string', enum: ['a', 'b'] }, { oneOf: [{ const: 'b' }, { const: 'a' }] }),
    ],
    [
      'a definition of another name',
      [
        { response: { oneOf: [A, b] }, schemas: { A: a } },
        { response: { oneOf: [B, b] }, schemas: { B: a } },
      ],
    ],
    [
      'a definition instead of its content',
      [{ response: { oneOf: [a, b] } }, { response: { oneOf: [A, B] }, schemas: { A: a, B: b } }],
    ],
    [
      'members in any order',
      received({ not: object({ a: text, b: text }) }, { not: object({ b: text, a: text }) }),
    ],
    ['further members, said or not', sent(object({}), object({}, [], { additionalProperties: {} }))],
  ]
  for (const [name, [old, now]] of cases) t.strictSame(changesOf(old, now), [], name)
})

void t.test('what changes behind a reference is seen wherever it leads', async (t) => {
  const is = (where: string): string[] => [`breaking response-type-changed response 200 body${where}`]
  const [old, now] = [
    { A: a, B: b },
    { A: object({ a: integer }, ['a']), B: b },
  ]
  t.strictSame(changesOf(...around({ oneOf: [A, B] }, old, now)), is(' a'), 'of an alternative')
  t.strictSame(changesOf(...around(object({ x: { anyOf: [A, nothing] } }), old, now)), is(' x.a'), 'or null')
  const deep = (inner: object): object => ({ A: object({ b: B }, ['b']), B: inner })
  t.strictSame(
    changesOf(...around({ oneOf: [A, a] }, deep(b), deep(object({ b: integer }, ['b'])))),
    is(' b.b'),
    'of what an alternative refers to',
  )
  const changed = ['breaking response-constraint-changed response 200 body']
  for (const schema of [
    { type: 'string', not: A },
    { type: 'array', prefixItems: [A] },
    { type: 'object', patternProperties: { '^x': A } },
  ])
    t.strictSame(changesOf(...around(schema, { A: text }, { A: integer })), changed, JSON.stringify(schema))
  t.strictSame(
    changesOf(
      ...around(
        { anyOf: [A, text] },
        { A: { type: 'array', items: { anyOf: [A, text] } } },
        { A: { type: 'array', items: { anyOf: [A, integer] } } },
      ),
    ),
    ['breaking response-type-changed response 200 body *'],
    'of one that contains itself',
  )
})

void t.test('alternatives are compared one by one', async (t) => {
  const cases: [string, [Said, Said], string[]][] = [
    [
      'a member more in one',
      received({ oneOf: [a, b] }, { oneOf: [b, object({ a: text, c: text }, ['a'])] }),
      ['safe response-member-added response 200 body c'],
    ],
    [
      'told by their constants',
      sent(
        { oneOf: [object({ kind: { const: 'x' } }), object({ kind: { const: 'y' }, n: integer })] },
        {
          oneOf: [
            object({ kind: { const: 'z' } }),
            object({ kind: { const: 'y' }, n: text }),
            object({ kind: { const: 'x' } }),
          ],
        },
      ),
      ['breaking request-type-changed request body n', 'safe request-alternative-added request body'],
    ],
    ['where there were none', sent(a, { oneOf: [a, b] }), ['safe request-alternative-added request body']],
    [
      'where there are none any more',
      received({ oneOf: [a, b] }, a),
      ['safe response-alternative-removed response 200 body'],
    ],
    [
      'by the values of a discriminator',
      [{ x: A }, { y: A }].map((mapping) => ({
        response: {
          oneOf: [A, B],
          discriminator: {
            propertyName: 'a',
            mapping: Object.fromEntries(Object.entries(mapping).map(([name, { $ref }]) => [name, $ref])),
          },
        },
        schemas: { A: a, B: b },
      })) as [Said, Said],
      [
        'breaking response-values-widened response 200 body',
        'safe response-values-narrowed response 200 body',
      ],
    ],
  ]
  for (const [name, [old, now], expected] of cases) t.strictSame(changesOf(old, now), expected, name)
})

void t.test('constraints are tighter or looser by what they rule out', async (t) => {
  const number = (more: object): object => ({ type: 'number', ...more })
  const [tighter, looser, changed] = [
    ['breaking request-constraint-tightened request body'],
    ['safe request-constraint-loosened request body'],
    ['breaking request-constraint-changed request body'],
  ]
  const cases: [string, unknown, unknown, string[]][] = [
    ['an end that belongs to it', number({ exclusiveMinimum: 0 }), number({ minimum: 0 }), looser],
    ['an end that does not', number({ maximum: 0 }), number({ exclusiveMaximum: 0 }), tighter],
    ['both ends', number({ minimum: 1, exclusiveMinimum: 0 }), number({ minimum: 1 }), []],
    ['steps of half the size', number({ multipleOf: 0.1 }), number({ multipleOf: 0.05 }), looser],
    ['steps of twice the size', number({ multipleOf: 5 }), number({ multipleOf: 10 }), tighter],
    ['other steps', number({ multipleOf: 5 }), number({ multipleOf: 7 }), changed],
    ['integers of more bits', { format: 'int32' }, { format: 'int64' }, looser],
    ['numbers of fewer bits', number({ format: 'double' }), number({ format: 'float' }), tighter],
    ['another format', { format: 'date' }, { format: 'date-time' }, changed],
    ['what must not be', text, { ...text, not: { const: 'a' } }, tighter],
    ['what may be again', { ...text, not: { const: 'a' } }, text, looser],
    [
      'members that need each other',
      object({}),
      object({}, [], { dependentRequired: { a: ['b'] } }),
      tighter,
    ],
    [
      'more that must be in a list',
      list({ contains: text }),
      list({ contains: text, minContains: 2 }),
      changed,
    ],
  ]
  for (const [name, old, now, expected] of cases) t.strictSame(changesOf(...sent(old, now)), expected, name)
  t.strictSame(
    changesOf(...received({ format: 'int64' }, { format: 'int32' })),
    ['safe response-constraint-tightened response 200 body'],
    'received: fewer bits',
  )
})

void t.test('objects that are closed, and what stands for a member that is not sent', async (t) => {
  const map = object({}, [], { additionalProperties: text })
  const closed = object({}, [], { additionalProperties: false })
  t.strictSame(changesOf(...received(map, closed)), ['breaking response-object-closed response 200 body'])
  t.strictSame(changesOf(...sent(a, { ...a, unevaluatedProperties: false })), [
    'breaking request-object-closed request body',
  ])
  const preset = (value: unknown): object => object({ a: { ...text, default: value } })
  t.strictSame(changesOf(...sent(preset('x'), preset('y'))), [
    'breaking request-default-changed request body a',
  ])
  t.strictSame(changesOf(...received(preset('x'), preset('y'))), [])
})

void t.test('a default within an alternative', async (t) => {
  const form = (value: number): Said => ({
    request: {
      oneOf: [
        { type: 'object', properties: { a: { type: 'integer', default: value } } },
        { type: 'array', items: { type: 'string' } },
      ],
    },
  })
  t.same(changesOf(form(1), form(2)), ['breaking request-default-changed request body a'])
  t.same(changesOf(form(1), form(1)), [])
})

void t.test(
  'alternatives within alternatives are compared once for each pair, not for each way to them',
  async (t) => {
    const [levels, width] = [6, 6]
    const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
    const documented = (type: string): Said => {
      const schemas: Record<string, object> = {}
      for (let level = 0; level < levels; level++) {
        const branches = Array.from({ length: width }, (_, index) => `Level${level}Branch${index}`)
        for (const [index, name] of branches.entries()) {
          const next = level + 1 < levels ? reference(`Level${level + 1}`) : { type }
          schemas[name] = {
            type: 'object',
            properties: { [`only${index}`]: { type: 'string' }, ...(index < 2 && { next }) },
          }
        }
        schemas[`Level${level}`] = { oneOf: branches.map(reference) }
      }
      return { request: reference('Level0'), schemas }
    }
    t.equal(changesOf(documented('string'), documented('integer')).length, 2 ** levels)
  },
)
