import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { parseLine } from '../src/cli/arguments.js'
import { commands } from '../src/cli/commands.js'

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

const action: Action = parse(readFileSync('action.yml', 'utf8'))
const { steps } = action.runs
const INPUT = /\$\{\{ inputs\.([a-z-]+) \}\}/g

/** Runs the steps that these inputs choose, as a runner does, with an npx that only keeps its words. */
function runAction(t: Test, given: Readonly<Record<string, string>>, job: Record<string, string> = {}) {
  const folder = t.testdir({ bin: {}, 'package.json': '{ "type": "commonjs" }' })
  const kept = join(folder, 'lines.jsonl')
  const npx = join(folder, 'bin', 'npx')
  const keep = `const { PACT_BROKER_BASE_URL: url, PACT_BROKER_TOKEN: token } = process.env
require('node:fs').appendFileSync(${JSON.stringify(kept)}, JSON.stringify({ argv: process.argv.slice(2), url, token }) + '\\n')`
  writeFileSync(npx, `#!${process.execPath}\n${keep}\n`)
  chmodSync(npx, 0o755)
  const value = (text: string): string =>
    text.replaceAll(INPUT, (_, name: string) => given[name] ?? action.inputs[name]?.default ?? '')
  const results = steps
    .filter((step) => holds(step.if, value))
    .map((step) => {
      const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)]))
      return spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
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
      if (commands.has(line[0] ?? ''))
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

void t.test('drift fails the step that writes the contract', async (t) => {
  const given = { contract: 'true', consumer: 'web', provider: 'shop', drift: 'true' }
  const { codes } = runAction(t, given)
  t.strictSame(codes, [0], 'nothing has changed')
})
