import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import t from 'tap'
import { apiSource } from '../../src/load/api.js'
import { findFiles } from '../../src/load/find.js'
import { loadSources } from '../../src/load/load.js'

const documentOf = (path: string): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: path, version: '1' },
    paths: { [path]: { get: { responses: { 204: { description: 'x' } } } } },
  })
const pathsOf = ({ description }: { description: { operations: readonly { path: string }[] } }) =>
  description.operations.map(({ path }) => path)

void t.test('what a folder is searched for', async (t) => {
  const cwd = t.testdir({
    docs: {
      'b.yaml': '',
      'a.MD': '',
      'notes.txt': '',
      deep: { 'c.json': '', node_modules: { 'd.md': '' } },
      '.git': { 'e.md': '' },
    },
    'named.txt': '',
  })
  symlinkSync(cwd, join(cwd, 'docs', 'loop'))
  t.strictSame(await findFiles('docs', cwd), [
    { path: 'docs/a.MD', named: false },
    { path: 'docs/b.yaml', named: false },
    { path: 'docs/deep/c.json', named: false },
  ])
  t.strictSame(await findFiles('named.txt', cwd), [{ path: 'named.txt', named: true }])
  t.strictSame(await findFiles('../named.txt', join(cwd, 'docs')), [{ path: '../named.txt', named: true }])
  await t.rejects(findFiles('gone', cwd), {
    code: 'STANDIN_ERR_SOURCE_UNREADABLE',
    message: /gone.*no such file/,
  })
})

void t.test('several sources are one description, and a bad one among them is a finding', async (t) => {
  const cwd = t.testdir({ 'a.json': documentOf('/a'), docs: { 'b.json': documentOf('/b') } })
  const loaded = await loadSources(['a.json', 'gone.json', 'docs', 'docs/b.json', '-'], {
    cwd,
    stdin: Readable.from([documentOf('/c')]),
  })
  t.strictSame(pathsOf(loaded).toSorted(), ['/a', '/b', '/c'])
  t.strictSame(loaded.files, ['a.json', 'docs/b.json', '-'], 'each file once')
  t.match(
    loaded.description.findings.filter(({ source }) => source.file === 'gone.json'),
    [{ rule: 'source-unreadable', severity: 'error' }],
  )
})

void t.test('where nothing can be read, the first reason is told', async (t) => {
  const cwd = t.testdir({ 'a.json': '{"openapi":"3.1.0",', empty: {}, 'page.md': '# Nothing here\n' })
  const cases: [string[], RegExp][] = [
    [['gone.json'], /gone\.json/],
    [['a.json'], /a\.json:1/],
    [['empty'], /empty/],
    [['page.md'], /page\.md/],
  ]
  for (const [sources, message] of cases) {
    await t.rejects(loadSources(sources, { cwd }), { code: 'STANDIN_ERR_SOURCE_UNREADABLE', message })
  }
})

void t.test('what the sources stand for', async (t) => {
  const cwd = t.testdir({ 'a.json': documentOf('/a'), 'index.mjs': 'export default 1' })
  const load = async (sources: string[]) => (await apiSource(sources, { cwd })).load()
  t.equal((await load([])).api.description.operations.length > 0, true, 'the bundled API')
  const { api, changed } = await load(['a.json'])
  t.strictSame([api.name, [...changed], api.behaviours], ['/a', ['a.json'], undefined])
  await t.rejects(load(['a.json', 'index.mjs']), {
    code: 'STANDIN_ERR_SOURCE_UNREADABLE',
    message: /served by itself/,
  })
  mkdirSync(join(cwd, 'program'))
  writeFileSync(join(cwd, 'program', 'index.js'), 'throw new Error("run")')
  writeFileSync(join(cwd, 'program', 'b.json'), documentOf('/b'))
  const folder = await load(['program'])
  t.strictSame(pathsOf(folder.api), ['/b'], 'somebody else’s program is not run')
})
