import t from 'tap'
import type { ParameterPlace } from '../../src/operation/operation.js'
import { compileParameters } from '../../src/respond/parameters.js'
import { Validation } from '../../src/respond/validation.js'
import { type Described, inputOf, parameter, read, source, valueOf } from './parameter-helper.js'

const string = { type: 'string' }
const array = { type: 'array', items: string }
const object = {
  type: 'object',
  properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } },
}
const list = ['blue', 'black', 'brown']
const rgb = { R: 100, G: 200, B: 150 }

// The table of OpenAPI 3.1 section 4.8.12.4, row by row.
const table: [
  place: ParameterPlace,
  style: string,
  explode: boolean,
  schema: object,
  text: string,
  value: unknown,
][] = [
  ['path', 'matrix', false, string, ';color', ''],
  ['path', 'matrix', false, string, ';color=blue', 'blue'],
  ['path', 'matrix', false, array, ';color=blue,black,brown', list],
  ['path', 'matrix', false, object, ';color=R,100,G,200,B,150', rgb],
  ['path', 'matrix', true, string, ';color=blue', 'blue'],
  ['path', 'matrix', true, array, ';color=blue;color=black;color=brown', list],
  ['path', 'matrix', true, object, ';R=100;G=200;B=150', rgb],
  ['path', 'label', false, string, '.', ''],
  ['path', 'label', false, string, '.blue', 'blue'],
  ['path', 'label', false, array, '.blue,black,brown', list],
  ['path', 'label', false, array, '.blue.black.brown', list],
  ['path', 'label', false, object, '.R,100,G,200,B,150', rgb],
  ['path', 'label', false, object, '.R.100.G.200.B.150', rgb],
  ['path', 'label', true, array, '.blue.black.brown', list],
  ['path', 'label', true, object, '.R=100.G=200.B=150', rgb],
  ['path', 'simple', false, string, 'blue', 'blue'],
  ['path', 'simple', false, array, 'blue,black,brown', list],
  ['path', 'simple', false, object, 'R,100,G,200,B,150', rgb],
  ['path', 'simple', true, array, 'blue,black,brown', list],
  ['path', 'simple', true, object, 'R=100,G=200,B=150', rgb],
  ['header', 'simple', false, string, 'blue,%20black', 'blue,%20black'],
  ['header', 'simple', false, array, 'blue, black ,brown', list],
  ['header', 'simple', false, object, 'R,100,G,200,B,150', rgb],
  ['header', 'simple', true, object, 'R=100, G=200, B=150', rgb],
  ['query', 'form', false, string, 'color=', ''],
  ['query', 'form', true, string, 'color=blue', 'blue'],
  ['query', 'form', false, array, 'color=blue,black,brown', list],
  ['query', 'form', false, array, 'color=', []],
  ['query', 'form', false, object, 'color=R,100,G,200,B,150', rgb],
  ['query', 'form', true, array, 'color=blue&color=black&color=brown', list],
  ['query', 'form', true, array, 'color=blue', ['blue']],
  ['query', 'form', true, object, 'R=100&G=200&B=150&other=1', rgb],
  ['query', 'spaceDelimited', false, array, 'color=blue%20black%20brown', list],
  ['query', 'spaceDelimited', false, array, 'color=blue+black+brown', list],
  ['query', 'spaceDelimited', false, object, 'color=R%20100%20G%20200%20B%20150', rgb],
  ['query', 'pipeDelimited', false, array, 'color=blue|black|brown', list],
  ['query', 'pipeDelimited', false, array, 'color=blue%7Cblack%7cbrown', list],
  ['query', 'pipeDelimited', false, object, 'color=R|100|G|200|B|150', rgb],
  ['query', 'deepObject', true, object, 'color[R]=100&color[G]=200&color[B]=150', rgb],
  ['query', 'deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150', rgb],
  ['cookie', 'form', true, string, 'a=b; color=blue', 'blue'],
  ['cookie', 'form', false, array, 'color=blue,black,brown', list],
  ['cookie', 'form', false, object, 'color="R,100,G,200,B,150"', rgb],
  ['cookie', 'form', true, object, 'R=100; G=200; B=150', rgb],
]

for (const [place, style, explode, schema, text, value] of table) {
  void t.test(`${place} ${style} ${explode ? 'exploded ' : ''}${text}`, async (t) => {
    const result = read([parameter(place, { style, explode, schema, required: true })], inputOf(place, text))
    t.strictSame(result.violations, [])
    t.strictSame(valueOf(result), value)
  })
}

