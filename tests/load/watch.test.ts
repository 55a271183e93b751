import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { createStandin } from '../../src/index.js'

const page = (path: string, body: string): string => `# ${path}

{% swagger method="get" path="${path}" baseUrl="https://api.example.com" summary="" %}
{% swagger-response status="200" description="" %}
\`\`\`json
${body}
\`\`\`
{% endswagger-response %}
{% endswagger %}
`

const description = (answer: string): string => `openapi: 3.0.3
info: { title: Clocks, version: '1' }
paths:
  /clocks:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              example: ${answer}
`

/** A watching stand-in behind a real socket, for files of a folder; `sources` are relative to it. */
async function watching(t: Test, files: NonNullable<Parameters<Test['testdir']>[0]>, sources: string[]) {
  const cwd = folderFor(t, files)
  const lines: string[] = []
  const logger = pino({}, { write: (line) => void lines.push(line) })
  const standin = await createStandin({ sources, cwd, watch: true, logger, store: 'memory' })
  t.teardown(() => standin.close())
  const url = await standin.listen()
  const get = async (path: string): Promise<string> => {
    const response = await fetch(url + path)
    return `${response.status} ${await response.text()}`
  }
  /** Asks until the answer is the expected one; the runner's own patience ends it otherwise. */
  const until = async (path: string, expected: RegExp): Promise<void> => {
    for (;;) {
      if (expected.test(await get(path))) return
      await new Promise((go) => setTimeout(go, 20))
    }
  }
  const logged = async (expected: RegExp): Promise<void> => {
    while (!lines.some((line) => expected.test(line))) await new Promise((go) => setTimeout(go, 20))
  }
  const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text)
  return { cwd, standin, get, until, logged, write, lines }
}

void t.test('a saved page is live, and state is kept', async (t) => {
  const { standin, get, until, write } = await watching(t, { docs: { 'a.md': page('/a', '{"is": 1}') } }, [
    'docs',
  ])
  await standin.state.update((state) => state.put('things', '1', { kept: true }))
  t.match(await get('/a'), /^200 \{"is": 1\}/)
  write('docs/a.md', page('/a', '{"is": 2}'))
  await until('/a', /^200 \{"is": 2\}/)
  t.strictSame((await standin.state.read()).get('things', '1'), { kept: true })
})

void t.test('a file that is named itself and replaced by a rename, again and again', async (t) => {
  const { cwd, until, write } = await watching(t, { 'a.md': page('/a', '{"is": 0}') }, ['a.md'])
  for (const round of [1, 2, 3]) {
    write('a.md.tmp', page('/a', `{"is": ${round}}`))
    renameSync(join(cwd, 'a.md.tmp'), join(cwd, 'a.md'))
    await until('/a', new RegExp(`^200 \\{"is": ${round}\\}`))
  }
})

void t.test('new pages, pages in new folders, pages that are deleted', async (t) => {
  const { cwd, until, write } = await watching(t, { docs: { 'a.md': page('/a', '{"is": 1}') } }, ['docs'])
  write('docs/b.md', page('/b', '{"is": "b"}'))
  await until('/b', /^200 \{"is": "b"\}/)
  mkdirSync(join(cwd, 'docs/new/deep'), { recursive: true })
  write('docs/new/deep/c.md', page('/c', '{"is": "c"}'))
  await until('/c', /^200 \{"is": "c"\}/)
  rmSync(join(cwd, 'docs/b.md'))
  await until('/b', /^404 /)
  await until('/a', /^200 /)
})

void t.test('an OpenAPI file that a page embeds', async (t) => {
  const embedding =
    '# Clocks\n\n{% openapi src="../api/clocks.yaml" path="/clocks" method="get" %}\n{% endopenapi %}\n'
  const files = { docs: { 'a.md': embedding }, api: { 'clocks.yaml': description('{ is: 1 }') } }
  const { until, write, logged } = await watching(t, files, ['docs'])
  await until('/clocks', /^200 \{"is":1\}/)
  write('api/clocks.yaml', description('{ is: 2 }'))
  await until('/clocks', /^200 \{"is":2\}/)
  write('api/clocks.yaml', 'openapi: 3.0.3\npaths: {')
  await logged(/what was read before is served on, since .*a\.md:3/)
  await until('/clocks', /^200 \{"is":2\}/)
})

void t.test('a broken save keeps what was there and says why', async (t) => {
  const files = { docs: { 'a.md': page('/a', '{"is": 1}'), 'api.yaml': description('{ is: 1 }') } }
  const { get, until, logged, write } = await watching(t, files, ['docs'])
  write('docs/api.yaml', 'openapi: 3.0.3\npaths: [')
  await logged(/what was read before is served on, since docs\/api\.yaml:\d+: /)
  t.match(await get('/clocks'), /^200 \{"is":1\}/)
  write('docs/a.md', '')
  await logged(/served on, since docs\/a\.md:1: It is empty\. docs\/api\.yaml:\d+: /)
  t.match(await get('/a'), /^200 /)
  write('docs/a.md', page('/a', '{"is": 1}'))
  write('docs/api.yaml', description('{ is: 3 }'))
  await until('/clocks', /^200 \{"is":3\}/)
})

void t.test('what a save makes worse is logged with its place', async (t) => {
  const { logged, write, lines } = await watching(t, { docs: { 'a.md': page('/a', '{"is": 1}') } }, ['docs'])
  write('docs/a.md', page('/a', '{ // Response }'))
  await logged(/docs\/a\.md:\d+ The response 200 shows only a placeholder/)
  t.ok(lines.some((line) => line.includes('read again: docs/a.md')))
})

void t.test('a broken save is told once, whatever else is written beside it', async (t) => {
  const { logged, write, lines, until } = await watching(t, { 'a.md': page('/a', '{"is": 1}') }, ['a.md'])
  write('a.md', '')
  await logged(/It is empty/)
  for (const round of [1, 2, 3]) {
    write('a.log', String(round))
    await new Promise((go) => setTimeout(go, 150))
  }
  write('a.md', page('/a', '{"is": 2}'))
  await until('/a', /^200 \{"is": 2\}/)
  t.equal(lines.filter((line) => line.includes('It is empty')).length, 1)
})

void t.test('a folder that is deleted and made again, as a change of branches does', async (t) => {
  const { cwd, until, write } = await watching(t, { docs: { 'a.md': page('/a', '{"is": 0}') } }, ['docs'])
  for (const round of [1, 2]) {
    rmSync(join(cwd, 'docs'), { recursive: true })
    if (round === 2) await delay(300)
    mkdirSync(join(cwd, 'docs'))
    write('docs/a.md', page('/a', `{"is": "${round}, made"}`))
    await until('/a', new RegExp(`^200 \\{"is": "${round}, made"\\}`))
    write('docs/a.md', page('/a', `{"is": "${round}, saved"}`))
    await until('/a', new RegExp(`^200 \\{"is": "${round}, saved"\\}`))
  }
})
