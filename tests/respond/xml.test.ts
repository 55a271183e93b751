import { Type } from '@sinclair/typebox'
import * as fc from 'fast-check'
import t from 'tap'
import { parseExact } from '../../src/operation/json.js'
import { decodeBody, type DecodedBody } from '../../src/respond/bodies.js'
import { writeXml } from '../../src/respond/bodies/write-xml.js'
import { parseXml } from '../../src/respond/bodies/xml-element.js'
import { generate } from '../../src/respond/generate.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'

await loadRareMediaTypes(['*/*'])

const decode = (body: string, schema: object, contentType = 'application/xml'): DecodedBody =>
  decodeBody(
    Buffer.from(body, /latin1/.test(body) ? 'latin1' : 'utf8'),
    contentType,
    { mediaType: 'application/xml', schema: Type.Unsafe(schema), examples: [] },
    () => undefined,
  )

const id = { type: 'integer' }
const text = { type: 'string' }
const object = (properties: object, xml?: object): object => ({
  type: 'object',
  properties,
  ...(xml && { xml }),
})
const list = (items: object, xml?: object): object => ({ type: 'array', items, ...(xml && { xml }) })

const cases: [why: string, xml: string, schema: object, value: unknown][] = [
  [
    'elements',
    '<pet><id>1</id><name> A &amp; B </name></pet>',
    object({ id, name: text }),
    { id: 1, name: 'A & B' },
  ],
  ['an attribute', '<pet id="1"/>', object({ id: { ...id, xml: { attribute: true } } }), { id: 1 }],
  [
    'a renamed element',
    '<pet><Name>a</Name></pet>',
    object({ name: { ...text, xml: { name: 'Name' } } }),
    { name: 'a' },
  ],
  [
    'a namespace',
    '<p:pet xmlns:p="urn:p"><p:id>1</p:id></p:pet>',
    object({ id }, { name: 'pet', prefix: 'p' }),
    { id: 1 },
  ],
  [
    'a list without wrapper',
    '<pet><tags>1</tags><tags>2</tags></pet>',
    object({ tags: list(id) }),
    { tags: [1, 2] },
  ],
  ['a list of one', '<pet><tags>1</tags></pet>', object({ tags: list(id) }), { tags: [1] }],
  [
    'a list by the name of its items',
    '<pet><tag>1</tag></pet>',
    object({ tags: list({ ...id, xml: { name: 'tag' } }) }),
    { tags: [1] },
  ],
  [
    'a wrapped list',
    '<pet><tags><tag>1</tag><tag>2</tag></tags></pet>',
    object({ tags: list({ ...id, xml: { name: 'tag' } }, { wrapped: true }) }),
    { tags: [1, 2] },
  ],
  [
    'an empty wrapped list',
    '<pet><tags/></pet>',
    object({ tags: list(id, { wrapped: true }) }),
    { tags: [] },
  ],
  ['a list at the root', '<ids><id>1</id></ids>', list(id), [1]],
  ['nested objects', '<a><b><id>1</id></b></a>', object({ b: object({ id }) }), { b: { id: 1 } }],
  [
    'what is not documented',
    '<a x="1"><b>1</b><c/><c/></a>',
    object({ id }),
    { x: '1', b: '1', c: ['', ''] },
  ],
  ['CDATA and comments', '<a><!-- no --><id><![CDATA[1]]></id></a>', object({ id }), { id: 1 }],
  ['a charset of the declaration', '<?xml version="1.0" encoding="latin1"?><a>é</a>', text, 'é'],
]
for (const [why, xml, schema, value] of cases) {
  void t.test(why, async (t) => t.strictSame(decode(xml, schema), { value }))
}

const malformed: [why: string, xml: string, schema: object, message: RegExp, keyword?: string][] = [
  ['not closed', '<a>\n<b></a>', {}, /line 2/],
  ['no XML', '{"a":1}', {}, /well-formed/],
  ['empty', '', {}, /well-formed/],
  ['two roots', '<a/><b/>', {}, /one root/],
  ['another root', '<b/>', { xml: { name: 'a' } }, /root element a, has b/, 'xml'],
]
for (const [why, xml, schema, message, keyword = 'syntax'] of malformed) {
  void t.test(why, async (t) =>
    t.match(decode(xml, schema), { violations: [{ in: 'body', keyword, message }] }),
  )
}