const integer = { type: 'integer' }
const typed: [why: string, schema: object, query: string, value: unknown][] = [
  ['integer', integer, 'color=12', 12],
  ['number', { type: 'number' }, 'color=-1.5e3', -1500],
  ['boolean', { type: 'boolean' }, 'color=false', false],
  ['null', { type: ['integer', 'null'] }, 'color=null', null],
  ['nothing for null', { type: ['integer', 'null'] }, 'color=', null],
  ['a string of digits stays a string', string, 'color=12', '12'],
  ['a nullable string is never null', { type: ['string', 'null'] }, 'color=null', 'null'],
  ['text stays text where the schema takes it', { type: ['string', 'integer'] }, 'color=12', '12'],
  ['but not where it does not', { anyOf: [{ type: 'string', enum: ['all'] }, integer] }, 'color=12', 12],
  ['oneOf', { oneOf: [{ type: 'boolean' }, { type: 'number' }] }, 'color=1.0', 1],
  ['allOf', { allOf: [{ minimum: 1 }, integer] }, 'color=3', 3],
  ['enum of numbers', { enum: [1, 2] }, 'color=2', 2],
  ['const', { const: true }, 'color=true', true],
  ['no type at all', {}, 'color=12', '12'],
  ['through a reference', { $ref: 'doc#/$defs/level' }, 'color=7', 7],
  ['a list of numbers', { type: 'array', items: { type: 'number' } }, 'color=1&color=2.5', [1, 2.5]],
  [
    'a tuple',
    { type: 'array', prefixItems: [integer, string], items: { type: 'boolean' } },
    'color=1&color=2&color=true',
    [1, '2', true],
  ],
  ['a list by reference', { $ref: 'doc#/$defs/levels' }, 'color=1&color=2', [1, 2]],
  ['one or several', { oneOf: [integer, { type: 'array', items: integer }] }, 'color=1&color=2', [1, 2]],
  ['one of one or several', { oneOf: [integer, { type: 'array', items: integer }] }, 'color=1', 1],
  ['+ is a space, %2B is not', string, 'color=a+b%2Bc', 'a b+c'],
  ['= inside a value', string, 'color=a=b', 'a=b'],
]
for (const [why, schema, query, value] of typed) {
  void t.test(`types: ${why}`, async (t) => {
    const documents = {
      doc: { $defs: { level: integer, levels: { type: 'array', items: { $ref: '#/$defs/level' } } } },
    }
    const { values, violations } = compileParameters(
      [parameter('query', { schema })],
      (id) => Reflect.get(documents, id) as unknown,
      (schema) => new Validation(documents).validator(schema, 'request'),
    )({ path: {}, query, headers: {} })
    t.strictSame(violations, [])
    t.strictSame(values.query, { color: value })
  })
}

const wrong: [why: string, described: Described, query: string, keyword: string, pointer: string][] = [
  ['not an integer', { schema: integer }, 'color=x', 'type', ''],
  ['a fraction', { schema: integer }, 'color=1.5', 'type', ''],
  ['hexadecimal', { schema: integer }, 'color=0x10', 'type', ''],
  ['empty', { schema: integer }, 'color=', 'type', ''],
  ['out of range', { schema: { type: 'integer', maximum: 9 } }, 'color=10', 'maximum', ''],
  ['one item of a list', { schema: { type: 'array', items: integer } }, 'color=1&color=b', 'type', '/1'],
  ['a member', { schema: object, style: 'deepObject' }, 'color[R]=red', 'type', '/R'],
  ['absent', { schema: string, required: true }, 'colour=x', 'required', ''],
  ['absent object', { schema: object, required: true, style: 'deepObject' }, 'color=x', 'required', ''],
  ['twice', { schema: string }, 'color=a&color=b', 'repeated', ''],
  ['badly encoded', { schema: string }, 'color=%E0%A4%A', 'encoding', ''],
  ['not UTF-8', { schema: array }, 'color=a&color=%FF', 'encoding', ''],
  ['not JSON', { schema: object, mediaType: 'application/json' }, 'color={', 'syntax', ''],
]
for (const [why, described, query, keyword, pointer] of wrong) {
  void t.test(`violations: ${why}`, async (t) => {
    const { violations } = read([parameter('query', { description: 'The shade', ...described })], { query })
    t.match(violations, [{ in: 'query', name: 'color', keyword, pointer, source, docs: 'The shade' }])
    t.equal(violations.length, 1)
  })
}

