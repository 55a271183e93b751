import t from 'tap'
import * as fc from 'fast-check'
import { stringify } from 'yaml'
import { joinPointer, valueAt, pointerTokens } from '../../../src/operation/pointer.js'
import { openDocument } from '../../../src/parse/document/open-document.js'
import { readFiles } from '../openapi/helper.js'

const HEAD = 'openapi: 3.0.0\ninfo: { title: A, version: "1" }\n'

const unreadable: { what: string; file?: string; text: string; message: RegExp }[] = [
  {
    what: 'no description',
    text: 'title: x\n',
    message: /^api\.yaml:1: It is no OpenAPI description\. .*openapi/,
  },
  { what: 'a text', text: 'just a text', message: /^api\.yaml:1: .*not an object/ },
  { what: 'an empty file', text: '', message: /^api\.yaml:1: .*not an object/ },
  {
    what: 'an unknown version',
    text: 'swagger: "1.2"\n',
    message: /^api\.yaml:1: OpenAPI version "1\.2" cannot be read/,
  },
  { what: 'a tab as indentation', text: `${HEAD}paths:\n\t/a: {}\n`, message: /^api\.yaml:4: .*tab/i },
  { what: 'an open quote', text: `${HEAD}paths:\n  /a: "x\n`, message: /^api\.yaml:\d: .*quote/i },
  {
    what: 'a comma too many in JSON',
    file: 'a.json',
    text: '{\n"openapi": "3.0.0",\n}',
    message: /^a\.json:3: It is not valid JSON: /,
  },
  {
    what: 'JSON that ends early',
    file: 'a.json',
    text: '{\n"openapi":\n',
    message: /^a\.json:\d: It is not valid JSON: /,
  },
  {
    what: 'JSON nested without end',
    file: 'a.json',
    text: '['.repeat(100_000),
    message: /^a\.json:1: .*the text ends/,
  },
  {
    what: 'valid JSON, nested',
    file: 'a.json',
    text: '['.repeat(5000) + ']'.repeat(5000),
    message: /^a\.json:1: .*deep/,
  },
  { what: 'YAML nested without end', text: `${HEAD}x: ${'['.repeat(100_000)}`, message: /^api\.yaml:\d: / },
  {
    what: 'aliases that multiply',
    text: `${HEAD}x0: &x0 [a, b, c, d, e, f, g, h, i]\n${Array.from({ length: 12 }, (_x, n) => `x${n + 1}: &x${n + 1} [${`*x${n}, `.repeat(9)}]`).join('\n')}`,
    message: /^api\.yaml:1: .*aliases/,
  },
  { what: 'an alias in itself', text: `${HEAD}x: &x [*x]\n`, message: /^api\.yaml:\d: / },
  { what: 'an unknown alias', text: `${HEAD}x: *y\n`, message: /^api\.yaml:3: / },
]

for (const { what, file = 'api.yaml', text, message } of unreadable) {
  void t.test(`unreadable: ${what}`, (t) => {
    t.throws(() => readFiles({ [file]: text }), { code: 'STANDIN_ERR_SOURCE_UNREADABLE', message })
    t.end()
  })
}

void t.test('repeated keys are found, and the last counts', (t) => {
  const json = '{\n"openapi": "3.0.0",\n"paths": {},\n"info": {"title": "A"},\n"paths": {}\n}'
  t.match(readFiles({ 'a.json': json }).findings, [
    { rule: 'duplicate-key', source: { file: 'a.json', line: 5 } },
  ])
  const yaml = `${HEAD}paths:\n  /a:\n    get: { operationId: x, responses: { 200: { description: a } } }\n  /a: { summary: y }\n`
  const read = readFiles({ 'a.yaml': yaml })
  t.match(read.findings, [{ rule: 'duplicate-key', source: { file: 'a.yaml', line: 6 } }])
  t.strictSame(read.operations, [])
  t.end()
})

void t.test('aliases, merged maps and several documents', (t) => {
  const text = `${HEAD}x-reply: &reply { description: ok }
x-base: &base
  responses: { '200': *reply, '404': *reply }
paths:
  /a: { get: { <<: *base, operationId: a } }
  /b: { get: { <<: *base, operationId: b } }
---
other: true
`
  const read = readFiles({ 'a.yaml': text })
  t.strictSame(
    read.operations.map(({ operationId, responses }) => [operationId, responses.length]),
    [
      ['a', 2],
      ['b', 2],
    ],
  )
  t.match(read.findings, [{ rule: 'several-documents', source: { line: 9 } }])
  t.end()
})

void t.test('a byte order mark, and line ends of Windows', (t) => {
  const text = `\uFEFF${HEAD}paths:\n  /a:\n    get: { responses: { 200: { description: ok } } }\n`
  t.equal(readFiles({ 'a.yaml': text.replaceAll('\n', '\r\n') }).operations[0]?.source.line, 5)
  const json = `\uFEFF${JSON.stringify({ openapi: '3.0.0', paths: { '/a': { get: { responses: {} } } } }, undefined, 1)}`
  t.equal(readFiles({ 'a.json': json.replaceAll('\n', '\r\n') }).operations[0]?.source.line, 5)
  t.end()
})

/** Pointers to all values of a document. */
const pointersOf = (value: unknown, pointer = ''): string[] => [
  pointer,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => pointersOf(inner, joinPointer(pointer, key)))
    : []),
]

void t.test('property: each value is found in the text of JSON, whatever its layout', (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify({ value }, undefined, indent)
      const { document } = openDocument({ path: 'a.json', text })
      for (const pointer of pointersOf(document.value)) {
        const written = JSON.stringify(valueAt(document.value, pointerTokens(pointer)))
        if (document.exactJson(pointerTokens(pointer)) !== written) return false
      }
      return document.exactJson(['value', 'nowhere', 'at']) === undefined
    }),
    { numRuns: 300, seed: 7 },
  )
  t.end()
})

void t.test('property: each value is found in the text of YAML', (t) => {
  const key = fc.string().filter((text) => text !== '<<')
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  }))
  fc.assert(
    fc.property(value, (value) => {
      const { document } = openDocument({ path: 'a.yaml', text: stringify({ value }) })
      return pointersOf(document.value).every(
        (pointer) =>
          document.exactJson(pointerTokens(pointer)) ===
          JSON.stringify(valueAt(document.value, pointerTokens(pointer))),
      )
    }),
    { numRuns: 200, seed: 7 },
  )
  t.end()
})

void t.test('lines of JSON values', (t) => {
  const text = '{\n  "a": {\n    "b/c": [\n      1,\n      { "d": "}\\"" }\n    ]\n  },\n  "e": {}\n}'
  const { document } = openDocument({ path: 'a.json', text })
  const lines = Object.fromEntries(
    ['', '/a', '/a/b~1c', '/a/b~1c/1', '/a/b~1c/1/d', '/a/missing', '/e'].map((p) => [
      p,
      document.locate(pointerTokens(p)).line,
    ]),
  )
  t.strictSame(lines, {
    '': 1,
    '/a': 2,
    '/a/b~1c': 3,
    '/a/b~1c/1': 5,
    '/a/b~1c/1/d': 5,
    '/a/missing': 2,
    '/e': 8,
  })
  document.release()
  t.equal(document.locate(['e']).line, 8)
  t.end()
})

void t.test('hostile YAML takes linear time', (t) => {
  const many = `${HEAD}x:\n${Array.from({ length: 20_000 }, (_x, n) => `  k${n}: &a${n} ${n}\n`).join('')}`
  t.strictSame(readFiles({ 'a.yaml': `${many}paths: {}\n` }).findings, [])
  t.end()
})
