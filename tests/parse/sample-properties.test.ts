import * as fc from 'fast-check'
import t from 'tap'
import { parseExact } from '../../src/operation/json.js'
import { readSamples } from '../../src/parse/sample.js'

const at = { file: 'page.md', line: 10 }

void t.test('strict JSON comes back byte for byte', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      if (/^"[.\u2026]+"$/.test(text)) return
      t.match(readSamples(text, at)[0], { kind: 'json', origin: 'documented', text, repairs: [] })
    }),
    { numRuns: 300, seed: 7 },
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
    { numRuns: 1500, seed: 7 },
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
    { numRuns: 3000, seed: 7 },
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
