import { Type } from '@sinclair/typebox'
import t from 'tap'
import { compileMatchers } from '../../src/contract/matchers.js'
import { portablePattern } from '../../src/contract/pattern.js'
import { parseExact, stringifyExact } from '../../src/operation/json.js'

const listed = (schema: unknown, documents = {}): string[] =>
  compileMatchers(schema, { documents }).unsupported.map(
    ({ pointer, keyword, scope }) => `${pointer} ${keyword} ${scope}`,
  )

void t.test('what Pact cannot say is listed, by its place', async (t) => {
  const cases: [string, unknown, string[]][] = [
    ['nothing', Type.Object({ a: Type.String({ pattern: '^x$' }) }), []],
    [
      'a range',
      Type.Integer({ minimum: 1, maximum: 5 }),
      ['/maximum maximum keyword', '/minimum minimum keyword'],
    ],
    ['a step', { type: 'number', multipleOf: 5 }, ['/multipleOf multipleOf keyword']],
    [
      'unique items',
      { type: 'array', items: { type: 'string' }, uniqueItems: true },
      ['/uniqueItems uniqueItems keyword'],
    ],
    ['a nullable object', { type: ['object', 'null'], properties: {} }, ['/type type schema']],
    ['one of several objects', { oneOf: [{ type: 'object' }, { type: 'array' }] }, ['/oneOf oneOf schema']],
    ['null', { type: 'null' }, ['/type type keyword']],
    [
      'lengths beside null',
      { anyOf: [{ type: 'string', minLength: 1, maxLength: 3 }, { type: 'null' }] },
      ['/anyOf/0/maxLength maxLength keyword', '/anyOf/0/minLength minLength keyword'],
    ],
    ['a condition', { type: 'string', not: { const: 'a' } }, ['/not not keyword']],
    ['a format', { type: 'string', format: 'email' }, ['/format format keyword']],
    ['a back reference', { type: 'string', pattern: String.raw`(a)\1` }, ['/pattern pattern keyword']],
    [
      'a member that no path can name',
      { type: 'object', properties: { "it's": { type: 'string' } } },
      ["/properties/it's/name properties schema"],
    ],
    ['a reference that leads nowhere', { $ref: 'gone#/x' }, ['/$ref $ref keyword']],
  ]
  for (const [name, schema, expected] of cases) t.strictSame(listed(schema), expected, name)
})

void t.test('references into documents, and schemas that contain themselves', async (t) => {
  const Tree = {
    type: 'object',
    required: ['name', 'below'],
    properties: { name: { type: 'string' }, below: { type: 'array', items: { $ref: '#/schemas/Tree' } } },
  }
  const { rules, schema, unsupported } = compileMatchers(
    { $ref: 'api#/schemas/Tree' },
    { documents: { api: { schemas: { Tree } } } },
  )
  t.strictSame(Object.keys(rules), ['$.name', '$.below', '$.below[*]'])
  t.strictSame(
    schema,
    {
      $ref: '#/$defs/Tree',
      $defs: {
        Tree: {
          ...Tree,
          properties: { ...Tree.properties, below: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
        },
      },
    },
    'the schema stands by itself',
  )
  t.strictSame(
    unsupported.map(({ pointer }) => pointer),
    ['/$defs/Tree/properties/below/items/$ref'],
  )
  const Recursive = Type.Recursive((This) => Type.Object({ next: Type.Optional(This) }))
  t.ok(compileMatchers(Recursive).closed, 'recursion as TypeBox writes it')
})

void t.test('the documented example, digits kept, is cut to what is required', async (t) => {
  const schema = Type.Object({
    a: Type.Number(),
    b: Type.Integer(),
    c: Type.Optional(Type.String()),
    d: Type.Array(Type.Object({ x: Type.String() })),
  })
  const example = parseExact('{"a":14.0,"b":12345678901234567890,"c":"c","d":[{},{"x":"y"}],"e":1}')
  const compiled = compileMatchers(schema, { example })
  t.equal(stringifyExact(compiled.example), '{"a":14.0,"b":12345678901234567890,"d":[{"x":"y"}]}')
  t.equal(
    stringifyExact(compiled.closed?.example),
    '{"a":14.0,"b":12345678901234567890,"c":"c","d":[{"x":"y"}]}',
  )
  const whole = compileMatchers(Type.Integer(), { example: parseExact('14.0') })
  t.strictSame(
    whole.rules.$?.matchers.map(({ match }) => match),
    ['number', 'regex'],
    'an integer written 14.0',
  )
})

void t.test('members of one direction are not in the other', async (t) => {
  const schema = {
    type: 'object',
    required: ['id', 'secret'],
    properties: { id: { type: 'string', readOnly: true }, secret: { type: 'string', writeOnly: true } },
  }
  t.strictSame(Object.keys(compileMatchers(schema, { direction: 'response' }).rules), ['$.id'])
  t.strictSame(Object.keys(compileMatchers(schema, { direction: 'request' }).rules), ['$.secret'])
})

void t.test('patterns for engines that match the whole text', async (t) => {
  const cases: [string, string | undefined][] = [
    ['^[0-9]{4}$', '[0-9]{4}'],
    ['^\\d+$', '[0-9]+'],
    ['a|b', String.raw`[\s\S]*(?:a|b)[\s\S]*`],
    ['^a|b$', String.raw`[\s\S]*(?:^a|b$)[\s\S]*`],
    [String.raw`^\$`, String.raw`[\s\S]*(?:^\$)[\s\S]*`],
    ['^[a&&b]$', String.raw`[a\&\&b]`],
    [String.raw`^\u0041$`, String.raw`\x{0041}`],
    [String.raw`(a)\1`, undefined],
    ['(', undefined],
  ]
  for (const [pattern, expected] of cases) t.equal(portablePattern(pattern), expected, pattern)
})
