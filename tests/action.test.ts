import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { folderFor } from './folder.js'
import { parseLine } from '../src/cli/arguments.js'
import { bare } from './bare.js'

interface Step {
  readonly name: string
  readonly if: string
  readonly shell: string
  readonly env: Readonly<Record<string, string>>
  readonly run: string
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

// The program starts several times, on a machine that may be busy.
t.setTimeout(240_000)

const action: Action = parse(readFileSync('action.yml', 'utf8'))
const { steps } = action.runs
const INPUT = /\$\{\{ inputs\.([a-z-]+) \}\}/g

type Inputs = Readonly<Record<string, string>>

/** Runs the steps that these inputs choose, as a runner does, with an npx that is this script of node. */
function runSteps(folder: string, given: Inputs, script: string, job: Inputs = {}) {
  const npx = join(folder, 'bin', 'npx')
  mkdirSync(join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'bin', 'package.json'), '{ "type": "commonjs" }')
  writeFileSync(npx, `#!${process.execPath}\n${script}\n`)
  chmodSync(npx, 0o755)
  const value = (text: string): string =>
    text.replaceAll(INPUT, (_, name: string) => given[name] ?? action.inputs[name]?.default ?? '')
  return steps
    .filter((step) => holds(step.if, value))
    .map((step) => {
      const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)]))
      return spawnSync(...bare('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run]), {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...job,
          ...env,
          PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
          GITHUB_ACTION_PATH: process.cwd(),
        },
      })
    })
}

/** With an npx that only keeps its words. */
function runAction(t: Test, given: Inputs, job: Inputs = {}) {
  const folder = folderFor(t, {})
  const kept = join(folder, 'lines.jsonl')
  const keep = `const { PACT_BROKER_BASE_URL: url, PACT_BROKER_TOKEN: token } = process.env
require('node:fs').appendFileSync(${JSON.stringify(kept)}, JSON.stringify({ argv: process.argv.slice(2), url, token }) + '\\n')`
  const results = runSteps(folder, given, keep, job)
  const lines = existsSync(kept) ? readFileSync(kept, 'utf8').trim().split('\n') : []
  const calls: { argv: string[]; url?: string; token?: string }[] = lines.map((line) => JSON.parse(line))
  return {
    calls,
    codes: results.map(({ status }) => status),
    err: results.map(({ stderr }) => stderr).join(''),
  }
}

/** Conditions of the one form that action.yml uses: comparisons with a text, joined by `&&`. */
const holds = (condition: string, value: (text: string) => string): boolean =>
  condition.split(' && ').every((part) => {
    const [, name, operator, text] = /^inputs\.([a-z-]+) (==|!=) '([^']*)'$/.exec(part) ?? []
    if (name === undefined) throw new Error(`Not read here: ${part}`)
    return (value(`\${{ inputs.${name} }}`) === text) === (operator === '==')
  })

void t.test(
  'each input is used, each that is used is declared, and none is written into a script',
  async (t) => {
    t.equal(action.runs.using, 'composite')
    const text = JSON.stringify(steps)
    const used = new Set([...text.matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name))
    t.strictSame(used, new Set(Object.keys(action.inputs)))
    for (const { run, shell } of steps) {
      t.notMatch(run, '${{', run)
      t.equal(shell, 'bash')
    }
    for (const [name, input] of Object.entries(action.inputs)) {
      t.ok(input.description.length > 10, name)
      t.type(input.default, 'string', `${name} has a default, so no step has an unset variable`)
    }
  },
)