void t.test('entities that expand without end are refused, not expanded', async (t) => {
  const entities = Array.from(
    { length: 12 },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  )
  const xml = `<!DOCTYPE a [<!ENTITY e0 "0123456789">${entities.join('')}]><a>&e12;</a>`
  const body = decode(xml, text)
  t.ok('violations' in body || String(body.value).length < 1000)
})

const written: [why: string, value: unknown, schema: object, xml: string][] = [
  [
    'elements',
    { id: 1, name: 'A & <B>' },
    object({ id, name: text }, { name: 'pet' }),
    '<pet><id>1</id><name>A &amp; &lt;B&gt;</name></pet>',
  ],
  ['an attribute', { id: 1 }, object({ id: { ...id, xml: { attribute: true } } }), '<root id="1"/>'],
  [
    'a namespace',
    { id: 1 },
    object({ id }, { name: 'a', prefix: 'p', namespace: 'urn:p' }),
    '<p:a xmlns:p="urn:p"><id>1</id></p:a>',
  ],
  [
    'a list',
    { tags: [1, 2] },
    object({ tags: list({ ...id, xml: { name: 'tag' } }) }),
    '<root><tag>1</tag><tag>2</tag></root>',
  ],
  [
    'a wrapped list',
    { tags: [1] },
    object({ tags: list(id, { wrapped: true }) }),
    '<root><tags><tags>1</tags></tags></root>',
  ],
  [
    'exact numbers',
    parseExact('{"a": 14.0, "b": 12345678901234567890}'),
    object({}),
    '<root><a>14.0</a><b>12345678901234567890</b></root>',
  ],
  [
    'names and characters that XML does not have',
    { '1 $a': 'x\u0000\n\ud800', é: '"' },
    object({ é: { ...text, xml: { attribute: true } } }),
    '<root é="&quot;"><_1__a>x\ufffd&#10;\ufffd</_1__a></root>',
  ],
  [
    'nodeType, as 3.2 has it',
    { id: 1, tags: [2], note: 'a < b' },
    object({
      id: { ...id, xml: { nodeType: 'attribute' } },
      tags: list({ ...id, xml: { name: 'tag' } }, { nodeType: 'element' }),
      note: { ...text, xml: { nodeType: 'text' } },
    }),
    '<root id="1"><tags><tag>2</tag></tags>a &lt; b</root>',
  ],
  ['null and nothing', { a: null, b: '' }, object({}), '<root><a/><b/></root>'],
]
for (const [why, value, schema, xml] of written) {
  void t.test(`written: ${why}`, async (t) => {
    const body = writeXml(value, Type.Unsafe(schema), () => undefined)
    t.equal(body, `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)
    t.doesNotThrow(() => parseXml(body))
  })
}

void t.test('what is written is read again', async (t) => {
  const leaf = fc.constantFrom<object>(
    id,
    { type: 'boolean' },
    text,
    { ...id, xml: { attribute: true } },
    { ...text, xml: { name: 'renamed' } },
  )
  const lists = leaf.chain((items) =>
    fc.constantFrom(
      list({ ...items, xml: { name: 'item' } }, { wrapped: true }),
      list({ ...items, xml: { name: 'one' } }),
    ),
  )
  const schemas = fc.record({
    a: leaf,
    b: lists,
    c: fc.record({ d: leaf, e: lists }).map((properties) => object(properties)),
  })
  fc.assert(
    fc.property(schemas, fc.nat(), (properties, seed) => {
      const schema = { ...object(properties), required: ['a', 'b', 'c'] }
      const { value } = generate(schema, { seed, resolve: () => undefined })
      t.strictSame(
        decode(
          writeXml(value, schema, () => undefined),
          schema,
        ),
        { value },
      )
    }),
    { seed: 7 },
  )
})
