import t from 'tap'
import { parseExact } from '../../src/operation/json.js'
import { readSamples } from '../../src/parse/sample.js'
import { REPAIRED } from './sample-cases.js'

const at = { file: 'page.md', line: 10 }
const only = (text: string, info?: string) => {
  const samples = readSamples(text, at, info)
  return { ...samples[0], count: samples.length, kinds: samples[0]?.repairs.map(({ kind }) => kind) }
}

for (const [title, text, json, kinds] of REPAIRED) {
  void t.test(`mends ${title}`, (t) => {
    const sample = only(text)
    t.equal(sample.kind, 'json')
    t.equal(sample.origin, 'repaired')
    t.equal(sample.count, 1)
    t.equal(sample.mediaType, 'application/json')
    t.same(parseExact(sample.text ?? ''), parseExact(json), title)
    t.same([...new Set(sample.kinds)].toSorted(), [...new Set(kinds)].toSorted())
    t.equal(sample.findings?.[0]?.rule, 'sample-repaired')
    t.end()
  })
}

void t.test('digits, layout and order stay as written', (t) => {
  const sample = only('{\n  "b": 14.0, // price\n  "a": 12345678901234567890,\n  "b": 1e-7,\n}')
  t.equal(sample.text, '{\n  "b": 14.0,\n  "a": 12345678901234567890,\n  "b": 1e-7\n}')
  t.end()
})

void t.test('each repair is named with its line', (t) => {
  const { repairs } = only('{\n  "a": 1, // one\n  b: 2,\n}')
  t.same(
    repairs?.map(({ kind, source }) => [kind, source.file, source.line]),
    [
      ['comment', 'page.md', 11],
      ['bare-key', 'page.md', 12],
      ['trailing-comma', 'page.md', 12],
    ],
  )
  t.end()
})

const PLACEHOLDERS = [
  '',
  '  \n ',
  '{ // Response }',
  '{\n    // Response\n}',
  '...',
  '…',
  '{ ... }',
  '{...}',
  '[...]',
  '[ { ... } ]',
  '// Response',
  '# resposta',
  '/* TODO */',
  '<response>',
  '<your response here>',
  'TODO',
  'TBD',
  'Response',
  'response body',
  '{ response }',
  '[response]',
  '{ Yanıt }',
  '{ // ответ\n}',
  '{ 响应 }',
  '응답',
  '{ /* 返回 */ }',
  '{\n\n  # nothing\n}',
  '{{response}}',
  '"..."',
  'Coming soon',
  'N/A',
  '-',
  '{ whatever comes back }',
  '<!-- add -->',
  '{\u200b// x\n}',
  '{ "..." }',
]
for (const text of PLACEHOLDERS) {
  void t.test(`a placeholder: ${JSON.stringify(text)}`, (t) => {
    const sample = only(text)
    t.equal(sample.kind, 'placeholder')
    t.equal(sample.count, 1)
    t.equal(sample.findings?.[0]?.rule, 'sample-placeholder')
    t.end()
  })
}

void t.test('what looks like a placeholder and is a body', (t) => {
  for (const text of ['{}', '[]', '{ }', 'null', '""', '{"response": "..."}', '"OK"', '0'])
    t.equal(only(text).kind, 'json', text)
  // The label's words and the list's own are all such as placeholders are made of.
  t.equal(only('Example response:\n["of"]').text, '["of"]')
  for (const text of ['OK', 'Success', 'pong', 'Hello, world']) t.equal(only(text).kind, 'text', text)
  t.end()
})

const TEXTS: [text: string, mediaType: string, info?: string][] = [
  ['<?xml version="1.0"?>\n<a><b>1</b></a>', 'application/xml'],
  ['<Reply code="1"><Body/></Reply>', 'application/xml'],
  ['<!DOCTYPE html><html></html>', 'text/html'],
  ['<form action="/x"><input></form>', 'text/html'],
  ['a=1&b=two&c=%20', 'application/x-www-form-urlencoded'],
  ['name: x\nage: 3', 'application/yaml', 'yaml'],
  ['id,name\n1,a', 'text/csv', 'csv'],
  ['The code was sent.', 'text/plain'],
  ['{% tabs %}\n{% endtabs %}', 'text/plain'],
  ['fetch("/x", { method: "POST" }).then((r) => r.json())', 'text/plain', 'javascript'],
  ['print({"a": 1})\nfor x in y:\n  pass', 'text/plain', 'python'],
  ['interface A {\n  a: string\n}', 'text/plain', 'typescript'],
]
for (const [text, mediaType, info] of TEXTS) {
  void t.test(`text: ${text.slice(0, 30)}`, (t) => {
    const sample = only(text, info)
    t.match(sample, { kind: 'text', origin: 'text', text, mediaType, count: 1, findings: [] })
    t.end()
  })
}

