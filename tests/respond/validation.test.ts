import { Type, type TSchema } from '@sinclair/typebox'
import t from 'tap'
import { Validation } from '../../src/respond/validation.js'
import { summarize } from '../../src/respond/violation.js'

const at = (line: number) => ({ 'x-source': `page.md:${line}` })
const Pet = Type.Object(
  {
    name: Type.String({ minLength: 2, description: 'What it hears to', ...at(3) }),
    kind: Type.Optional(Type.Union([Type.Literal('cat'), Type.Literal('dog')], at(4))),
    legs: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
    'a/b~c': Type.Optional(Type.Object({ deep: Type.String(at(6)) })),
    born: Type.Optional(Type.String({ format: 'date' })),
    tags: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  },
  { ...at(1), additionalProperties: false },
)

const cases: [string, TSchema, unknown, object[] | undefined][] = [
  ['valid', Pet, { name: 'Rex', kind: 'dog', born: '2020-02-29' }, undefined],
  [
    'missing: the member is named, with its own place',
    Pet,
    {},
    [{ pointer: '/name', keyword: 'required', message: 'is required', source: { file: 'page.md', line: 3 } }],
  ],
  [
    'a limit',
    Pet,
    { name: 'R' },
    [{ pointer: '/name', keyword: 'minLength', expected: 2, docs: 'What it hears to' }],
  ],
  [
    'a union of constants is one violation',
    Pet,
    { name: 'Rex', kind: 'cow' },
    [{ pointer: '/kind', message: 'must be one of "cat", "dog"', expected: ['cat', 'dog'] }],
  ],
  ['pointers are escaped', Pet, { name: 'Rex', 'a/b~c': { deep: 1 } }, [{ pointer: '/a~1b~0c/deep' }]],
  [
    'not documented, where the schema is closed',
    Pet,
    { name: 'Rex', 'x/y': 1 },
    [{ pointer: '/x~1y', message: 'is not documented', source: { line: 1 } }],
  ],
  ['a format', Pet, { name: 'Rex', born: '2021-02-29' }, [{ pointer: '/born', expected: 'date' }]],
  [
    'several at once',
    Pet,
    { legs: 5, tags: ['a', 'a'] },
    [{ pointer: '/name' }, { pointer: '/legs' }, { pointer: '/tags' }],
  ],
  [
    'a prototype is no member',
    Pet,
    JSON.parse('{"__proto__":{"name":"Rex"},"name":"Rex"}'),
    [{ pointer: '/__proto__' }],
  ],
  ['an inherited member is none', Type.Object({ toString: Type.String() }), {}, [{ pointer: '/toString' }]],
  ['a constant says its type itself', Type.Literal(1), '1', [{ keyword: 'const', message: 'must be 1' }]],
  [
    'an unknown keyword and format',
    Type.Unsafe({ type: 'string', format: 'phone', shape: 'round' }),
    'x',
    undefined,
  ],
  ['not', Type.Unsafe({ not: { type: 'string' } }), 'x', [{ pointer: '', keyword: 'not' }]],
]

void t.test('violations of a value', async (t) => {
  const validation = new Validation({})
  for (const [title, schema, value, expected] of cases) {
    const found = validation.validator(schema, 'request')(value)
    t.match(found, expected, title)
    t.equal(found?.length, expected?.length, title)
  }
})

void t.test('references into shared documents, circular ones too', async (t) => {
  const validation = new Validation({
    shared: {
      $defs: {
        Tree: {
          type: 'object',
          properties: { next: { $ref: 'shared#/$defs/Tree' }, id: { type: 'integer' } },
        },
      },
    },
  })
  const validator = validation.validator(Type.Unsafe({ $ref: 'shared#/$defs/Tree' }), 'request')
  t.equal(validator({ id: 1, next: { next: { id: 2 } } }), undefined)
  t.match(validator({ next: { next: { id: '2' } } }), [{ pointer: '/next/next/id', keyword: 'type' }])
})

void t.test('a validator is made once for each schema, and compiled when it is first asked', async (t) => {
  const told: string[] = []
  const validation = new Validation({}, (_schema, reason) => told.push(reason))
  t.equal(validation.validator(Pet, 'request'), validation.validator(Pet, 'request'))
  const broken = validation.validator(Type.Unsafe({ $ref: 'nowhere#/x' }), 'request')
  t.equal(broken(1), undefined, 'what cannot be compiled constrains nothing')
  t.match(told, [/nowhere/])
})

void t.test('all of them in one line', async (t) => {
  t.equal(
    summarize([
      { in: 'body', pointer: '/pin', keyword: 'required', message: 'is required' },
      { in: 'header', name: 'X-A', pointer: '', keyword: 'required', message: 'is required' },
    ]),
    'body /pin is required; header X-A is required',
  )
})

void t.test('what a reference leads to is compiled alone, whatever way it is written', async (t) => {
  const document = {
    components: {
      schemas: {
        Node: {
          type: 'object',
          properties: { next: { $ref: 'd:/a#/components/schemas/Node' }, n: { type: 'integer' } },
        },
        'a~b c/d': { type: 'object', properties: { é: { $ref: 'd:/a#/components/schemas/Node' } } },
        Anything: true,
        Nothing: false,
        Tree: {
          $dynamicAnchor: 'node',
          type: 'object',
          properties: { kids: { type: 'array', items: { $dynamicRef: '#node' } } },
        },
        Literal: { enum: [{ $ref: 'd:/a#/nowhere' }, 1] },
      },
    },
  }
  const broken: string[] = []
  const validation = new Validation({ 'd:/a': document }, (_schema, reason) => broken.push(reason))
  const at = (name: string) => `d:/a#/components/schemas/${name}`
  const odd = 'a~0b%20c~1d'
  const cases: [ref: string, value: unknown, pointers: string[]][] = [
    [at('Node'), { next: { next: { n: 'x' } } }, ['/next/next/n']],
    [at(odd), { é: { n: 1.5 } }, ['/é/n']],
    [at('a%7E0b%20c%7E1d'), { é: { n: 1.5 } }, ['/é/n']],
    [at(`${odd}/properties/%C3%A9`), { n: 1.5 }, ['/n']],
    [at('Anything'), 1, []],
    [at('Nothing'), 1, ['']],
    [at('Tree'), { kids: [{ kids: 1 }] }, ['/kids/0/kids']],
    [at('Literal'), { $ref: 'd:/a#/nowhere' }, []],
    [at('Literal'), 2, ['']],
    // After one with dynamic references, those without are compiled alone again.
    [at('Node'), { n: 'x' }, ['/n']],
  ]
  for (const [ref, value, pointers] of cases) {
    const found = validation.validator(Type.Unsafe({ $ref: ref }), 'response')(value) ?? []
    t.strictSame(
      found.map(({ pointer }) => pointer),
      pointers,
      `${ref} ${JSON.stringify(value)}`,
    )
  }
  t.strictSame(broken, [])
  validation.validator(Type.Unsafe({ $ref: at('Missing') }), 'response')(1)
  t.match(broken, [/Missing/])
})
