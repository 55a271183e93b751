import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { folderFor } from '../folder.js'
import { docsReport, docsReportText } from '../../src/contract/docs-report.js'
import { editsFor } from '../../src/contract/docs-report/edits.js'
import { unifiedDiff } from '../../src/contract/docs-report/unified-diff.js'
import { generateContract } from '../../src/contract/generate.js'
import { verifyContracts } from '../../src/contract/verify.js'
import { readSources } from '../../src/parse/source.js'
import { json, provide } from './verify-provider.js'

t.setTimeout(240_000)

const page = `# Clocks

{% swagger method="get" path="/clocks" baseUrl="https://api.example" summary="List the clocks" %}
{% swagger-response status="200: OK" description="All of them" %}
\`\`\`json
{
  "total": 1,
  "unit": "hour",
  "zone": { "name": "UTC" }
}
\`\`\`
{% endswagger-response %}
{% endswagger %}
`
const lines = page.split('\n')
const linesOf = (file: string) => (file === 'docs/clocks.md' ? lines : undefined)
const at = (line: number) => ({ file: 'docs/clocks.md', line })

void t.test('edits that need no judgement', async (t) => {
  const row = ['| Name | Type | Description |', '| `total` | integer | how many |', '| unit | String | |']
  const rowsOf = () => row
  const differ = (where: string, expected: string, actual: string, line = 4) => ({
    where,
    expected,
    actual,
    source: at(line),
    response: at(4),
  })
  const cases: [
    string,
    Parameters<typeof editsFor>[0],
    (file: string) => readonly string[] | undefined,
    unknown[],
  ][] = [
    [
      'a value of the sample',
      differ('body total', 'integer', '"many"'),
      linesOf,
      [{ ...at(7), replace: '  "total": "many",' }],
    ],
    [
      'a member that never comes',
      differ('body unit', 'to be there', 'nothing'),
      linesOf,
      [{ ...at(8), remove: true }],
    ],
    [
      'a status, with its name',
      differ('status', '200', '201'),
      linesOf,
      [{ ...at(4), replace: '{% swagger-response status="201: Created" description="All of them" %}' }],
    ],
    ['a status that is no number', differ('status', '4XX', '500'), linesOf, []],
    ['a member that shares its line', differ('body zone.name', 'string', '1'), linesOf, []],
    ['an object in place of a value', differ('body total', 'integer', '{"a":1}'), linesOf, []],
    ['the whole body', differ('body', 'object', '[]'), linesOf, []],
    ['what is in no sample', differ('body other', 'string', '1'), linesOf, []],
    ['a header', differ('header Content-Type', 'application/json', 'text/html'), linesOf, []],
    ['a page that cannot be read', differ('body total', 'integer', '"many"'), () => undefined, []],
    [
      'the type in a table, in its case and its width',
      { ...differ('body total', 'integer', '"many"', 2), response: undefined },
      rowsOf,
      [{ ...at(2), replace: '| `total` | string  | how many |' }],
    ],
    [
      'and as its other rows have it',
      { ...differ('body unit', 'string', '1.5', 3), response: undefined },
      rowsOf,
      [{ ...at(3), replace: '| unit | Number | |' }],
    ],
    [
      'a row of another member',
      { ...differ('body rate', 'string', '1.5', 3), response: undefined },
      rowsOf,
      [],
    ],
  ]
  for (const [name, difference, read, expected] of cases)
    t.strictSame(editsFor(difference, read), expected, name)
})

void t.test('patches that git applies', async (t) => {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`)
  const cases: [string, string, Map<number, { replace: string } | { remove: true }>, string][] = [
    ['one line', 'a\nb\nc\n', new Map([[2, { replace: 'B' }]]), 'a\nB\nc\n'],
    ['a line less', 'a\nb\nc\n', new Map([[1, { remove: true }]]), 'b\nc\n'],
    ['without a line break at the end', 'a\nb', new Map([[2, { replace: 'B' }]]), 'a\nB'],
    [
      'two places far apart, and two near each other',
      `${numbered(40).join('\n')}\n`,
      new Map<number, { replace: string } | { remove: true }>([
        [30, { replace: 'thirty' }],
        [2, { remove: true }],
        [5, { replace: 'five' }],
      ]),
      `${numbered(40)
        .flatMap((line, index) =>
          index === 1 ? [] : index === 4 ? ['five'] : index === 29 ? ['thirty'] : [line],
        )
        .join('\n')}\n`,
    ],
  ]
  for (const [name, before, edits, after] of cases) {
    const folder = folderFor(t, { docs: { 'a.md': before } })
    const patch = unifiedDiff('docs/a.md', before.split('\n'), edits)
    execFileSync('git', ['apply', '--unidiff-zero', '-'], {
      cwd: folder,
      input: patch,
      env: { GIT_DIR: 'none', PATH: process.env['PATH'] },
    })
    t.equal(readFileSync(join(folder, 'docs/a.md'), 'utf8'), after, name)
  }
  t.equal(unifiedDiff('docs/a.md', ['a'], new Map()), '')
})

void t.test('a report of a run, with what is not documented and a patch', async (t) => {
  const description = readSources([{ path: 'docs/clocks.md', text: page }], { read: () => undefined })
  const { text } = generateContract(description, { consumer: 'web', provider: 'clocks' })
  const provider = await provide((_, response) =>
    json(response, { total: 'many', unit: 'hour', zone: { name: 'UTC', offset: 0 }, more: [1] }),
  )
  t.teardown(() => provider.close())
  const { observations } = await verifyContracts([{ file: 'web-clocks.json', text }], {
    providerBaseUrl: provider.url,
  })
  const report = docsReport(observations, (file) => (file === 'docs/clocks.md' ? page : undefined))
  t.strictSame(
    new Map(report.differences.map(({ where, actual, patched }) => [where, { actual, patched }])),
    new Map([
      ['body total', { actual: '"many"', patched: true }],
      ['body more', { actual: '[1]', patched: false }],
      ['body zone.offset', { actual: '0', patched: false }],
    ]),
  )
  const folder = folderFor(t, { docs: { 'clocks.md': page } })
  execFileSync('git', ['apply', '-'], {
    cwd: folder,
    input: report.patch,
    env: { GIT_DIR: 'none', PATH: process.env['PATH'] },
  })
  t.equal(readFileSync(join(folder, 'docs/clocks.md'), 'utf8'), page.replace('"total": 1', '"total": "many"'))
  const told = docsReportText(report)
  t.match(
    told,
    /^docs\/clocks\.md:\d+ {2}\S+ {2}body total: the docs say .*, the provider sends "many" {2}\(patched below\)$/m,
  )
  t.match(told, /body more: the docs say nothing of it, the provider sends \[1\]$/m)
  t.ok(told.endsWith(`\n\n${report.patch}`))
})
