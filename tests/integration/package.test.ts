import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import t from 'tap'
import { folderFor } from '../folder.js'
import { objectOf } from '../serve/helper.js'

const run = (cwd: string, file: string, args: readonly string[]): string =>
  // npm is a shell script on Windows, which only a shell starts.
  execFileSync(file, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: file === 'npm' && process.platform === 'win32',
  })

const consumer = `
import { createStandin, type Standin, type StandinOptions } from 'standin'

const options: StandinOptions = { stateless: false, delay: '0-1' }
const standin: Standin = await createStandin(options)
const url: string = await standin.listen()
const reply = await standin.inject({ method: 'GET', url: '/_standin/health' })
const status: number = reply.statusCode
const accounts = (await standin.state.read()).list('accounts')
// @ts-expect-error there is no such option
await createStandin({ prot: 1 })
console.log(url, status, accounts.size)
await standin.close()
`

const testHelpers = `
import { connectStandin, startStandin, type JournalEntry, type TestSession, useSession } from 'standin/test'

await using standin = await startStandin({ sources: [], delay: '0-1' })
const connected = await connectStandin({ url: standin.url })
await using session: TestSession = await connected.session({ title: 'of the package' })
await session.override('resetPin', { status: 401, delay: { median: 20, sigma: 0.5 }, times: 1 })
await session.override({ fault: { type: 'slow-drip', overMs: 100 }, when: { body: { '/pin': { present: true } } } })
// @ts-expect-error there is no such fault
await session.override('resetPin', { fault: 'conection-reset' })
const [call]: [JournalEntry, ...JournalEntry[]] = await session.waitFor('resetPin', { timeout: 10 })
await session.verify({ operationId: 'resetPin', status: 401 }, { atLeast: 1 })
const reply: Response = await session.fetch('/onboarding/user/resetPin/v1', { method: 'POST' })
const context = { route: async (_matches: (url: URL) => boolean) => {} }
await useSession(context, session)
console.log(call.reply?.status, reply.status)
`

const viteConfig = `
import { defineConfig } from 'vite'
import { standin } from 'standin/vite'

export default defineConfig({ plugins: [standin({ sources: ['docs'], prefix: '/api' })] })
// @ts-expect-error the port is the dev server's
standin({ port: 1 })
`

const testScript = `
import { startStandin } from 'standin/test'
import { standin as plugin } from 'standin/vite'
const standin = await startStandin()
const session = await standin.session({ title: 'packed' })
await session.override('resetPin', { status: 401, times: 1 })
const token = await session.token(100)
const statuses = []
for (const pin of ['2222', '3333']) {
  const reply = await session.fetch('/onboarding/user/resetPin/v1', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-token': token, 'x-api-key': 'MOB-APP-2001' },
    body: JSON.stringify({ pin, signInMode: 1 }),
  })
  statuses.push(reply.status)
}
await session.verify('resetPin', 2)
const failure = await session.verify('login', 1).catch((error) => error.code)
await standin.close()
console.log(JSON.stringify([statuses, failure, plugin().name]))
`

const script = `
import { createStandin } from 'standin'
const standin = await createStandin({ logger: false })
const url = await standin.listen()
const health = await (await fetch(url + '/_standin/health')).json()
const page = await standin.inject('/docs')
const asset = await standin.inject('/_standin/docs/swagger-ui-bundle.js')
await standin.state.update((state) => state.put('accounts', '7', { note: 'mine' }))
const accounts = (await standin.state.read()).list('accounts')
await standin.examples.set('resetPin', '200', 'response', { value: { ok: true } })
await standin.reset()
await standin.close()
console.log(JSON.stringify([health.status, page.statusCode, asset.statusCode, [...accounts.keys()]]))
`

t.setTimeout(300_000)
void t.test('the packed tarball, in an empty project', async (t) => {
  const folder = folderFor(t, { 'package.json': '{ "type": "module", "private": true }' })
  const packed: unknown = JSON.parse(
    run('.', 'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
  )
  const { filename, files } = objectOf(Array.isArray(packed) ? packed[0] : Object.values(objectOf(packed))[0])
  const names = Array.isArray(files) ? files.map((file: { path: string }) => file.path) : []
  for (const needed of ['README.md', 'LICENSE', 'CHANGELOG.md', 'docs/errors.md', 'openapi/onboarding.json'])
    t.ok(names.includes(needed), needed)
  t.strictSame(
    names.filter((name) => /^(src|tests|bench|scripts|\.)/.test(name)),
    [],
    'nothing that only developers need',
  )
  run(folder, 'npm', [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    String(filename),
  ])

  await t.test('runs', async (t) => {
    writeFileSync(join(folder, 'try.js'), script)
    t.strictSame(JSON.parse(run(folder, process.execPath, ['try.js'])), ['ok', 200, 200, ['7', '100']])
    const bin = join(folder, 'node_modules/standin/dist/cli/main.js')
    const version = run(folder, process.execPath, [bin, '--version'])
    t.equal(run(folder, 'npm', ['exec', '--offline', '--', 'standin', '--version']), version)
    t.equal(version.trim(), String(objectOf(JSON.parse(readFileSync('package.json', 'utf8')))['version']))
  })

  await t.test(
    'its helpers for tests work without a test runner, and the plugin can be loaded',
    async (t) => {
      writeFileSync(join(folder, 'helpers.js'), testScript)
      const output = run(folder, process.execPath, ['helpers.js'])
      t.strictSame(JSON.parse(output), [[401, 200], 'ERR_ASSERTION', 'standin'])
    },
  )

  await t.test('its types hold under strict settings, library checks included', async (t) => {
    const files = { 'try.ts': consumer, 'helpers.ts': testHelpers }
    t.equal(typeFaults(folder, files, { skipLibCheck: false }), '')
  })

  await t.test('the types of the plugin are those of Vite', async (t) => {
    // What Vite's own packages declare is not ours to check.
    t.equal(typeFaults(folder, { 'vite.config.ts': viteConfig }, { skipLibCheck: true }), '')
  })
})

/** What the compiler says of files under strict settings. */
function typeFaults(
  folder: string,
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>>,
): string {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
    ...options,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }))
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  try {
    return run(folder, process.execPath, [tsc, '-p', 'tsconfig.json'])
  } catch (error) {
    return String(objectOf(error)['stdout'])
  }
}
