import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { byText } from '../../src/contract/text.js'
import { run } from '../../src/cli/run.js'
import { createStandin } from '../../src/index.js'
import { shopDocument } from '../contract/shop-documents.js'
import { fakeTerminal } from './terminal.js'

/** The command line over the real library, in a folder of its own. */
async function standin(t: Test, argv: string[], files: Record<string, string> = {}) {
  const cwd = folderFor(t, files)
  const terminal = fakeTerminal({ cwd })
  const code = await run(argv, terminal, (options) => createStandin({ ...options, cwd }))
  return { code, out: terminal.out(), err: terminal.err() }
}

const pact = (response: object, description = 'an order is read'): string =>
  JSON.stringify({
    consumer: { name: 'web' },
    provider: { name: 'shop' },
    interactions: [{ description, request: { method: 'GET', path: '/orders/7' }, response }],
  })
const body = (value: unknown) => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: value,
  matchingRules: { '$.body': { match: 'type' } },
})
const docs = { 'shop.json': shopDocument() }

void t.test('compare tells what is not promised, with its place in the docs', async (t) => {
  const files = { ...docs, 'web.json': pact(body({ id: 7, total: 3 })), 'good.json': pact(body({ id: 7 })) }
  const good = await standin(t, ['compare', 'good.json', '--with', 'shop.json'], files)
  t.strictSame(good, { code: 0, out: '1 interaction, 0 errors, 0 warnings: compatible\n', err: '' })

  const wrong = await standin(t, ['compare', 'good.json', 'web.json', '--with', 'shop.json'], files)
  t.equal(wrong.code, 1)
  t.match(wrong.out, /^web\.json: "an order is read" \(web\)\n {2}error shop\.json:\d+ response body total: /)
  t.match(wrong.out, /\[undocumented-member\]\n\n2 interactions, 1 error, 0 warnings: not compatible\n$/)

  const json = await standin(t, ['compare', 'web.json', '--with', 'shop.json', '--format', 'json'], files)
  t.match(JSON.parse(json.out), {
    compatible: false,
    interactions: 1,
    compared: [{ pact: 'web.json', operationId: 'getOrder' }],
    findings: [{ rule: 'undocumented-member', source: { file: 'shop.json' } }],
  })
  const github = await standin(t, ['compare', 'web.json', '--with', 'shop.json', '--format', 'github'], files)
  t.match(
    github.out,
    /^::error file=shop\.json,line=\d+,title=undocumented-member::web: "an order is read", /,
  )
  const last = await standin(t, ['compare', '--with', 'shop.json', '--', 'good.json'], files)
  t.equal(last.code, 0, 'what stands after -- is no source')
})

void t.test('a JUnit report has a case for each interaction, and escapes what it shows', async (t) => {
  const description = 'a <b> & "c"\u0007'
  const files = { ...docs, 'a.json': pact(body({ total: 3 }), description), 'b.json': pact(body({ id: 1 })) }
  const argv = ['compare', 'a.json', 'b.json', '--format', 'junit', '--with', 'shop.json']
  const { code, out } = await standin(t, argv, files)
  t.equal(code, 1)
  t.match(out, '<testsuite name="a.json" tests="1" failures="1" errors="0">')
  t.match(out, 'name="a &lt;b&gt; &amp; &quot;c&quot;">')
  t.match(out, '<testcase classname="b.json" name="an order is read"/>')
})

void t.test('diff tells which changes break, in both files', async (t) => {
  const files = {
    'old.json': shopDocument(),
    'v2.json': shopDocument({ id: { type: 'string' }, note: { type: 'string' } }),
    'web.json': pact(body({ id: 7 })),
    'other.json': pact({ status: 200 }),
  }
  const same = await standin(t, ['diff', 'old.json', 'old.json'], files)
  t.strictSame(same, { code: 0, out: '0 changes, 0 breaking\n', err: '' })

  const { code, out } = await standin(t, ['diff', 'old.json', 'v2.json'], files)
  t.equal(code, 1)
  const xml = await standin(t, ['diff', 'old.json', 'v2.json', '--format', 'junit'], files)
  t.equal(xml.code, 1)
  t.match(
    xml.out,
    '<testsuite name="getOrder" tests="2" failures="1" errors="0">',
    'what is safe fails nothing',
  )
  t.match(
    out,
    /^breaking getOrder, response 200 body id: the type was integer and is string \[response-type-changed\]\n {2}old\.json:\d+ -> v2\.json:\d+\nsafe /,
  )
  t.match(out, /2 changes, 1 breaking\n$/)

  const used = await standin(t, ['diff', 'old.json', 'v2.json', '--pact', 'web.json', 'other.json'], files)
  t.equal(used.code, 1)
  t.match(used.out, '(used by web)')
  const unused = await standin(t, ['diff', 'old.json', 'v2.json', '--pact', 'other.json'], files)
  t.equal(unused.code, 0, 'the only known consumer does not read it')

  const json = await standin(t, ['diff', 'old.json', 'v2.json', '--format', 'json'], files)
  t.match(JSON.parse(json.out), { breaking: true, changes: [{ rule: 'response-type-changed' }, {}] })
  const github = await standin(t, ['diff', 'old.json', 'v2.json', '--format', 'github'], files)
  t.match(github.out, /^::error file=v2\.json,line=\d+,title=response-type-changed::getOrder, /)
})

void t.test('what cannot be done as asked', async (t) => {
  const files = { ...docs, 'web.json': pact(body({ id: 7 })), 'text.json': 'no pact' }
  const cases: [string[], RegExp][] = [
    [['compare', '--with', 'shop.json'], /needs pacts before --with.*STANDIN_ERR_USAGE/],
    [['compare', '--with', 'shop.json', 'web.json'], /needs pacts before --with/],
    [['compare', 'web.json', '--with'], /--with needs a value/],
    [['compare', 'nothing.json', '--with', 'shop.json'], /no such file.*STANDIN_ERR_PACT_UNREADABLE/],
    [['compare', 'text.json', '--with', 'shop.json'], /text\.json cannot be read as a pact: it is not JSON/],
    [['compare', 'web.json', '--with', 'nothing.md'], /STANDIN_ERR_SOURCE_UNREADABLE/],
    [['compare', 'web.json', '--format', 'sarif'], /cannot write sarif/],
    [['diff', 'shop.json'], /needs two versions/],
    [['diff', '--pact', 'web.json', 'shop.json', 'shop.json'], /needs two versions before any --pact/],
    [['diff', 'a', 'b', 'c'], /takes OLD NEW, got "a b c"/],
    [['diff', 'shop.json', 'shop.json', '--format', 'sarif'], /cannot write sarif/],
    [['publish'], /No Pact Broker is given.*STANDIN_ERR_BROKER_CONFIG/],
  ]
  for (const [argv, message] of cases) {
    const { code, out, err } = await standin(t, argv, files)
    t.equal(code, 2, argv.join(' '))
    t.equal(out, '')
    t.match(err, message)
  }
})

void t.test('the guide explains every rule of a diff and a comparison, and no others', async (t) => {
  const guide = readFileSync('docs/guides/compare-and-diff.md', 'utf8')
  const { COMPARE_RULES } = await import('../../src/contract/compare-rules.js')
  const { DIFF_RULES } = await import('../../src/contract/diff-rules.js')
  const listed = [...guide.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, rule]) => String(rule))
  t.strictSame(listed.toSorted(byText), [...COMPARE_RULES, ...DIFF_RULES].toSorted(byText))
})
