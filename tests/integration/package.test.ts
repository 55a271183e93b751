import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import t from 'tap'
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
  const folder = t.testdir({ 'package.json': '{ "type": "module", "private": true }' })
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

  await t.test('its types hold under strict settings, library checks included', async (t) => {
    writeFileSync(join(folder, 'try.ts'), consumer)
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2023',
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
          types: ['node'],
          typeRoots: [resolve('node_modules/@types')],
        },
        files: ['try.ts'],
      }),
    )
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
    let output = ''
    try {
      run(folder, process.execPath, [tsc, '-p', 'tsconfig.json'])
    } catch (error) {
      output = String(objectOf(error)['stdout'])
    }
    t.equal(output, '')
  })
})
