import * as fc from 'fast-check'
import t from 'tap'
import { PageText } from '../../src/lint/fix/page-text.js'
import { fixFiles } from '../../src/lint/lint-files.js'
import { block, contextOf, filesOf, shown } from './helper.js'

const FIXABLE = /sample-repaired|curl-not-runnable|curl-escaped-option|curl-header-no-space|tag-attributes/

function mended(text: string): string {
  const folder = { 'a.md': text }
  return fixFiles(filesOf(folder), contextOf(folder)).files[0]?.text ?? ''
}

const request = (...lines: string[]) =>
  block('Request example:', '', '```json', ...lines, '```', 'The end.  ')
const curl = (...lines: string[]) => block('```sh', ...lines, '```', 'The end.  ')

const cases: [string, string, string][] = [
  ['quotes', request("{ 'name': 'Rex' }"), request('{ "name": "Rex" }')],
  ['a comma at the end', request('{', '  "name": "Rex",  ', '}'), request('{', '  "name": "Rex"  ', '}')],
  [
    'only the lines that are wrong',
    request('{', '', '  "name": "Rex"\t', '  "age": 3,  ', '', '  tags: []', '}'),
    request('{', '', '  "name": "Rex",\t', '  "age": 3,  ', '', '  "tags": []', '}'),
  ],
  [
    'blank lines between',
    request('{', "'name': 'Rex'", '', "'tags': []", '  ', '}'),
    request('{', '"name": "Rex",', '', '"tags": []', '  ', '}'),
  ],
  ['braces', request('"name": "Rex"'), request('{"name": "Rex"', '}')],
  [
    'a comment is not taken away',
    request('{ "name": "Rex" /* the name */ }'),
    request('{ "name": "Rex" /* the name */ }'),
  ],
  ['an ellipsis neither', request('{ "name": "Rex", ... }'), request('{ "name": "Rex", ... }')],
  [
    'lines of a command',
    curl('curl https://api.example.com/pets', "\\--header 'Accept:text/plain'", '', "--data 'a=1'"),
    curl('curl https://api.example.com/pets \\', "--header 'Accept: text/plain' \\", "--data 'a=1'"),
  ],
  [
    'typographic quotes and dashes',
    curl('curl –H “Accept: text/plain” https://api.example.com/pets'),
    curl('curl -H "Accept: text/plain" https://api.example.com/pets'),
  ],
  [
    'a space behind a backslash, none before an argument',
    curl('curl https://api.example.com/pets \\  ', `  --data'{"name":"Rex"}'`),
    curl('curl https://api.example.com/pets \\', `  --data '{"name":"Rex"}'`),
  ],
  [
    'quotes that cannot be told are left',
    curl("curl -d “it's $5” https://api.example.com/pets"),
    curl("curl -d “it's $5” https://api.example.com/pets"),
  ],
  [
    'attributes',
    block()
      .replace('path="/pets"', 'path="/pets')
      .replace('"Add a pet"', '"Add "a" pet"')
      .replace('name="name"', 'nam="name"'),
    block().replace('"Add a pet"', '"Add &quot;a&quot; pet"'),
  ],
]

const crlf = (text: string) => `\uFEFF---\r\nid: 1\r\n---\r\n${text.replaceAll('\n', '\r\n')}`

for (const [name, before, after] of cases) {
  void t.test(name, async (t) => {
    t.equal(mended(before), after)
    t.equal(mended(after), after, 'once is enough')
    t.equal(mended(crlf(before)), crlf(after), 'with a byte order mark, front matter and CRLF')
    if (before !== after)
      t.strictSame(
        shown({ 'a.md': after }).filter((line) => FIXABLE.test(line)),
        [],
        'the finding is gone',
      )
  })
}

const listing = (...lines: string[]) =>
  block('Request example:', '', ...['```json', ...lines, '```'].map((line) => `> ${line}`))
const item = (...lines: string[]) =>
  block('Request example:', '', '- so:', '', ...['```json', ...lines, '```'].map((line) => `  ${line}`))

void t.test('inside quotes and lists the marks of the lines stay', async (t) => {
  t.equal(mended(listing('{', "'name': 'Rex'", '}')), listing('{', '"name": "Rex"', '}'))
  t.equal(mended(item('{', "'name': 'Rex'", 'age: 3', '}')), item('{', '"name": "Rex",', '"age": 3', '}'))
})

void t.test('what is turned off is not mended', async (t) => {
  const text = block(
    'Request:',
    '<!-- standin-disable-next-line sample-repaired -->',
    '```json',
    "{ 'a': 1 }",
    '```',
  )
  t.equal(mended(text), text)
})

const fix = (start: number, end: number, text: string) => ({
  rule: 'x',
  line: 1,
  edits: [{ start, end, text }],
})