void t.test('what cannot be read with confidence stays as it is, with the reason and its line', (t) => {
  for (const [text, line] of [
    ['{\n"a",\n"b"\n}', 11],
    ['{"a": 1,\n"b": foo(bar, x => 1)}', 11],
    ['{ user { id name } }', 10],
    ['{"a": {{"b": 1}}}', 10],
  ] as const) {
    const sample = only(text)
    t.match(
      sample,
      {
        kind: 'text',
        text,
        mediaType: 'text/plain',
        findings: [{ rule: 'sample-unreadable', severity: 'error', source: { file: 'page.md', line } }],
      },
      text,
    )
  }
  t.end()
})

void t.test('several documents', (t) => {
  const cases: [text: string, texts: string[], lines: number[]][] = [
    ['{"a":1}\n{"a":2}\n{"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}'], [10, 11, 12]],
    ['{"a":1}\nor\n{"a":2}', ['{"a":1}', '{"a":2}'], [10, 12]],
    ['{"a":1}\n\n// other\n\n[2]', ['{"a":1}', '[2]'], [10, 14]],
    ['When found:\n{"a":1}\nWhen not:\n{"a":null,}', ['{"a":1}', '{"a":null}'], [11, 13]],
    ['Sent ->\n{"a":1}\n//as text\nMeant ->\n{\n"a":2\n}', ['{"a":1}', '{\n"a":2\n}'], [11, 14]],
    ['{"a":1}\n{"a":2}\ncurl https://x.test -d \'{"b":1}\'', ['{"a":1}', '{"a":2}'], [10, 11]],
    ['{"a":1},\n{"a":2}', ['{"a":1}', '{"a":2}'], [10, 11]],
    ['{"a"}\n\n{"a":2}', ['{"a"}', '{"a":2}'], [10, 12]],
  ]
  for (const [text, texts, lines] of cases) {
    const samples = readSamples(text, at)
    t.same(
      samples.map((sample) => sample.text.trim()),
      texts,
      text,
    )
    t.same(
      samples.map(({ source }) => source.line),
      lines,
      text,
    )
    t.ok(
      samples.every(
        ({ kind, repairs }) =>
          kind === 'text' || repairs.some((repair) => repair.kind === 'several-documents'),
      ),
    )
  }
  t.end()
})

void t.test('HTTP heads before bodies', (t) => {
  const samples = readSamples(
    'HTTP/1.1 200 OK\nContent-Type: application/hal+json\n\n{"a": 1}\n\nHTTP/1.1 404 Not Found\nContent-Type: text/plain\n\nnot here\n\nHTTP/2 204\n',
    at,
  )
  t.match(samples, [
    {
      kind: 'json',
      text: '{"a": 1}',
      status: '200',
      mediaType: 'application/hal+json',
      source: { line: 13 },
      repairs: [{ kind: 'http-head' }],
    },
    { kind: 'text', text: 'not here', status: '404', mediaType: 'text/plain', source: { line: 18 } },
    { kind: 'text', text: '', status: '204' },
  ])
  t.match(only('200 OK\n{"a": 1}'), { kind: 'json', status: '200', kinds: ['http-head'] })
  t.match(only('POST /a HTTP/1.1\nHost: x\n{"a": 1}'), { kind: 'json', text: '{"a": 1}' })
  t.match(only('HTTP/1.1 200 OK\n\n{ // Response\n}'), { kind: 'placeholder', status: '200' })
  t.end()
})

void t.test('type words in strict JSON are replayed and said', (t) => {
  t.match(only('{\n"name": "string"\n}'), {
    kind: 'json',
    origin: 'documented',
    findings: [{ rule: 'sample-type-words', source: { line: 11 } }],
  })
  t.match(only('{"name": "stringent"}'), { findings: [] })
  t.end()
})