void t.test('a path that is not of its style', async (t) => {
  const { violations } = read([parameter('path', { schema: string, style: 'matrix' })], {
    path: { color: 'blue' },
  })
  t.match(violations, [{ in: 'path', keyword: 'style', expected: 'matrix' }])
})

void t.test('encoded delimiters are part of the value, unless only the other reading fits', async (t) => {
  const csv = { style: 'form', explode: false }
  t.strictSame(valueOf(read([parameter('query', { ...csv, schema: array })], { query: 'color=a%2Cb,c' })), [
    'a,b',
    'c',
  ])
  const numbers = { type: 'array', items: integer }
  t.strictSame(
    valueOf(read([parameter('query', { ...csv, schema: numbers })], { query: 'color=1%2C2' })),
    [1, 2],
  )
  t.strictSame(valueOf(read([parameter('path', { schema: array })], { path: { color: 'a%2Cb,c' } })), [
    'a,b',
    'c',
  ])
})

void t.test('deep objects: nested, lists, and names that objects inherit', async (t) => {
  const schema = {
    type: 'object',
    properties: {
      tags: { type: 'array', items: integer },
      inner: { type: 'object', properties: { on: { type: 'boolean' } } },
      list: { type: 'array', items: { type: 'object', properties: { id: integer } } },
    },
  }
  const query =
    'color[tags][]=1&color[tags][]=2&color[inner][on]=true&color[list][1][id]=8&color[list][0][id]=7&color[__proto__]=x'
  const value = valueOf(read([parameter('query', { style: 'deepObject', schema })], { query }))
  t.strictSame(JSON.parse(JSON.stringify(value)), {
    tags: [1, 2],
    inner: { on: true },
    list: [{ id: 7 }, { id: 8 }],
    ['__proto__']: 'x',
  })
  t.equal(Object.getPrototypeOf(value), Object.prototype)
})

void t.test('a repeated member of a deep object is a list', async (t) => {
  const described = {
    style: 'deepObject',
    schema: { type: 'object', properties: { id: { type: 'array', items: integer } } },
  }
  t.strictSame(valueOf(read([parameter('query', described)], { query: 'color[id]=1&color[id]=2' })), {
    id: [1, 2],
  })
})

void t.test('an exploded object takes what it documents; an open one what nobody else claims', async (t) => {
  const limit = parameter('query', { name: 'limit', schema: integer })
  const open = parameter('query', { schema: { type: 'object', additionalProperties: string } })
  const { values } = read([limit, open], { query: 'limit=5&a=1&b=2' })
  t.strictSame(values.query, { limit: 5, color: { a: '1', b: '2' } })
})

void t.test('content parameters are documents', async (t) => {
  const described = { schema: object, mediaType: 'application/json' }
  const query = `color=${encodeURIComponent(JSON.stringify(rgb))}`
  t.strictSame(valueOf(read([parameter('query', described)], { query })), rgb)
  t.match(read([parameter('query', described)], { query: 'color={"R":"x"}' }).violations, [{ pointer: '/R' }])
})

void t.test('allowEmptyValue lets an empty value pass', async (t) => {
  const { values, violations } = read([parameter('query', { schema: integer, allowEmptyValue: true })], {
    query: 'color',
  })
  t.strictSame(violations, [])
  t.strictSame(values.query, { color: '' })
})

void t.test('allowReserved leaves + alone', async (t) => {
  t.strictSame(
    valueOf(read([parameter('query', { schema: string, allowReserved: true })], { query: 'color=a+b:/?' })),
    'a+b:/?',
  )
})

void t.test('header names are case-insensitive, and some are described elsewhere', async (t) => {
  const rate = parameter('header', { name: 'X-Rate', schema: integer })
  t.strictSame(read([rate], { headers: { 'x-rate': '7' } }).values.header, { 'X-Rate': 7 })
  for (const name of ['Accept', 'Content-Type', 'authorization']) {
    t.strictSame(read([parameter('header', { name, schema: integer, required: true })], {}).violations, [])
  }
})

const refuse = (): never => {
  throw new Error('compiled')
}

void t.test('nothing to read costs no validator', async (t) => {
  const check = compileParameters([parameter('header', { schema: string })], () => undefined, refuse)
  t.strictSame(check({ path: {}, query: '', headers: { color: 'x' } }).values.header, { color: 'x' })
  const nothing = compileParameters([], () => undefined, refuse)
  t.equal(nothing({ path: {}, query: 'a=1', headers: {} }), nothing({ path: {}, query: '', headers: {} }))
})
