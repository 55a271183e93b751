import { Type } from '@sinclair/typebox'
import * as fc from 'fast-check'
import t from 'tap'
import { schemaOfTypeText } from '../../src/parse/type-words.js'

const one = (...values: (string | number)[]) => Type.Union(values.map((value) => Type.Literal(value)))
const digits = (pattern: string, maximum: number) =>
  Type.Union([Type.String({ pattern }), Type.Integer({ minimum: 0, maximum })])

const TYPES: [typeText: string, schema: unknown][] = [
  ...[
    'String',
    ' string ',
    'strings',
    'text',
    'VARCHAR',
    '字符串',
    'строка',
    'metin',
    '`string`',
    'string, optional',
    'required string',
    'String (JSON)',
    'text/plain',
  ].map((text): [string, unknown] => [text, Type.String()]),
  ...['int', 'Integer', 'long', 'BigInteger', '整数', 'ganzzahl', 'integer (int64)', 'integer number'].map(
    (text): [string, unknown] => [text, Type.Integer()],
  ),
  ...['number', 'Float', 'double', 'Decimal', 'número', 'number($double)'].map((text): [string, unknown] => [
    text,
    Type.Number(),
  ]),
  ...['bool', 'Boolean', 'true/false', '布尔'].map((text): [string, unknown] => [text, Type.Boolean()]),
  ...['object', 'JSON object', 'nesne'].map((text): [string, unknown] => [text, Type.Object({})]),
  ...['array', 'List', '数组'].map((text): [string, unknown] => [text, Type.Array(Type.Unknown())]),
  ...[
    'List<String>',
    'string[]',
    '[]string',
    'Array[string]',
    'array of strings',
    'list (string)',
    'string array',
    '\\[string\\]',
  ].map((text): [string, unknown] => [text, Type.Array(Type.String())]),
  ['array of objects', Type.Array(Type.Object({}))],
  ['int[][]', Type.Array(Type.Array(Type.Integer()))],
  ['Map<String,String> ', Type.Record(Type.String(), Type.String())],
  ['List<Map<String, Integer>>', Type.Array(Type.Record(Type.String(), Type.Integer()))],
  ['JSON', Type.Union([Type.Object({}), Type.Array(Type.Unknown())])],
  ['String(20)', Type.String({ maxLength: 20 })],
  ['String (6-20)', Type.String({ minLength: 6, maxLength: 20 })],
  ['varchar (max 5)', Type.String({ maxLength: 5 })],
  ['Numeric(4)', digits('^[0-9]{1,4}$', 9999)],
  ['string | null', Type.Union([Type.String(), Type.Null()])],
  ['integer/string', Type.Union([Type.Integer(), Type.String()])],
  ['string?', Type.Union([Type.String(), Type.Null()])],
  ['"asc" | "desc"', one('asc', 'desc')],
  ['enum(A, B)', one('A', 'B')],
  ['UUID', Type.String({ format: 'uuid' })],
  ['string <uuid>', Type.String({ format: 'uuid' })],
  ['date(yyyyMMdd)', Type.String({ pattern: '^[0-9]{4}[0-9]{2}[0-9]{2}$' })],
  ['date', Type.String()],
  ['timestamp', Type.Union([Type.Number(), Type.String()])],
  ['any', Type.Unknown()],
]
for (const [typeText, schema] of TYPES) {
  void t.test(`type ${typeText}`, (t) => {
    t.same(schemaOfTypeText(typeText), { schema, understood: true })
    t.end()
  })
}

void t.test('words that say nothing stay open', (t) => {
  for (const text of [
    undefined,
    '',
    'RW',
    'True',
    'foo bar',
    'enum',
    'Variable, 5–8 characters',
    'Mandatory',
    'Account',
    '<',
    '[]',
    'x'.repeat(1000),
  ]) {
    t.match(schemaOfTypeText(text), { understood: false, schema: {} }, text ?? 'none')
  }
  t.end()
})

