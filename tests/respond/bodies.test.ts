import { Type } from '@sinclair/typebox'
import t from 'tap'
import type { MediaType } from '../../src/operation/operation.js'
import { chooseMediaType, decodeBody, type DecodedBody } from '../../src/respond/bodies.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'

await loadRareMediaTypes(['*/*'])

const media = (mediaType: string, schema?: object, encoding?: Record<string, unknown>): MediaType => ({
  mediaType,
  examples: [],
  ...(schema && { schema: Type.Unsafe(schema) }),
  ...(encoding && { encoding }),
})
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (body: string | Uint8Array, contentType: string | undefined, type: MediaType): DecodedBody =>
  decodeBody(typeof body === 'string' ? bytes(body) : body, contentType, type, () => undefined)

const chosen: [sent: string | undefined, documented: string[], expected: string | undefined][] = [
  ['application/json', ['*/*', 'application/*', 'application/json'], 'application/json'],
  ['application/xml', ['*/*', 'application/*', 'application/json'], 'application/*'],
  ['text/html', ['*/*', 'application/*'], '*/*'],
  ['text/html', ['application/json'], undefined],
  ['text/plain', ['application/json'], 'application/json'],
  ['text/plain;charset=UTF-8', ['application/xml', 'application/vnd.api+json'], 'application/vnd.api+json'],
  ['text/plain', ['application/json', 'text/plain'], 'text/plain'],
  ['application/json; charset=utf-8', ['application/json'], 'application/json'],
  ['application/json', ['application/json; charset=utf-8'], 'application/json; charset=utf-8'],
  ['application/json;v=2', ['application/json;v=1', 'application/json;v=2'], 'application/json;v=2'],
  ['application/json;v=3', ['application/json;v=1', 'application/json;v=2'], undefined],
  ['application/merge-patch+json', ['application/json', 'application/*+json'], 'application/*+json'],
  [undefined, ['application/json', 'text/plain'], 'application/json'],
  ['nonsense', ['application/json'], undefined],
  ['application/json', [], undefined],
]
for (const [sent, documented, expected] of chosen) {
  void t.test(`${String(sent)} among ${documented.join()}`, async (t) => {
    t.equal(
      chooseMediaType(
        sent,
        documented.map((type) => media(type)),
      )?.mediaType,
      expected,
    )
  })
}

void t.test('JSON that curl calls a form', async (t) => {
  const json = [media('application/json')]
  t.equal(
    chooseMediaType('application/x-www-form-urlencoded', json, bytes(' {"a":1}'))?.mediaType,
    'application/json',
  )
  t.equal(chooseMediaType('application/x-www-form-urlencoded', json, bytes('a=1')), undefined)
})

const id = { type: 'integer' }
const form = {
  type: 'object',
  properties: {
    id,
    on: { type: 'boolean' },
    name: { type: 'string' },
    tags: { type: 'array', items: id },
    address: { type: 'object', properties: { zip: { type: 'string' }, no: id } },
  },
}
const urlencoded = 'application/x-www-form-urlencoded'

const decoded: [
  why: string,
  body: string | Uint8Array,
  contentType: string | undefined,
  type: MediaType,
  value: unknown,
][] = [
  ['JSON', '{"a":[1,null]}', 'application/json', media('application/json'), { a: [1, null] }],
  ['JSON false', 'false', 'application/json', media('application/json'), false],
  ['JSON with a byte order mark', '\uFEFF{}', 'application/json', media('application/json'), {}],
  ['JSON as text/plain', '{"a":1}', 'text/plain', media('application/json'), { a: 1 }],
  ['JSON by suffix in a range', '{"a":1}', 'application/hal+json', media('application/*'), { a: 1 }],
  ['JSON by schema', '{"id":1}', undefined, media('*/*', form), { id: 1 }],
  ['text', 'grüße', 'text/plain', media('text/plain', { type: 'string' }), 'grüße'],
  ['text that is a number', '12', 'text/plain', media('text/plain', id), 12],
  ['text in latin1', new Uint8Array([0xe9]), 'text/plain; charset=ISO-8859-1', media('text/plain'), 'é'],
  ['bytes', new Uint8Array([0, 255, 10]), 'image/png', media('image/*'), '\u0000ÿ\n'],
  [
    'form',
    'id=1&on=true&name=1&x=2&x=3',
    urlencoded,
    media(urlencoded, form),
    { id: 1, on: true, name: '1', x: ['2', '3'] },
  ],
  ['form: list', 'tags=1&tags=2', urlencoded, media(urlencoded, form), { tags: [1, 2] }],
  ['form: list of one', 'tags=1', urlencoded, media(urlencoded, form), { tags: [1] }],
  [
    'form: list with commas',
    'tags=1,2',
    urlencoded,
    media(urlencoded, form, { tags: { style: 'form', explode: false } }),
    { tags: [1, 2] },
  ],
  [
    'form: list with pipes',
    'tags=1|2',
    urlencoded,
    media(urlencoded, form, { tags: { style: 'pipeDelimited' } }),
    { tags: [1, 2] },
  ],
  [
    'form: object is JSON',
    'address={"zip":"01","no":1}',
    urlencoded,
    media(urlencoded, form),
    { address: { zip: '01', no: 1 } },
  ],
  [
    'form: deep object',
    'address[zip]=01&address[no]=1',
    urlencoded,
    media(urlencoded, form, { address: { style: 'deepObject', explode: true } }),
    { address: { zip: '01', no: 1 } },
  ],
  ['form: any type', 'a=1', urlencoded, media(urlencoded), { a: '1' }],
  ['empty form', '', urlencoded, media(urlencoded, form), {}],
]
for (const [why, body, contentType, type, value] of decoded) {
  void t.test(why, async (t) => t.strictSame(decode(body, contentType, type), { value }))
}

