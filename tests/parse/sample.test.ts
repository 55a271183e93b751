import * as fc from 'fast-check'
import t from 'tap'
import { parseExact } from '../../src/operation/json.js'
import { readSamples } from '../../src/parse/sample.js'

const at = { file: 'page.md', line: 10 }
const only = (text: string, info?: string) => {
  const samples = readSamples(text, at, info)
  return { ...samples[0], count: samples.length, kinds: samples[0]?.repairs.map(({ kind }) => kind) }
}

/** Broken text, what it says, and the repairs that make it so. */
const REPAIRED: [title: string, text: string, json: string, kinds: string[]][] = [
  ['trailing commas', '{"a": [1, 2,],}', '{"a": [1, 2]}', ['trailing-comma']],
  ['commas on later lines', '{"a": 1\n, }', '{"a": 1}', ['trailing-comma']],
  [
    'missing commas',
    '{"a": "x"\n"b": 2\n"c": {}\n"d": []}',
    '{"a": "x","b": 2,"c": {},"d": []}',
    ['missing-comma', 'missing-comma', 'missing-comma'],
  ],
  ['a missing comma on the line', '{"a": "x" "b": "y"}', '{"a": "x", "b": "y"}', ['missing-comma']],
  ['extra commas', '[,1,,2]', '[1,2]', ['extra-comma']],
  ['line comments', '{"a": 1, // one\n# two\n"b": 2}', '{"a": 1,"b": 2}', ['comment', 'comment']],
  ['block comments', '{/* x */"a": /* y */ 1 <!-- z -->}', '{"a": 1}', ['comment']],
  [
    'slashes in strings',
    '{"a": "http://x/*y*/", // c\n"b": "#1"}',
    '{"a": "http://x/*y*/","b": "#1"}',
    ['comment'],
  ],
  [
    'single quotes',
    "{'a': 'it\\'s', 'b': 'say \"hi\"'}",
    '{"a": "it\'s", "b": "say \\"hi\\""}',
    ['single-quotes', 'markdown-escape', 'unescaped-quote'],
  ],
  ['apostrophes in single quotes', "{'a': 'it's'}", '{"a": "it\'s"}', ['single-quotes', 'unescaped-quote']],
  ['smart quotes', '{“a”: ‘b’, ”c”: “d“}', '{"a": "b", "c": "d"}', ['smart-quotes']],
  ['a smart and a plain quote', '{"a": "b”}', '{"a": "b"}', ['smart-quotes']],
  ['smart quotes inside plain ones', '{"a": "“b”", }', '{"a": "“b”"}', ['trailing-comma']],
  ['guillemets', '{«a»: «b»}', '{"a": "b"}', ['guillemets']],
  ['backticks', '{`a`: `b`}', '{"a": "b"}', ['backtick-quotes']],
  ['escaped quotes', '{\\"a\\": \\"b\\"}', '{"a": "b"}', ['escaped-quotes']],
  ['bare keys', '{a: 1, b-c: 2, имя: 3}', '{"a": 1, "b-c": 2, "имя": 3}', ['bare-key']],
  ['a key with one quote', '{a": 1, "b: 2}', '{"a": 1, "b": 2}', ['missing-quote']],
  ['optional keys', '{a?: 1}', '{"a": 1}', ['bare-key', 'optional-marker']],
  ['equals signs', '{"a" = 1, "b" => 2}', '{"a" : 1, "b" : 2}', ['equals-sign']],
  ['a missing colon', '{"a" 1}', '{"a": 1}', ['missing-colon']],
  ['semicolons', '{"a": 1; "b": 2;}', '{"a": 1, "b": 2}', ['semicolon', 'trailing-comma']],
  ['ellipsis', '{"a": [1, 2, ...], ...\n}', '{"a": [1, 2]}', ['ellipsis']],
  ['ellipsis between items', '[1, …, 9]', '[1, 9]', ['ellipsis']],
  ['ellipsis with words', '{"a": 1,\n... more fields\n}', '{"a": 1}', ['ellipsis']],
  ['ellipsis for an object', '{"a": {...}, "b": 1}', '{"a": {}, "b": 1}', ['ellipsis']],
  ['dots one below the other', '{"a": 1,\n.\n.\n"z": 2}', '{"a": 1,"z": 2}', ['ellipsis', 'ellipsis']],
  ['an ellipsis in a string', '{"a": "...",}', '{"a": "..."}', ['trailing-comma']],
  [
    'type names',
    '{"a": string, "b": Int, "c": Boolean}',
    '{"a": "string", "b": "Int", "c": "Boolean"}',
    ['type-name'],
  ],
  [
    'literals of Python',
    '{"a": True, "b": None, "c": False}',
    '{"a": true, "b": null, "c": false}',
    ['literal'],
  ],
  ['literals of JavaScript', '[undefined, NaN]', '[null, null]', ['literal']],
  [
    'bare values',
    '{"a": some words, "b": 2020-01-02}',
    '{"a": "some words", "b": "2020-01-02"}',
    ['bare-value'],
  ],
  ['numbers that are none', '[+91, 007, 1_0]', '["+91", "007", "1_0"]', ['bare-value']],
  ['numbers of other languages', '[.5, 5., -.5]', '[0.5, 5.0, -0.5]', ['number-form']],
  [
    'a value that is not there',
    '{"a": ,\n"b":\n"c": 1}',
    '{"a": null,"b": null,"c": 1}',
    ['missing-value', 'missing-value', 'missing-comma'],
  ],
  [
    'variables',
    '{"a": {TOKEN}, "b": {{id}}, "c": <id>}',
    '{"a": "{TOKEN}", "b": "{{id}}", "c": "<id>"}',
    ['template-variable', 'bare-value'],
  ],
  ['alternatives', '{"a": "x" | "y", "b": 1}', '{"a": "\\"x\\" | \\"y\\"", "b": 1}', ['type-expression']],
  [
    'calls',
    '{"a": ISODate("2020-01-01"), "b": NumberLong(5)}',
    '{"a": "2020-01-01", "b": 5}',
    ['constructor-call'],
  ],
  ['a closing bracket that lacks', '{"a": [1, {"b": 2', '{"a": [1, {"b": 2}]}', ['missing-bracket']],
  ['a closing bracket that lacks inside', '{"a": [1, 2}', '{"a": [1, 2]}', ['missing-bracket']],
  ['a closing bracket too many', '[[1}, 2]', '[[1, 2]]', ['extra-bracket', 'missing-bracket']],
  ['the wrong closing bracket', '[1, 2}', '[1, 2]', ['wrong-bracket']],
  ['a closing quote that lacks', '{"a": "x,\n"b": 1}', '{"a": "x","b": 1}', ['missing-quote']],
  [
    'quotes inside a string',
    '{"a": "he said "hi" to me", "b": 1}',
    '{"a": "he said \\"hi\\" to me", "b": 1}',
    ['unescaped-quote'],
  ],
  [
    'JSON inside a string',
    '{"a": "{"b": "c", "d": 1}"}',
    '{"a": "{\\"b\\": \\"c\\", \\"d\\": 1}"}',
    ['unescaped-quote'],
  ],
  ['a string over lines', '{"a": "x\n  y"}', '{"a": "x\\n  y"}', ['line-break-in-string']],
  ['a tab in a string', '{"a": "x\ty"}', '{"a": "x\\ty"}', ['control-character']],
  ['Markdown escapes', '\\[{"a\\_b": "c\\*d"}\\]', '[{"a_b": "c*d"}]', ['markdown-escape']],
  [
    'backslashes of paths',
    '{"a": "C:\\Users", }',
    '{"a": "C:\\\\Users"}',
    ['invalid-escape', 'trailing-comma'],
  ],
  ['invisible characters', '{\u00a0"a":\u200b 1}', '{ "a":  1}', ['invisible-character']],
  ['a byte order mark', '\ufeff{"a": 1}', '{"a": 1}', ['byte-order-mark']],
  ['HTML entities', '{&quot;a&quot;: &quot;b &amp; c&quot;}', '{"a": "b & c"}', ['html-entity']],
  ['HTML tags', '{<strong>"a": 1,</strong>\n<b>"b"</b>: 2}', '{"a": 1,\n"b": 2}', ['html-tag', 'html-tag']],
  ['full-width punctuation', '｛"a"：1，"b"：[2]｝', '{"a":1,"b":[2]}', ['full-width-punctuation']],
  [
    'a remark beside a value',
    '{"a": "x" (optional), "b": 1 <-- the id\n}',
    '{"a": "x" , "b": 1\n}',
    ['annotation'],
  ],
  ['an assignment', 'const reply = {"a": 1};', '{"a": 1}', ['surrounding-text']],
  ['a label', 'Response: {"a": 1}', '{"a": 1}', ['surrounding-text']],
  ['a log line', '2020-01-01 10:00 [INFO] reply {"a": 1}', '{"a": 1}', ['surrounding-text']],
  ['a slip after the end', '{"a": 1}js', '{"a": 1}', ['surrounding-text']],
  ['braces that lack', '"a": 1,\n"b": {"c": 2}', '{"a": 1,\n"b": {"c": 2}\n}', ['missing-braces']],
  ['emphasis', '{**"a"**: 1}', '{"a": 1}', ['markdown-emphasis']],
]

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