const PROSE: [typeText: string | undefined, description: string, schema: unknown][] = [
  ['String', 'one of A, B', one('A', 'B')],
  ['String', 'Sort order: `asc` or `desc`', one('asc', 'desc')],
  ['String', 'Possible values are "live", "test" or "off".', one('live', 'test', 'off')],
  ['String', "should be either of \\['ASC','DESC']", one('ASC', 'DESC')],
  ['String', 'Allowed values: RED | GREEN (default RED)', one('RED', 'GREEN')],
  ['Int', 'Allowed values are 1, 2 or 3.', one(1, 2, 3)],
  [undefined, 'One of 1, 2', one('1', 1, '2', 2)],
  ['Int', 'mode 1 - by PIN / 2 - by device', one(1, 2)],
  ['String', 'Y - Yes, N - No', one('Y', 'N')],
  ['String', 'should be 1', Type.Literal('1')],
  ['Integer', 'Should be 1 since it is a change', Type.Literal(1)],
  ['String', '4 digit pin', Type.String({ pattern: '^[0-9]{4}$' })],
  ['Numeric(4)', '4 digit pin', digits('^[0-9]{4}$', 9999)],
  ['String', 'Max 19 digits', Type.String({ pattern: '^[0-9]{1,19}$' })],
  ['String', 'must be 64 characters long', Type.String({ minLength: 64, maxLength: 64 })],
  ['String', 'max 50 characters', Type.String({ maxLength: 50 })],
  ['String', 'At least 8 characters', Type.String({ minLength: 8 })],
  ['number', 'between 0 and 1', Type.Number({ minimum: 0, maximum: 1 })],
  ['int', 'greater than Zero', Type.Integer({ exclusiveMinimum: 0 })],
  ['String', 'Date in yyyy-MM-dd format', Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })],
]
for (const [typeText, description, schema] of PROSE) {
  void t.test(`${typeText ?? 'no type'}: ${description}`, (t) => {
    t.same(schemaOfTypeText(typeText, description).schema, schema)
    t.end()
  })
}

void t.test('prose that does not bind claims nothing', (t) => {
  for (const description of [
    'One of name, id or number must be specified',
    'One of the following options:',
    'Must be the same format as X-SIGNATURE.',
    'should be 1 if the device is bound',
    'should be set to 0 when unknown',
    'Either email or phone',
    'Either email or phone is required',
    'Use `foo` or `bar` to call it',
    'page 1 - 10',
    'must be unique',
    'one of A, B, etc.',
    'should be 1 or 2 depending',
    'The last 4 digits',
    '3-4 digits',
    'first: name, second: age',
    'a value greater than 0 when set',
    'Format of dd MMM yyyy',
    'The enum is described elsewhere',
  ])
    t.same(schemaOfTypeText('String', description).schema, Type.String(), description)
  t.end()
})

void t.test('any text gives a schema', (t) => {
  const piece = fc.constantFrom(
    'list',
    'map',
    'string',
    'enum',
    'one of ',
    ' or ',
    'A',
    '1',
    '4 digit',
    '<',
    '>',
    '[',
    ']',
    '(',
    ')',
    ',',
    '|',
    '/',
    '"',
    '`',
    ' ',
    '- ',
    'should be ',
    'yyyy',
    'MM',
    '?',
    ':',
    'max ',
  )
  const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, text, (typeText, description) => {
      const { schema } = schemaOfTypeText(typeText, description)
      JSON.stringify(schema)
      if (typeof schema['pattern'] === 'string') RegExp(schema['pattern'], 'u')
    }),
    { numRuns: 2000, seed: 7 },
  )
  const size = 20_000
  for (const text of [
    'list<'.repeat(size),
    '[]'.repeat(size),
    'a|'.repeat(size),
    'one of '.repeat(size),
    '`a` or '.repeat(size),
    '1 - a '.repeat(size),
    'yyyy'.repeat(size),
    ' '.repeat(size * 10),
    '(['.repeat(size),
  ]) {
    t.ok(schemaOfTypeText(text, text).schema, text.slice(0, 8))
  }
  t.end()
})