const malformed: [
  why: string,
  body: string | Uint8Array,
  contentType: string | undefined,
  type: MediaType,
  violation: object,
][] = [
  [
    'empty JSON',
    '',
    'application/json',
    media('application/json'),
    { keyword: 'syntax', message: 'is not JSON: it is empty' },
  ],
  [
    'broken JSON',
    '{\n  "a": 1,,\n}',
    'application/json',
    media('application/json'),
    { keyword: 'syntax', message: /line 2, column 1/ },
  ],
  ['half a JSON', '{"a": ', 'application/json', media('application/json'), { keyword: 'syntax' }],
  [
    'not UTF-8',
    new Uint8Array([0x22, 0xff, 0x22]),
    'application/json',
    media('application/json'),
    { keyword: 'charset', expected: 'utf-8' },
  ],
  [
    'unknown charset',
    'a',
    'text/plain; charset=klingon',
    media('text/plain'),
    { keyword: 'charset', message: /klingon/ },
  ],
  [
    'form: object that is not JSON',
    'address=x',
    urlencoded,
    media(urlencoded, form),
    { keyword: 'syntax', pointer: '/address' },
  ],
  [
    'form: badly encoded',
    'name=%ZZ',
    urlencoded,
    media(urlencoded, form),
    { keyword: 'encoding', pointer: '/name' },
  ],
  [
    'form: twice',
    'name=a&name=b',
    urlencoded,
    media(urlencoded, form),
    { keyword: 'repeated', pointer: '/name' },
  ],
  [
    'multipart without boundary',
    'x',
    'multipart/form-data',
    media('multipart/form-data'),
    { keyword: 'syntax', message: /boundary/ },
  ],
  [
    'multipart without parts',
    'x',
    'multipart/form-data; boundary=b',
    media('multipart/form-data'),
    { keyword: 'syntax' },
  ],
]
for (const [why, body, contentType, type, violation] of malformed) {
  void t.test(why, async (t) =>
    t.match(decode(body, contentType, type), { violations: [{ in: 'body', ...violation }] }),
  )
}

type Part = [headers: string, body: string]
const multipart = (parts: Part[]): string =>
  `${parts.map(([headers, body]) => `--B\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${body}\r\n`).join('')}--B--\r\n`
const type = 'multipart/form-data; boundary="B"'

void t.test('multipart: types by schema, JSON members, files', async (t) => {
  const schema = {
    type: 'object',
    properties: {
      ...form.properties,
      photo: { type: 'string', contentMediaType: 'image/png' },
      items: { type: 'array', items: { type: 'object', properties: { id } } },
    },
  }
  const body = multipart([
    ['name="id"', '7'],
    ['name="name"', 'true'],
    ['name="tags"', '1'],
    ['name="tags"', '2'],
    ['name="address"\r\nContent-Type: application/json', '{"zip":"01"}'],
    ['name="items"', '{"id":1}'],
    ['name="photo"; filename="a.png"\r\nContent-Type: image/png', 'PNG\r\n--'],
  ])
  t.strictSame(decode(body, type, media('multipart/form-data', schema)), {
    value: {
      id: 7,
      name: 'true',
      tags: [1, 2],
      address: { zip: '01' },
      items: [{ id: 1 }],
      photo: 'PNG\r\n--',
    },
  })
})

void t.test('multipart: a part of the wrong type, and one that is no JSON', async (t) => {
  const documented = media('multipart/form-data', form, { name: { contentType: 'image/png, image/jpeg' } })
  t.match(decode(multipart([['name="name"\r\nContent-Type: text/html', 'x']]), type, documented), {
    violations: [{ keyword: 'media-type', pointer: '/name', expected: 'image/png, image/jpeg' }],
  })
  t.match(decode(multipart([['name="address"', '{']]), type, documented), {
    violations: [{ keyword: 'syntax', pointer: '/address' }],
  })
})