void t.test('strict JSON comes back byte for byte', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      if (/^"[.\u2026]+"$/.test(text)) return
      t.match(readSamples(text, at)[0], { kind: 'json', origin: 'documented', text, repairs: [] })
    }),
    { numRuns: 300 },
  )
  t.end()
})

/** Values whose strings have a letter in them and nothing that a kind of damage could not be told from. */
const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9 _.é日]{0,8}[a-z]$/)
const value = fc.letrec<{ value: unknown; container: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, word, fc.integer(), fc.boolean(), fc.constant(null), tie('container')),
  container: fc.oneof(
    fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
    fc.dictionary(word, tie('value'), { minKeys: 1, maxKeys: 4 }),
  ),
})).container

const DAMAGE: Record<string, (json: string) => string> = {
  'trailing commas': (json) => json.replaceAll(/([^[{,\s])(\s*\n\s*[\]}])/g, '$1,$2'),
  'missing commas': (json) => json.replaceAll(/,\n/g, '\n'),
  'line comments': (json) => json.replaceAll(/,\n/g, ', // it\'s "a": [1], {\n'),
  'block comments': (json) => json.replaceAll('\n', ' /* x\n } */\n'),
  'single quotes': (json) => json.replaceAll('"', "'"),
  'smart quotes': (json) => json.replaceAll(/"([^"]*)"/g, '“$1”'),
  guillemets: (json) => json.replaceAll(/"([^"]*)"/g, '«$1»'),
  'bare keys': (json) => json.replaceAll(/"([A-Za-z]\w*)":/g, '$1:'),
  ellipses: (json) => json.replaceAll(/([[{]\n)/g, '$1...,\n').replaceAll(/(\n\s*[\]}])/g, ',\n...$1'),
  'no-break spaces': (json) => json.replaceAll('\n  ', '\n\u00a0\u200b'),
  'Python literals': (json) =>
    json
      .replaceAll(/\btrue(?=,?\n)/g, 'True')
      .replaceAll(/\bfalse(?=,?\n)/g, 'False')
      .replaceAll(/\bnull(?=,?\n)/g, 'None'),
  'equals signs': (json) => json.replaceAll('": ', '" = '),
  entities: (json) => json.replaceAll('"', '&quot;'),
  'escaped quotes': (json) => json.replaceAll('"', '\\"'),
  'missing brackets': (json) => json.replace(/[\s\]}]+$/, ''),
  'a head': (json) => `HTTP/1.1 200 OK\nDate: x\n\n${json}`,
  'a label': (json) => `Example response:\n${json}`,
  'Markdown brackets': (json) => json.replaceAll('[', '\\[').replaceAll(']', '\\]'),
}
/** Kinds that rewrite the quotes that others go by. */
const QUOTES = new Set(['single quotes', 'smart quotes', 'guillemets', 'entities', 'escaped quotes'])