const sources = 'docs/a page.md\ndocs/$(touch hacked).md\n'
const cases: [string, Record<string, string>, string[][]][] = [
  ['nothing', {}, []],
  [
    'lint',
    { lint: 'true', sources },
    [['lint', '--format', 'github', 'docs/a page.md', 'docs/$(touch hacked).md']],
  ],
  ['check', { check: 'true' }, [['check']]],
  [
    'contract',
    { contract: 'true', consumer: 'web app', provider: 'shop', sources: 'docs' },
    [['contract', '--consumer', 'web app', '--provider', 'shop', '--out', 'contracts/', 'docs']],
  ],
  [
    'verify against files',
    { verify: 'true', 'provider-base-url': 'http://127.0.0.1:1', states: 'states.ts' },
    [
      [
        'verify',
        '--provider-base-url',
        'http://127.0.0.1:1',
        '--format',
        'github',
        '--states',
        'states.ts',
        '--contract',
        'contracts',
      ],
    ],
  ],
  [
    'publish',
    {
      publish: 'true',
      'broker-base-url': 'https://b.example',
      'broker-token': 'x',
      'app-version': '1',
      branch: 'main',
    },
    [['publish', 'contracts', '--app-version', '1', '--branch', 'main']],
  ],
  [
    'verify with a broker, and publish the results',
    {
      verify: 'true',
      publish: 'true',
      provider: 'shop',
      'provider-base-url': 'http://p',
      'broker-base-url': 'https://b.example',
    },
    [
      [
        'verify',
        '--provider-base-url',
        'http://p',
        '--format',
        'github',
        '--broker-base-url',
        'https://b.example',
        '--provider',
        'shop',
        '--publish',
      ],
    ],
  ],
]
for (const [name, given, expected] of cases) {
  void t.test(name, async (t) => {
    const { calls, codes, err } = runAction(t, { package: 'standin@1', ...given })
    t.strictSame(
      calls.map(({ argv }) => argv),
      expected.map((line) => ['--yes', 'standin@1', ...line]),
      err,
    )
    t.ok(codes.every((code) => code === 0))
    t.notOk(existsSync(join(t.testdirName, 'hacked')))
    for (const line of expected) {
      await t.resolves(
        parseLine(line, () => true),
        'the command line takes it',
      )
    }
  })
}

void t.test('the broker of the job is used where no input names another', async (t) => {
  const job = { PACT_BROKER_BASE_URL: 'https://job.example', PACT_BROKER_TOKEN: 'of-the-job' }
  const { calls } = runAction(t, { publish: 'true' }, job)
  t.match(calls, [{ url: 'https://job.example', token: 'of-the-job' }])
  const other = runAction(t, { publish: 'true', 'broker-token': 'of-the-input' }, job)
  t.match(other.calls, [{ url: 'https://job.example', token: 'of-the-input' }])
})

void t.test('a step that is none is an error', async (t) => {
  const { status, stdout } = spawnSync('bash', ['scripts/action.sh', 'deploy'], { encoding: 'utf8' })
  t.equal(status, 2)
  t.match(stdout, '::error::There is no step deploy')
})

const program = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))
/** An npx that runs this Standin, whatever package it is asked for. */
const real = `const [, , , , ...words] = process.argv
const { status } = require('node:child_process').spawnSync(process.execPath, [${JSON.stringify(program)}, ...words], { stdio: 'inherit' })
process.exit(status)`

/** A repository of a consumer with one page of docs. */
function repository(t: Test, page: string): string {
  const folder = folderFor(t, { docs: { 'clocks.md': page } })
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  return folder
}

const page = (total: string) => `# Clocks

{% swagger method="get" path="/clocks" baseUrl="https://api.example" summary="List the clocks" %}
{% swagger-response status="200: OK" description="All of them" %}
\`\`\`json
{ "total": ${total} }
\`\`\`
{% endswagger-response %}
{% endswagger %}
`

void t.test('the steps with the program itself', async (t) => {
  const folder = repository(t, page('1'))
  const write = { contract: 'true', consumer: 'web', provider: 'clocks', sources: 'docs/' }
  const step = (given: Inputs) => runSteps(folder, given, real)[0]
  t.match(step({ lint: 'true', sources: 'docs/' }), { status: 0 })
  t.match(step({ check: 'true', sources: 'docs/' }), { status: 0, stdout: /1/ })
  t.match(step(write), { status: 0, stdout: 'contracts/web-clocks.json: 1 interaction\n' })
  t.match(step({ ...write, drift: 'true' }), {
    status: 1,
    stdout: '::error::contracts is not what the docs say',
  })
  execFileSync('git', ['add', '.'], { cwd: folder })
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example', 'commit', '--quiet', '-m', 'x'], {
    cwd: folder,
  })
  t.match(step({ ...write, drift: 'true' }), { status: 0 }, 'what is committed is what the docs say')
  writeFileSync(join(folder, 'docs/clocks.md'), page('"many"'))
  t.match(step({ ...write, drift: 'true' }), { status: 1, stdout: /^[-+].*total/m }, 'and now it is not')
  const verify = { verify: 'true', 'provider-base-url': 'http://127.0.0.1:1' }
  t.match(step(verify), { status: 2, stderr: /cannot be reached/ })
  t.match(step({ publish: 'true' }), { status: 2, stderr: /STANDIN_ERR_BROKER_CONFIG/ })
})
