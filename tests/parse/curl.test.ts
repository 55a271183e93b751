import * as fc from 'fast-check'
import t from 'tap'
import { readCurl, readCurls } from '../../src/parse/curl.js'
import { CASES } from './curl-cases.js'

const at = { file: 'page.md', line: 5 }

for (const [title, text, expected] of CASES) {
  void t.test(title, (t) => {
    const command = readCurl(text, at)
    t.ok(command)
    if (expected.method !== undefined) t.equal(command?.method, expected.method)
    if (expected.url !== undefined) t.equal(command?.url, expected.url)
    if (expected.headers)
      t.same(
        Object.fromEntries(command?.headers.map(({ name, value }) => [name, value]) ?? []),
        expected.headers,
      )
    if (expected.body !== undefined) t.equal(command?.body?.text, expected.body)
    const findings = command?.findings.map(({ rule, source }) => [rule, source.line])
    if (expected.findings)
      t.same(
        [...new Set(findings?.map(String))],
        [...new Set(expected.findings.map(String))],
        JSON.stringify(command?.findings),
      )
    t.end()
  })
}

void t.test('places of what was read', (t) => {
  const command = readCurl("Call it:\ncurl 'https://x.test' \\\n  -H 'A: b' \\\n  -d 'x'", at)
  t.match(command, {
    source: { file: 'page.md', line: 6 },
    headers: [{ source: { line: 7 } }],
    body: { source: { line: 8 } },
  })
  t.end()
})

void t.test('several commands in one block, and what is none', (t) => {
  const commands = readCurls('# one\ncurl https://x.test/1 -H "A: b"\n\n# two\ncurl https://x.test/2\n', at)
  t.same(
    commands.map(({ url, source }) => [url, source.line]),
    [
      ['https://x.test/1', 6],
      ['https://x.test/2', 9],
    ],
  )
  for (const text of ['', 'User-Agent: curl/7.45.0', 'Use curl to call it.', 'https://curl.se'])
    t.equal(readCurl(text, at), undefined, text)
  t.end()
})

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
/** Text without what a lenient reader takes for a slip: a line that begins with an option, invisible characters. */
const argument = fc
  .string({ unit: 'binary-ascii', maxLength: 30 })
  .filter((text) => !/[\n\r\0\u007f-\u009f\u00a0]/.test(text) && !/(?:^|[^\\])'\w/.test(text))

void t.test('a command quoted for the shell comes back', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      fc.webUrl({ withQueryParameters: true }),
      fc.array(
        fc.tuple(
          fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,10}$/),
          argument.map((value) => value.trim()),
        ),
        { maxLength: 4 },
      ),
      fc.option(argument),
      (method, url, headers, body) => {
        const parts = [
          `curl -X ${method} ${quoted(url)}`,
          ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
          ...(body === null ? [] : [`--data-raw ${quoted(body)}`]),
        ]
        const command = readCurl(parts.join(' \\\n  '), at)
        t.equal(command?.method, method)
        t.equal(command?.url, url)
        t.same(
          command?.headers.map(({ name, value }) => [name, value]),
          headers,
        )
        t.equal(command?.body?.text, body ?? undefined)
      },
    ),
    { numRuns: 300, seed: 7 },
  )
  t.end()
})

void t.test('arbitrary and hostile text never throws', (t) => {
  const piece = fc.constantFrom(
    ...'\'"`\\^$\n -#|&;<>(){}\u2013\u201c\u2018='.split(''),
    'curl ',
    '-H ',
    '--data',
    'https://x.test',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      for (const { url, method } of readCurls(`curl ${pieces.join('')}`, at))
        if (typeof url !== 'string' || method === undefined) throw new Error('incomplete')
    }),
    { numRuns: 2000, seed: 7 },
  )
  const size = 20_000
  for (const text of [
    "curl '".repeat(size),
    `curl ${"'a".repeat(size)}`,
    `curl ${'\n'.repeat(size)}`,
    `curl ${'-d "{" '.repeat(size)}`,
    'curl -H\n'.repeat(size),
    `curl ${' '.repeat(size * 10)}`,
    `curl "${'\\\n'.repeat(size)}`,
    `curl x ${'\\ '.repeat(size)}`,
  ]) {
    t.ok(readCurls(text, at), text.slice(0, 10))
  }
  t.end()
})