void t.test('any value, broken by one or several kinds of damage, comes back equal', (t) => {
  const kinds = Object.keys(DAMAGE)
  fc.assert(
    fc.property(
      value,
      fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }),
      (value, drawn) => {
        // A block comment that begins inside a line comment would not be one.
        const chosen = drawn.filter((kind) => kind !== 'block comments' || !drawn.includes('line comments'))
        const quotes = chosen.filter((kind) => QUOTES.has(kind)).slice(0, 1)
        const order = [...kinds.filter((kind) => chosen.includes(kind) && !QUOTES.has(kind)), ...quotes]
        const text = order.reduce(
          (json, kind) => DAMAGE[kind]?.(json) ?? json,
          JSON.stringify(value, null, 2),
        )
        const [sample, ...others] = readSamples(text, at)
        if (sample?.kind !== 'json' || others.length > 0)
          throw new Error(`${order.join(', ')}:\n${text}\n${JSON.stringify(sample?.findings)}`)
        const equal = JSON.stringify(JSON.parse(sample.text)) === JSON.stringify(value)
        if (!equal) throw new Error(`${order.join(', ')}:\n${text}\n--\n${sample.text}`)
      },
    ),
    { numRuns: 1500 },
  )
  t.end()
})

void t.test('arbitrary text never throws, and what is called JSON is JSON', (t) => {
  const piece = fc.constantFrom(
    ...'{}[],:;"\'`\\/*#<>()=.…“”«»&\n\t  \u00a0\u200b'.split(''),
    'a',
    '1',
    'null',
    '"a":',
    'HTTP/1.1 200 OK\n',
    'curl ',
    '...',
    '//',
    '&quot;',
    '{{',
    '}}',
    '\r\n',
    '｛',
    '，',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        fc.string({ unit: 'binary', maxLength: 60 }),
      ),
      (text) => {
        const samples = readSamples(text, at)
        if (samples.length === 0) throw new Error('no sample at all')
        for (const sample of samples) {
          if (sample.kind === 'json') parseExact(sample.text)
          if ((sample.origin === 'documented') !== (sample.kind === 'json' && sample.repairs.length === 0))
            throw new Error(sample.origin)
        }
      },
    ),
    { numRuns: 3000 },
  )
  t.end()
})

