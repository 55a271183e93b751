import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import type { ApiServices } from '../../src/apis/api-module.js'
import { loadModule } from '../../src/load/module.js'
import { moduleIn } from '../../src/load/module-path.js'

const services: ApiServices = { secret: async () => new Uint8Array(32), now: () => 0, anyToken: false }

const OPERATION = `operation({
  operationId: 'ping', method: 'GET', path: '/ping', parameters: [],
  responses: [{ status: '200', headers: [], content: [], source: source(3) }], source: source(1),
})`
const HEAD = `import { Type } from '@sinclair/typebox'
import { defineApi, describePage, operation } from 'standin/describe'
const { source } = describePage('docs/ping.md')
`
const api = (rest = ''): string =>
  `${HEAD}export default defineApi({ title: 'Ping', operations: [${OPERATION}]${rest} })\n`

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return join(folder, 'index.ts')
}

await t.test('loads an API where nothing is installed, its behaviours and its state', async (t) => {
  const path = write(t.testdir(), {
    'index.ts': api(`, behaviours, seed: { calls: { first: { n: 1 } } }`).replace(
      '\n',
      "\nimport { behaviours } from './behaviour.js'\n",
    ),
    'behaviour.ts': `import type { Behaviours } from 'standin/describe'
export const behaviours: Behaviours = { ping: () => ({ status: '200', reason: 'ping' }) }\n`,
  })
  const { description, behaviours, seed } = await loadModule(path, dirname(path))
  t.equal(description.operations[0]?.operationId, 'ping')
  t.strictSame(Object.keys(behaviours?.(services) ?? {}), ['ping'])
  t.strictSame(await seed?.(services), { calls: { first: { n: 1 } } })
})

await t.test('loads it anew each time', async (t) => {
  const path = write(t.testdir(), { 'index.ts': api() })
  t.equal((await loadModule(path, dirname(path))).description.title, 'Ping')
  write(dirname(path), { 'index.ts': api().replace("'Ping'", "'Pong'") })
  t.equal((await loadModule(path, dirname(path))).description.title, 'Pong')
})

const wrong: readonly (readonly [title: string, files: Readonly<Record<string, string>>, message: RegExp])[] =
  [
    [
      'a syntax error',
      { 'index.ts': 'export const a = 1\nexport default { a: , }\n' },
      /^index\.ts:2: it is not TypeScript/,
    ],
    [
      'a syntax error in what it imports',
      { 'index.ts': "import './other.js'\n", 'other.ts': '\n\nconst = 1\n' },
      /^other\.ts:3: it is not TypeScript/,
    ],
    [
      'an import that leads nowhere',
      { 'index.ts': "export const a = 1\nexport * from './gone.js'\n" },
      /^index\.ts:2: Cannot find module '\.\/gone\.js'/,
    ],
    [
      'a module that throws',
      { 'index.ts': "function f(): never {\n  throw new Error('no luck')\n}\nf()\nexport default 1\n" },
      /^index\.ts:2: no luck/,
    ],
    ['no default export', { 'index.ts': 'export const a = 1\n' }, /^index\.ts:1: it has no default export/],
    ['something else', { 'index.ts': 'export default 5\n' }, /^index\.ts:1: the default export is no API/],
    [
      'a description that is not one',
      { 'index.ts': api().replace("method: 'GET'", "method: 'FETCH'") },
      /^index\.ts:1: \/operations\/0\/method of the description: .*"FETCH"/,
    ],
    [
      'the same id twice',
      { 'index.ts': api().replace('operations: [', `operations: [${OPERATION}, `) },
      /two operations have the id ping/,
    ],
    [
      'the same route twice',
      {
        'index.ts': api().replace('operations: [', `operations: [${OPERATION.replace("'ping'", "'pong'")}, `),
      },
      /ping and pong are both GET \/ping/,
    ],
    [
      'examples that are not there',
      {
        'index.ts': `import { readExamples } from 'standin/describe'\nexport default readExamples(new URL('no.json', import.meta.url))\n`,
      },
      /^index\.ts:2: ENOENT/,
    ],
  ]
for (const [title, files, message] of wrong) {
  await t.test(title, async (t) => {
    const path = write(t.testdir(), files)
    await t.rejects(loadModule(path, dirname(path)), { code: 'STANDIN_ERR_MODULE', message })
  })
}

await t.test('a behaviour of no operation is named, with the nearest', async (t) => {
  const path = write(t.testdir(), {
    'index.ts': api(`, behaviours: { pimg: () => ({ status: '200', reason: '' }) }`),
  })
  const { behaviours } = await loadModule(path, dirname(path))
  t.throws(() => behaviours?.(services), { code: 'STANDIN_ERR_MODULE', message: /pimg.*nearest is ping/ })
})

await t.test("somebody else's index is not an API module", async (t) => {
  const folder = t.testdir({ docs: { 'index.ts': 'process.exit(1)' }, api: { 'index.ts': api() } })
  t.equal(moduleIn(join(folder, 'docs')), undefined)
  t.equal(moduleIn(join(folder, 'api')), join(folder, 'api', 'index.ts'))
})
