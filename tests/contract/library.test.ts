import { execFile } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { byText } from '../../src/contract/text.js'
import { playBroker } from './broker-double.js'
import { compile, programOf } from './guide.js'

// The guide's program is compiled and run as a project's own would be, on the built package.
t.setTimeout(240_000)

const guide = readFileSync('docs/guides/contracts-library.md', 'utf8')
const run = promisify(execFile)

/** The program of the guide, in a folder of its own below this package, which it therefore finds by name. */
function project(t: Test): string {
  const folder = t.testdir({ 'program.mts': programOf('docs/guides/contracts-library.md') })
  cpSync('fixtures/onboarding', join(folder, 'fixtures/onboarding'), { recursive: true })
  return folder
}

const { text } = generateContract(onboarding.description, { consumer: 'mobile-app', provider: 'onboarding' })

const replies = (base: string) => {
  const pact = {
    ...JSON.parse(text),
    _links: { 'pb:publish-verification-results': { href: `${base}/results` } },
  }
  return {
    'GET /': [{ json: { _links: { self: { href: base } } } }],
    'POST /contracts/publish': [{ json: { notices: [] } }],
    'POST /pacts/provider/onboarding/for-verification': [
      { json: { _embedded: { pacts: [{ _links: { self: { href: `${base}/pact` } } }] } } },
    ],
    'GET /pact': [{ json: pact }],
    'POST /results': [{ json: {} }],
    'GET /can-i-deploy?pacticipant=mobile-app&version=c0ffee&environment=production': [
      { json: { summary: { deployable: true, reason: 'All verified' }, notices: [], matrix: [] } },
    ],
    'GET /pacticipants/mobile-app/versions/c0ffee': [
      { json: { _links: { 'pb:record-deployment': [{ name: 'production', href: `${base}/deployed` }] } } },
    ],
    'POST /deployed': [{ json: {} }],
  }
}

void t.test('the program of the guide', async (t) => {
  const folder = project(t)
  t.equal(compile(folder), '', 'has the right types')
  const { broker, calls } = await playBroker(t, replies)
  const env = { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_TOKEN: 'secret', GITHUB_SHA: 'c0ffee' }
  const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder, env })
  const told: [RegExp, string][] = [
    [/^Pact cannot say: getToken\S*-200 one of several types/m, 'what is not in the contract'],
    [/^recorded\/web-Onboarding-API\.json \[\]$/m, 'the recording'],
    [/^\d+ interactions of 1 operation: \d+ passed, 0 failed\n 0$/m, 'the report'],
    [/^true \d+ interactions, 0 errors, \d+ warnings: compatible$/m, 'the comparison'],
    [/^false 0 changes, 0 breaking$/m, 'the difference'],
    [/^true All verified$/m, 'whether it may be deployed'],
  ]
  for (const [line, name] of told) t.match(stdout, line, name)
  t.match(JSON.parse(readFileSync(join(folder, 'recorded/web-Onboarding-API.json'), 'utf8')), {
    consumer: { name: 'web' },
    interactions: [{ key: 'resetPin-401-without-x-api-token' }],
  })
  const sent = new Map(calls.map(({ method, url, body }) => [`${method} ${url}`, body]))
  t.match(sent.get('POST /contracts/publish'), { pacticipantVersionNumber: 'c0ffee', branch: 'main' })
  t.match(sent.get('POST /results'), {
    success: true,
    providerApplicationVersion: 'c0ffee',
    testResults: [{ key: String, status: 'passed' }],
  })
  t.ok(sent.has('POST /deployed'))
})

void t.test('the guide names every function, and no other', async (t) => {
  const rows = [...guide.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) => names.split(', '))
  const exported = Object.keys(await import('../../src/contract.js'))
  t.strictSame(rows.map((name) => name.replaceAll('`', '')).toSorted(byText), exported.toSorted(byText))
})

void t.test("only matchers for tests by hand load Pact's own modules", async (t) => {
  const loads = async (entry: string): Promise<boolean> => {
    const script = `import { createRequire } from 'node:module'
await import(${JSON.stringify(entry)})
console.log(Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('@pact-foundation')))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
    return JSON.parse(stdout)
  }
  const entries = ['standin', 'standin/describe', 'standin/contract', 'standin/pact']
  t.strictSame(await Promise.all(entries.map(loads)), [false, false, false, true])
})