void t.test('hostile texts are read to their end', (t) => {
  const size = 20_000
  const texts = [
    '['.repeat(size),
    '{"a":'.repeat(size),
    '[[}'.repeat(size),
    '}'.repeat(size),
    '{"a"x'.repeat(size),
    '"a"x '.repeat(size),
    '["a"\tx "a"\tx'.repeat(size),
    `{${'"a" "b",'.repeat(size)}`,
    `[${'"'.repeat(size)}`,
    `[${"'a\n".repeat(size)}`,
    `{${'a '.repeat(size)}`,
    `[${','.repeat(size)}`,
    `[${'...'.repeat(size)}]`,
    '//'.repeat(size),
    '/*'.repeat(size),
    '<!--'.repeat(size),
    '&quot;'.repeat(size),
    '{"a":1}\n'.repeat(size),
    '{"a"}\n\n'.repeat(size),
    `${'x\n'.repeat(size)}{}`,
    ' '.repeat(size * 10),
    `{${' '.repeat(size)}`,
    `{"a":1${' '.repeat(size)}x`,
    '[(('.repeat(size),
    `[1${'('.repeat(size)}`,
    '{<'.repeat(size),
    '[\\"a'.repeat(size),
    `{"a": "${'{"'.repeat(size)}`,
    'HTTP/1.1 200 OK\n'.repeat(size),
    'a=1&'.repeat(size),
    `${'a'.repeat(size)}: {`,
    '.\n'.repeat(size),
    `[${'.\n'.repeat(size)}]`,
    '\u200b'.repeat(size),
    '<a '.repeat(size),
    '“'.repeat(size),
  ]
  for (const text of texts) t.ok(readSamples(text, at).length > 0, text.slice(0, 20))
  t.end()
})