void t.test('edits that touch each other are not made together', async (t) => {
  const page = new PageText('a\r\nbc')
  t.strictSame(page.apply([fix(1, 3, '-'), fix(2, 4, '+')]), { text: 'a-c', applied: 1 })
  t.strictSame(page.apply([fix(0, 1, 'A'), fix(2, 3, 'x\ny')]), { text: 'A\r\nx\r\nyc', applied: 2 })
})

/** Ways to break a line of printed JSON, none of which leaves its meaning in doubt. */
const damages: Record<string, (line: string) => string> = {
  'a comma too many': (line) => line.replace(/^(\s*"\w+": (?:"\w*"|\d+))$/, '$1,'),
  'no comma': (line) => line.replace(/^(\s*"\w+": "\w*"),$/, '$1'),
  'a bare name': (line) => line.replace(/^(\s*)"(\w+)":/, '$1$2:'),
  'single quotes': (line) => line.replaceAll('"', "'"),
  'typographic quotes': (line) => line.replace(/"([^"]*)"/g, '“$1”'),
  'white space': (line) => `${line}  `,
  nothing: (line) => line,
}
const key = fc.stringMatching(/^[a-z]{2,6}$/)
const leaf = fc.oneof(fc.stringMatching(/^[a-z]{0,8}$/), fc.nat(9999), fc.boolean())
const body = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 4 })), {
  minKeys: 1,
  maxKeys: 6,
})

void t.test('damaged samples are mended, once, and nothing else changes', async (t) => {
  const property = fc.property(
    body,
    fc.array(fc.constantFrom(...Object.keys(damages)), { minLength: 1, maxLength: 8 }),
    fc.constantFrom('', '> ', '   '),
    fc.constantFrom('\n', '\r\n'),
    (value, kinds, prefix, eol) => {
      const lines = JSON.stringify(value, undefined, 2)
        .split('\n')
        .map((line, index) => (damages[kinds[index % kinds.length] ?? ''] ?? String)(line))
      const page = (listing: readonly string[]) =>
        block(
          'Request example:',
          '',
          ...['```json', ...listing, '```'].map((line) => `${prefix}${line}`),
          'End. ',
        )
          .split('\n')
          .join(eol)
      const text = page(lines)
      const after = mended(text)
      return (
        JSON.stringify(rest(after)) === JSON.stringify(rest(text)) &&
        mended(after) === after &&
        !shown({ 'a.md': after }).some((line) => FIXABLE.test(line)) &&
        JSON.stringify(valueIn(after, prefix)) === JSON.stringify(value)
      )
    },
  )
  fc.assert(property, { numRuns: 150, seed: 1 })
  t.pass('150 samples')
})

/** What stands before and after the request's sample. */
const rest = (page: string) => [
  page.slice(0, page.lastIndexOf('```json')),
  page.slice(page.lastIndexOf('```')),
]

/** The request's sample in a page, by JSON.parse. */
function valueIn(page: string, prefix: string): unknown {
  const listing = page.slice(page.lastIndexOf('```json') + 7, page.lastIndexOf('```'))
  const lines = listing
    .split(/\r?\n/)
    .map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line))
  return JSON.parse(lines.join('\n').replace(/\n>? *$/, ''))
}

/** Ways in which pages break commands, line by line. */
const slips: Record<string, (line: string, isLast: boolean) => string> = {
  'no backslash': (line) => line.replace(/ \\$/, ''),
  'a space behind it': (line, isLast) => (isLast ? line : `${line} `),
  'an escaped option': (line) => line.replace(/^(\s*)--/, '$1\\--'),
  'no space behind the colon': (line) => line.replace(/'(X-\w+): /, "'$1:"),
  'no space before the argument': (line) => line.replace(/(--(?:header|data)) '/, "$1'"),
  // Around quotes of their own it cannot be told where they end.
  'typographic quotes': (line) => line.replace(/'([^'"]*)'/, '“$1”'),
  nothing: (line) => line,
}

void t.test('damaged commands run again, and the second time nothing changes', async (t) => {
  const command = [
    "curl --request POST 'https://api.example.com/pets' \\",
    "  --header 'X-Shop: 7' \\",
    "  --header 'Content-Type: application/json' \\",
    `  --data '{ "name": "Rex" }'`,
  ]
  const ways = fc.array(fc.constantFrom(...Object.keys(slips)), { minLength: 4, maxLength: 4 })
  const property = fc.property(ways, fc.constantFrom('', '> '), (kinds, prefix) => {
    const lines = command.map((line, index) => (slips[kinds[index] ?? ''] ?? String)(line, index === 3))
    const text = block(...['```sh', ...lines, '```'].map((line) => `${prefix}${line}`))
    const after = mended(text)
    const left = shown({ 'a.md': after }).filter((line) => FIXABLE.test(line))
    return left.length === 0 && mended(after) === after
  })
  fc.assert(property, { numRuns: 150, seed: 2 })
  t.pass('150 commands')
})
