import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import type { CreateStandin } from '../../src/cli/standin.js'
import { createStandin } from '../../src/index.js'
import { fakeTerminal } from './terminal.js'

const page = (name: string): string => `# ${name}

{% swagger method="get" path="/${name}" baseUrl="https://api.example" summary="Get ${name}" %}
{% swagger-parameter in="query" name="since" type="String" %}
Only what is newer
{% endswagger-parameter %}
{% swagger-response status="200: OK" description="" %}
\`\`\`json
{ "name": "${name}", "size": 14.0 }
\`\`\`
{% endswagger-response %}
{% endswagger %}
`

async function imported(cwd: string, ...argv: string[]) {
  const terminal = fakeTerminal({ cwd })
  const create: CreateStandin = (options) => createStandin({ ...options, cwd })
  const code = await run(['import', ...argv], terminal, create)
  return { code, out: terminal.out(), err: terminal.err() }
}

const folder = (t: Test): string =>
  folderFor(t, { docs: { 'users.md': page('users'), 'groups.md': page('groups') } })

await t.test('writes a folder that serves the same', async (t) => {
  const cwd = folder(t)
  const { code, out } = await imported(cwd, 'docs', '--out', 'api')
  t.equal(code, 0)
  t.match(out, /2 operations into api\n {2}written +groups\.ts\n {2}written +users\.ts/)
  t.match(out, /behaviour\.ts \(yours from now on\)/)
  const [pages, modules] = await Promise.all(
    ['docs', 'api'].map(async (source) => createStandin({ sources: [source], cwd })),
  )
  t.teardown(() => Promise.all([pages?.close(), modules?.close()]))
  for (const url of ['/users', '/groups']) {
    const [a, b] = await Promise.all([pages?.inject(url), modules?.inject(url)])
    t.equal(b?.body.replaceAll(/\s/g, ''), a?.body.replaceAll(/\s/g, ''))
    t.match(b?.body, /14\.0/)
    t.equal(b?.headers['standin-example'], a?.headers['standin-example'])
  }
  t.equal(await modules?.openapi(), readFileSync(join(cwd, 'api', 'openapi.json'), 'utf8'))
})

await t.test('renews what is generated and leaves the rest alone', async (t) => {
  const cwd = folder(t)
  await imported(cwd, 'docs', '--out', 'api')
  const again = await imported(cwd, 'docs', '--out', 'api')
  t.notMatch(again.out, /written/)
  appendFileSync(join(cwd, 'api', 'behaviour.ts'), '// mine\n')
  writeFileSync(join(cwd, 'docs', 'users.md'), page('people'))
  const changed = await imported(cwd, 'docs', '--out', 'api')
  t.match(changed.out, /written +users\.ts/)
  t.match(changed.out, /unchanged +groups\.ts/)
  t.match(changed.out, /kept +behaviour\.ts/)
  t.match(readFileSync(join(cwd, 'api', 'behaviour.ts'), 'utf8'), /\/\/ mine\n$/)
})

await t.test('removes what is no longer documented', async (t) => {
  const cwd = folder(t)
  await imported(cwd, 'docs', '--out', 'api')
  const { out } = await imported(cwd, 'docs/users.md', '--out', 'api')
  t.match(out, /removed +groups\.ts/)
  t.notOk(existsSync(join(cwd, 'api', 'groups.ts')))
})

const byHand: readonly (readonly [file: string, text: string, reason: RegExp])[] = [
  ['users.ts', 'export const mine = 1\n', /does not begin with the mark/],
  ['fixtures/examples.json', '{}\n', /was changed by hand/],
  ['openapi.json', '{"mine": true}\n', /was changed by hand/],
]
for (const [file, text, reason] of byHand) {
  await t.test(`never overwrites ${file} of somebody's own`, async (t) => {
    const cwd = folder(t)
    await imported(cwd, 'docs', '--out', 'api')
    const path = join(cwd, 'api', file)
    writeFileSync(path, text)
    writeFileSync(join(cwd, 'docs', 'users.md'), page('people'))
    const before = readFileSync(join(cwd, 'api', 'index.ts'), 'utf8')
    const { code, err } = await imported(cwd, 'docs', '--out', 'api')
    t.equal(code, 2)
    t.match(err, reason)
    t.match(err, /STANDIN_ERR_NOT_GENERATED/)
    t.equal(readFileSync(path, 'utf8'), text)
    t.equal(readFileSync(join(cwd, 'api', 'index.ts'), 'utf8'), before)
  })
}

await t.test('a formatter may lay out generated JSON in its own way', async (t) => {
  const cwd = folder(t)
  await imported(cwd, 'docs', '--out', 'api')
  const path = join(cwd, 'api', 'fixtures', 'examples.json')
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/\n\s*/g, ' '))
  t.match((await imported(cwd, 'docs', '--out', 'api')).out, /written +fixtures/)
})

for (const [argv, message] of [
  [['docs'], /--out DIR/],
  [['--out', 'api'], /something to import/],
  [['docs', '--out', 'docs/api'], /lies inside the source docs/],
] as const) {
  await t.test(`import ${argv.join(' ')}`, async (t) => {
    const { code, err } = await imported(folder(t), ...argv)
    t.equal(code, 2)
    t.match(err, message)
    t.match(err, /STANDIN_ERR_USAGE/)
  })
}
