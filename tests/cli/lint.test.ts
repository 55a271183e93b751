import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { run } from '../../src/cli/run.js'
import { block } from '../lint/helper.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

async function lint(cwd: string, ...argv: string[]) {
  const terminal = fakeTerminal({ cwd })
  const code = await run(['lint', ...argv], terminal, factory(fakeStandin()).create)
  return { code, out: terminal.out(), err: terminal.err() }
}

const broken = block('Request example:', '', '```json', "{ 'name': 'Rex' }", '```')
const folder = (t: Test, files: Record<string, string>) => t.testdir(files)

void t.test('exit codes', async (t) => {
  const cwd = folder(t, { 'good.md': block(), 'warned.md': broken, 'bad.md': block('[x](gone.md)') })
  t.match(await lint(cwd, 'good.md'), { code: 0, out: '0 errors, 0 warnings, 0 info in 1 file\n' })
  t.equal((await lint(cwd, 'warned.md')).code, 0)
  t.equal((await lint(cwd, 'warned.md', '--fail-on', 'warning')).code, 1)
  t.match(await lint(cwd, 'bad.md'), { code: 1, out: /^bad\.md:13 error .* \[dead-link\]\n/ })
  t.match(await lint(cwd, 'none.md'), { code: 2, err: /none\.md.*no such file/ })
  t.match(await lint(cwd), { code: 2, err: /STANDIN_ERR_USAGE/ })
  t.match(await lint(cwd, 'good.md', '--format', 'html'), {
    code: 2,
    err: /text, json, junit, sarif, github/,
  })
})

void t.test('a page of which nothing can be served is looked at all the same', async (t) => {
  const cwd = folder(t, { 'a.md': '{% swagger method="get" path="" %}\n{% endswagger %}\n' })
  t.match(await lint(cwd, 'a.md'), { code: 1, out: /a\.md:1 error .* \[path-missing\]/ })
})

void t.test('a source that is not there is a problem among others', async (t) => {
  const cwd = folder(t, { 'a.md': block() })
  t.match(await lint(cwd, 'a.md', 'none.md'), { code: 1, out: /none\.md:1 error .* \[source-unreadable\]/ })
})

void t.test('the config file sets rules', async (t) => {
  const rules = (text: string) =>
    folder(t, { 'standin.config.json': `{ "rules": ${text} }`, 'a.md': block('[x](gone.md)') })
  t.equal((await lint(rules('{ "dead-link": "off" }'), 'a.md')).code, 0)
  t.equal((await lint(rules('{ "dead-link": "warning" }'), 'a.md')).code, 0)
  t.match(await lint(rules('{ "dead-lnik": "off" }'), 'a.md'), { code: 2, err: /Did you mean dead-link\?/ })
  t.match(await lint(rules('{ "dead-link": "never" }'), 'a.md'), {
    code: 2,
    err: /off, error, warning or info/,
  })
})

void t.test('--fix writes the files, with their permissions and nothing beside them', async (t) => {
  const cwd = folder(t, { 'a.md': broken.replaceAll('\n', '\r\n'), 'b.md': 'Nothing here.  \n' })
  chmodSync(join(cwd, 'a.md'), 0o664)
  const before = statSync(join(cwd, 'b.md')).mtimeMs
  t.match(await lint(cwd, '.', '--fix'), { code: 0, out: /1 problem mended\./ })
  t.equal(
    readFileSync(join(cwd, 'a.md'), 'utf8'),
    broken.replace("{ 'name': 'Rex' }", '{ "name": "Rex" }').replaceAll('\n', '\r\n'),
  )
  t.equal(statSync(join(cwd, 'a.md')).mode & 0o777, 0o664)
  t.equal(statSync(join(cwd, 'b.md')).mtimeMs, before)
  t.strictSame(readdirSync(cwd), ['a.md', 'b.md'])
  t.match(await lint(cwd, '.', '--fix'), { code: 0, out: /0 problems mended\./ })
})

void t.test('--fix leaves alone what it cannot write without loss', async (t) => {
  const cwd = folder(t, {})
  const bytes = Buffer.concat([Buffer.from(broken), Buffer.from([0x63, 0xe9, 0x0a])])
  writeFileSync(join(cwd, 'a.md'), bytes)
  t.match(await lint(cwd, 'a.md', '--fix'), { code: 2, err: /a\.md was not mended: it is not UTF-8/ })
  t.ok(readFileSync(join(cwd, 'a.md')).equals(bytes))
})

void t.test('--out', async (t) => {
  const cwd = folder(t, { 'a.md': broken })
  t.match(await lint(cwd, 'a.md', '--format', 'sarif', '--out', 'lint.sarif'), { code: 0, out: '' })
  t.equal(JSON.parse(readFileSync(join(cwd, 'lint.sarif'), 'utf8')).runs[0].results.length, 1)
})

void t.test('the guide shows a run as it is', async (t) => {
  const { out } = await lint('fixtures/lint', 'docs/')
  const guide = readFileSync('docs/guides/lint.md', 'utf8')
  t.ok(guide.includes(`$ standin lint docs/\n${out}`), `docs/guides/lint.md needs this run:\n${out}`)
})
