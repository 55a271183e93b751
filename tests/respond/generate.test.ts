import t from 'tap'
import { generate, type GenerateOptions, type Generated } from '../../src/respond/generate.js'
import type { Schema } from '../../src/respond/schema/located.js'
import { isObject } from '../../src/operation/json-object.js'
import { newAjv } from './helper.js'

const make = (schema: Schema, options: Partial<GenerateOptions> = {}): Generated =>
  generate(schema, { seed: 1, resolve: () => undefined, ...options })
const membersOf = ({ value }: Generated): string[] => (isObject(value) ? Object.keys(value) : [])
const string = { type: 'string' }
const object = (properties: object, more: object = {}): Schema => ({ type: 'object', properties, ...more })

void t.test('every documented member is shown, in order', async (t) => {
  const schema = object({ b: string, a: { type: 'integer' }, c: object({ d: string }) }, { required: ['a'] })
  const result = make(schema)
  t.strictSame(membersOf(result), ['b', 'a', 'c'])
  t.match(result.value, { c: { d: /./ } })
})

void t.test('what the schema shows is used where it is valid', async (t) => {
  const schema = object({
    example: { ...string, example: 'E' },
    examples: { type: 'integer', examples: ['no integer', 5] },
    default: { type: 'boolean', default: true },
    broken: { ...string, minLength: 3, default: 'x' },
    constant: { const: 7 },
    empty: { type: 'array', items: string, default: [] },
  })
  t.match(make(schema).value, {
    example: 'E',
    examples: 5,
    default: true,
    broken: /.{3}/,
    constant: 7,
    empty: [/./],
  })
  t.strictSame(make(object({ a: string }, { example: { a: 'whole' } })).value, { a: 'whole' })
})

void t.test('members are believable, and speak of one person', async (t) => {
  const schema = object({
    firstName: string,
    email: { type: 'string', format: 'email' },
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    age: { type: 'integer' },
    price: { type: 'number' },
    avatarUrl: { type: 'string', format: 'uri' },
  })
  for (const seed of [1, 2, 3, 4, 5]) {
    const { value } = make(schema, { seed })
    if (!isObject(value)) return t.fail('no object')
    const { firstName, email, created_at: created, updated_at: updated, age } = value
    t.match(String(email), new RegExp(`^${String(firstName).toLowerCase()}\\.[a-z]+@example\\.com$`))
    t.ok(String(created) < String(updated))
    t.ok(Number(age) >= 18 && Number(age) <= 80)
    t.match(value['avatarUrl'], /^https:\/\/example\.com\/images\//)
  }
  return undefined
})

void t.test('another seed, another body', async (t) => {
  const schema = object({ id: { type: 'integer' }, name: string, city: string })
  t.strictNotSame(make(schema, { seed: 1 }).value, make(schema, { seed: 2 }).value)
  t.strictSame(make(schema, { seed: 'a' }).value, make(schema, { seed: 'a' }).value)
})

void t.test('a member keeps its value when others come and go', async (t) => {
  const { value } = make(object({ city: string }))
  t.match(make(object({ other: string, city: string })).value, isObject(value) ? { city: value['city'] } : {})
})

void t.test('direction: members, required or not, and examples of the whole', async (t) => {
  const properties = {
    id: { type: 'integer', readOnly: true },
    pin: { allOf: [{ ...string, writeOnly: true }] },
    name: string,
  }
  const required = ['id', 'pin']
  t.strictSame(membersOf(make(object(properties, { required }), { direction: 'response' })), ['id', 'name'])
  t.strictSame(membersOf(make(object(properties, { required }), { direction: 'request' })), ['pin', 'name'])
  t.strictSame(membersOf(make(object(properties, { required }))), ['id', 'pin', 'name'])
  const example = { id: 1, pin: 's', name: 'n' }
  t.strictSame(make(object(properties, { example }), { direction: 'response' }).value, { id: 1, name: 'n' })
})

void t.test('recursion ends', async (t) => {
  const documents = {
    doc: {
      Node: object(
        { value: string, children: { type: 'array', items: { $ref: '#/Node' } }, parent: { $ref: '#/Node' } },
        { required: ['value', 'children'] },
      ),
    },
  }
  const tree = make({ $ref: 'doc#/Node' }, { resolve: (id) => Reflect.get(documents, id) as unknown })
  t.match(tree, {
    valid: true,
    value: { value: /./, children: [{ children: [] }, { children: [] }], parent: { value: /./ } },
  })
  const list = make({
    $defs: { n: object({ n: { anyOf: [{ $ref: '#/$defs/n' }, { type: 'null' }] } }, { required: ['n'] }) },
    $ref: '#/$defs/n',
  })
  t.strictSame(list.value, { n: { n: null } })
  const wide = object(
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, { $ref: '#' }])),
  )
  t.ok(JSON.stringify(make(wide).value).length < 100_000)
})

void t.test('alternatives that require nothing are told apart', async (t) => {
  const schema = { oneOf: [object({ a: string }), object({ b: { type: 'integer' } })] }
  const { value, valid } = make(schema)
  t.ok(valid)
  t.ok(newAjv().compile(schema)(value))
})

void t.test('depth: below the bound only what is required', async (t) => {
  const schema = object({ a: object({ b: object({ c: string, d: string }, { required: ['c'] }) }) })
  t.strictSame(
    membersOf({ valid: true, value: Reflect.get(Object(make(schema, { maxDepth: 2 }).value), 'a') }),
    ['b'],
  )
  t.match(JSON.stringify(make(schema, { maxDepth: 2 }).value), /^\{"a":\{"b":\{"c":"[^"]*"\}\}\}$/)
})

const impossible: [why: string, schema: Schema, reason: RegExp][] = [
  ['false', false, /allows nothing/],
  ['lengths that cross', { type: 'string', minLength: 5, maxLength: 2 }, /no string was found/],
  ['a range without numbers', { type: 'integer', minimum: 3, exclusiveMaximum: 3 }, /no integer/],
  ['types that exclude each other', { allOf: [{ type: 'string' }, { type: 'integer' }] }, /exclude/],
  [
    'endless',
    { $defs: { n: object({ n: { $ref: '#/$defs/n' } }, { required: ['n'] }) }, $ref: '#/$defs/n' },
    /without end/,
  ],
  [
    'more than there are',
    { type: 'array', items: { enum: [1, 2] }, uniqueItems: true, minItems: 3 },
    /differs/,
  ],
  [
    'a required member that cannot be',
    object({ a: false }, { required: ['a'] }),
    /^\/a: the schema allows nothing/,
  ],
]
for (const [why, schema, reason] of impossible) {
  void t.test(`said to be impossible: ${why}`, async (t) => t.match(make(schema), { valid: false, reason }))
}

void t.test('an optional member that cannot be is left out', async (t) => {
  t.strictSame(membersOf(make(object({ a: false, b: string }))), ['b'])
})

const validate = () => [{ pointer: '/a', keyword: 'const', message: 'must be blue' }]

void t.test('the validator has the last word', async (t) => {
  t.match(make(object({ a: string }), { validate }), {
    valid: false,
    reason: '/a must be blue',
    value: { a: /./ },
  })
})
