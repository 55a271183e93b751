import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { generateContract } from '../../src/contract/generate.js'
import { createStandin } from '../../src/standin.js'
import { bare } from '../bare.js'
import { providerOf } from '../contract/provider.js'
import { skip, startBroker } from './broker-server.js'

// Two dozen processes on a busy machine.
t.setTimeout(600_000)

const consumer = 'mobile-app'
const provider = 'onboarding'
const version = (number: string) => ['--version', number]
const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))

void t.test('a contract goes round by way of a real broker', { skip }, async (t) => {
  const variables = await startBroker(t)
  const { text } = generateContract(
    { ...onboarding.description, operations: onboarding.description.operations.slice(0, 1) },
    { consumer, provider },
  )
  const cwd = folderFor(t, { contracts: { 'mobile-app-onboarding.json': text } })
  const file = join(cwd, 'contracts', 'mobile-app-onboarding.json')
  const env = { PATH: process.env['PATH'], PACT_DO_NOT_TRACK: 'true', ...variables }

  const standin = (...argv: string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(...bare(process.execPath, [main, ...argv]), { cwd, env })
      const result = { out: '', err: '' }
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (result.out += chunk))
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (result.err += chunk))
      child.once('error', reject)
      child.once('close', (code) => resolve({ code, ...result }))
    })
  /** Pact's own command line, which knows nothing of Standin. */
  const witness = (...argv: string[]) => {
    const bin = fileURLToPath(import.meta.resolve('@pact-foundation/pact-cli/bin/pact-broker.js'))
    const { status, stdout, stderr } = spawnSync(...bare(process.execPath, [bin, ...argv]), {
      env,
      encoding: 'utf8',
    })
    return { code: status, told: `${stdout}${stderr}` }
  }
  const ask = (name: string, number: string) =>
    standin('can-i-deploy', '--pacticipant', name, ...version(number), '--environment', 'production')
  const witnessAsk = (name: string, number: string) =>
    witness('can-i-deploy', '--pacticipant', name, ...version(number), '--to-environment', 'production')
  const record = (name: string, number: string) =>
    standin('record-deployment', '--pacticipant', name, ...version(number), '--environment', 'production')

  await t.test('published, again without a change, and not with one', async (t) => {
    const publish = ['publish', ...version('1'), '--branch', 'main', '--tag', 'dev']
    const first = await standin(...publish)
    t.equal(first.code, 0, first.err)
    t.match(first.out, /successfully published.*\nPublished 1 pact as version 1 of branch main\.\n$/s)
    const again = await standin(...publish)
    t.equal(again.code, 0, again.err)
    t.match(again.out, 'no content changes')

    writeFileSync(file, text.replaceAll('"POST"', '"PUT"'))
    const changed = await standin(...publish)
    t.equal(changed.code, 1)
    t.match(changed.out, /Cannot change the content.*-\s+"method": "POST"/s)
    t.equal(changed.out.split('Cannot change the content').length, 2, 'it is said once')
    writeFileSync(file, text)
    t.match(witness('list-latest-pact-versions').told, /mobile-app.*1.*onboarding/s)
  })

  await t.test('before it is verified it must not be deployed', async (t) => {
    const answer = await ask(consumer, '1')
    t.equal(answer.code, 1)
    t.match(answer.out, 'not verified')
    t.equal(witnessAsk(consumer, '1').code, 1)
  })

  /** `standin verify`: what the broker wants verified, the results published. */
  const verify = async (t: Test, number: string, listener: RequestListener) => {
    const server = createServer(listener).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const argv = ['verify', '--provider-base-url', url, '--states', `${url}/_states`, '--provider', provider]
    return standin(...argv, '--publish', '--app-version', number, '--branch', 'main', '--timeout', '60000')
  }
  const provides = await createStandin({ store: 'memory', logger: false })
  t.teardown(() => provides.close())
  const right = providerOf(provides)
  const wrong: RequestListener = (request, response) => {
    if (request.url === '/_states') right(request, response)
    else response.writeHead(204).end()
  }

  await t.test('a wrong provider is found out, and neither may be deployed with it', async (t) => {
    const found = await verify(t, 'bad', wrong)
    t.equal(found.code, 1, found.err)
    t.equal((await ask(consumer, '1')).code, 1)
    t.equal((await record(provider, 'bad')).code, 0)
    const answer = await ask(consumer, '1')
    t.equal(answer.code, 1)
    t.match(answer.out, 'mobile-app 1 with onboarding bad: failed')
  })

  await t.test('a right one makes it a yes', async (t) => {
    const kept = await verify(t, 'good', right)
    t.equal(kept.code, 0, kept.out + kept.err)
    t.equal((await ask(provider, 'good')).code, 0, 'no consumer is deployed yet')
    const recorded = await record(provider, 'good')
    t.equal(recorded.code, 0, recorded.err)
    const answer = await ask(consumer, '1')
    t.equal(answer.code, 0, answer.out)
    t.match(answer.out, 'mobile-app 1 with onboarding good: verified')
    t.equal(witnessAsk(consumer, '1').code, 0)
    t.equal((await record(consumer, '1')).code, 0)
    const deployed = witness('describe-version', '--pacticipant', consumer, '--environment', 'production')
    t.match(deployed.told, /│ 1 /)
    t.equal((await ask(provider, 'bad')).code, 1, 'the deployed consumer would break')
    t.equal(witnessAsk(provider, 'bad').code, 1)
  })

  await t.test('what the broker refuses is told', async (t) => {
    const cases: [string[], Record<string, string>, RegExp][] = [
      [['publish', ...version('1')], { PACT_BROKER_PASSWORD: 'x' }, /answered 401/],
      [['publish', ...version('1'), '--broker-token', 'x'], {}, /STANDIN_ERR_BROKER_UNAUTHORIZED/],
      [
        ['can-i-deploy', '--pacticipant', 'nobody', ...version('1'), '--environment', 'test'],
        {},
        /nobody|pacticipant/,
      ],
      [
        ['record-deployment', '--pacticipant', consumer, ...version('1'), '--environment', 'moon'],
        {},
        /it has: production, test/,
      ],
      [
        ['record-deployment', '--pacticipant', consumer, ...version('9'), '--environment', 'test'],
        {},
        /knows no version 9/,
      ],
    ]
    for (const [argv, changed, message] of cases) {
      Object.assign(env, changed)
      const { code, err } = await standin(...argv)
      Object.assign(env, variables)
      t.equal(code, 2, argv.join(' '))
      t.match(err, message)
    }
  })
  t.equal(readFileSync(file, 'utf8'), text)
})
