import { Type } from '@sinclair/typebox'
import t from 'tap'
import type { Response } from '../../src/operation/operation.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'
import { documentedHeaders, generateBody } from '../../src/respond/generated.js'
import { Validation } from '../../src/respond/validation.js'

await loadRareMediaTypes(['application/xml'])

const making = { resolve: () => undefined, validation: new Validation({}), seed: '1' }
const source = { file: 'page.md', line: 4 }
const response = (headers: Response['headers'] = []): Response => ({
  status: '200',
  headers,
  content: [],
  source,
})
const Pet = Type.Object(
  { id: Type.Literal(7), tags: Type.Array(Type.Literal('a b'), { minItems: 1, maxItems: 1 }) },
  { title: 'Pet' },
)

void t.test('a generated body is written in its media type', async (t) => {
  const cases: [mediaType: string, schema: ReturnType<typeof Type.Unsafe>, text: string | RegExp][] = [
    ['application/json', Pet, '{"id":7,"tags":["a b"]}'],
    ['application/hal+json; charset=utf-8', Pet, '{"id":7,"tags":["a b"]}'],
    [
      'application/xml',
      Type.Object({ id: Type.Literal(7) }, { xml: { name: 'pet' } }),
      /<pet>\s*<id>7<\/id>/,
    ],
    ['application/x-www-form-urlencoded', Pet, 'id=7&tags=a+b'],
    ['text/plain', Type.Literal('hello'), 'hello'],
    ['text/plain', Type.Literal(5), '5'],
  ]
  for (const [mediaType, schema, text] of cases) {
    const body = generateBody(response(), { mediaType, schema, examples: [] }, making)
    if (typeof text === 'string') t.equal(body?.text, text, mediaType)
    else t.match(body?.text, text, mediaType)
    t.match(body?.note, { kind: 'generated-body', source }, mediaType)
  }
})

void t.test('without a schema nothing is made, and what cannot be valid is said', async (t) => {
  t.equal(generateBody(response(), { mediaType: 'application/json', examples: [] }, making), undefined)
  const schema = Type.Unsafe({ type: 'integer', minimum: 3, maximum: 2 })
  const body = generateBody(response(), { mediaType: 'application/json', schema, examples: [] }, making)
  t.match(body?.note.text, /and is not valid: /)
})

const header = (name: string, schema: object, example?: string) => ({
  name,
  schema: Type.Unsafe(schema),
  source,
  ...(example !== undefined && { example }),
})

void t.test('documented headers: shown values, else made ones, by name in lower case', async (t) => {
  const headers = documentedHeaders(
    response([
      header('X-Shown', { type: 'string' }, 'a\r\nb: c'),
      header('X-Made', { const: 5 }),
      header('X-List', { const: ['a'] }),
      header('Content-Type', { type: 'string' }, 'text/html'),
      header('Not a name', { type: 'string' }, 'x'),
      header('', { type: 'string' }, 'x'),
    ]),
    making,
  )
  t.strictSame(headers, { 'x-shown': 'a b: c', 'x-made': '5', 'x-list': '["a"]' })
})

void t.test('the same seed makes the same, another one another', async (t) => {
  const schema = Type.Object({ name: Type.String(), age: Type.Integer({ minimum: 0, maximum: 1_000_000 }) })
  const made = (seed: string) =>
    generateBody(response(), { mediaType: 'application/json', schema, examples: [] }, { ...making, seed })
      ?.text
  t.equal(made('a'), made('a'))
  t.not(made('a'), made('b'))
})
