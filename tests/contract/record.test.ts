import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { comparePacts } from '../../src/contract/compare.js'
import { verifyContracts } from '../../src/contract/verify.js'
import { createStandin, type Standin } from '../../src/standin.js'
import states from '../../src/testing/onboarding-states.js'
import { startProgram } from '../cli/built.js'
import { documentedRequest } from '../serve/helper.js'

t.setTimeout(120_000)

const key = { 'x-api-key': 'MOB-APP-2001' }
const reset = '/onboarding/user/resetPin/v1'

/** What a consumer's own tests do: right calls, one refused as documented, and mistakes. */
async function use(standin: Standin, order: 'forward' | 'backward'): Promise<void> {
  const { token } = (
    await standin.inject({
      method: 'POST',
      url: '/token-service/client/server/new/v2/token',
      headers: key,
      payload: { referenceId: '1', sdkPublicKey: 'a', sdkApiKey: 'b', accountNumber: 100 },
    })
  ).json()
  const headers = { ...key, 'x-api-token': String(token), 'x-trace': 'not documented' }
  const calls = [
    () =>
      standin.inject({
        method: 'POST',
        url: reset,
        headers,
        payload: { signInMode: 1, pin: '4321', extra: true },
      }),
    () => standin.inject({ method: 'POST', url: reset, headers, payload: { pin: '4321', signInMode: 1 } }),
    () =>
      standin.inject({ method: 'POST', url: reset, headers: key, payload: { pin: '4321', signInMode: 1 } }),
    () => standin.inject({ method: 'POST', url: reset, headers, payload: { pin: 4321, signInMode: 1 } }),
    () => standin.inject({ method: 'POST', url: reset, headers, payload: { pin: 4321, signInMode: 1 } }),
    () => standin.inject({ method: 'GET', url: '/onboarding/nothing' }),
  ]
  for (const call of order === 'forward' ? calls : calls.toReversed()) await call()
}

async function record(t: Test, order: 'forward' | 'backward'): Promise<{ standin: Standin; text: string }> {
  const cwd = folderFor(t)
  const standin = await createStandin({
    store: 'memory',
    logger: false,
    recordPact: 'web app',
    recordDir: 'pacts',
    cwd,
  })
  await use(standin, order)
  await standin.close()
  t.strictSame(readdirSync(join(cwd, 'pacts')), ['web-app-Onboarding-API.json'])
  return { standin, text: readFileSync(join(cwd, 'pacts/web-app-Onboarding-API.json'), 'utf8') }
}

void t.test('what a consumer used is the contract, the same in any order', async (t) => {
  const { standin, text } = await record(t, 'forward')
  const again = await record(t, 'backward')
  t.equal(again.text, text)
  const { interactions } = JSON.parse(text)
  t.match(interactions, [
    { key: 'getTokenByPost-200', response: { status: 200 } },
    {
      key: 'resetPin-200',
      description: 'Reset Pin API answers 200 to a request with pin, signInMode',
      providerStates: [{ name: 'valid credentials', params: { values: ['X-API-TOKEN', 'X-API-KEY'] } }],
      request: { body: { content: { pin: '4321', signInMode: 1 } } },
      response: { status: 200, body: { content: { resCode: 200 } } },
      comments: {
        standin: { operationId: 'resetPin', response: { file: 'fixtures/onboarding/reset-pin-api.md' } },
      },
    },
    { key: 'resetPin-401-without-x-api-token', response: { status: 401 } },
  ])
  t.equal(interactions.length, 3)
  t.notOk('body' in interactions[2].response, 'what the docs do not show is not asserted')
  t.notMatch(text, /x-trace|extra/, 'nothing that is not documented')
  t.match(standin.recorded[0]?.leftOut, [
    { call: 'GET /onboarding/nothing', reason: 'the docs have no such operation', times: 1 },
    { call: 'POST /onboarding/user/resetPin/v1 (resetPin), answered 422', reason: /pin/, times: 2 },
  ])
})

void t.test('sessions are recorded for consumers of their own', async (t) => {
  const cwd = folderFor(t)
  const standin = await createStandin({ store: 'memory', logger: false, cwd })
  const begin = (name: string, recordPact?: string) =>
    standin.inject({
      method: 'POST',
      url: '/_standin/v1/sessions',
      payload: { name, ...(recordPact !== undefined && { recordPact }) },
    })
  t.match((await begin('a', 'web')).json(), { name: 'a', recordPact: 'web' })
  t.match((await begin('b', 'ios')).json(), { name: 'b', recordPact: 'ios' })
  t.match((await begin('c', 'web')).json(), { name: 'c', recordPact: 'web' })
  t.match((await begin('d')).json(), { name: 'd', recordPact: null })
  const call = (session: string, pin: string) =>
    standin.inject(
      documentedRequest('resetPin', { 'standin-session': session }, JSON.stringify({ pin, signInMode: 1 })),
    )
  await call('a', '2222')
  await call('c', '3333')
  await call('d', '4444')
  await standin.inject('/nowhere')
  // What a test has set is no word of the provider's.
  await standin.session('b').override({ operationId: 'resetPin', status: 401 })
  await call('b', '5555')
  await standin.close()
  t.match(standin.recorded, [
    { consumer: 'web', file: join('contracts', 'web-Onboarding-API.json'), interactions: 2, leftOut: [] },
    {
      consumer: 'ios',
      file: undefined,
      interactions: 0,
      leftOut: [{ reason: 'its reply was set: override o1' }],
    },
  ])
  const text = readFileSync(join(cwd, 'contracts/web-Onboarding-API.json'), 'utf8')
  t.match(text, /"2222"[^]*"3333"/)
  t.notMatch(text, /4444|5555/, 'nothing of sessions that are not recorded')
})

void t.test('a recorded contract is promised by the docs, and kept by the stand-in', async (t) => {
  const { text } = await record(t, 'forward')
  const contract = { file: 'web.json', text }
  t.strictSame(comparePacts([contract], onboarding.description).findings, [])
  const standin = await createStandin({ store: 'memory', logger: false })
  t.teardown(() => standin.close())
  const { report } = await verifyContracts([contract], { providerBaseUrl: await standin.listen(), states })
  t.strictSame(
    report.interactions.flatMap(({ failures }) => failures),
    [],
  )
  t.equal(report.summary.passed, 3)
})

void t.test(
  'nothing to record writes nothing, and a folder that cannot be made is told at start',
  async (t) => {
    const cwd = folderFor(t, { taken: 'a file' })
    const idle = await createStandin({ store: 'memory', logger: false, recordPact: 'web', cwd })
    await idle.close()
    t.strictSame(readdirSync(join(cwd, 'contracts')), [])
    t.match(idle.recorded, [{ consumer: 'web', file: undefined, interactions: 0 }])
    const failing = createStandin({
      store: 'memory',
      logger: false,
      recordPact: 'web',
      recordDir: 'taken',
      cwd,
    })
    await t.rejects(failing, { code: 'STANDIN_ERR_RECORD' })
  },
)

void t.test('a run that is killed has written what was used, and the same again after it', async (t) => {
  const cwd = folderFor(t)
  const argv = ['serve', '--port', '0', '--store', 'memory', '--record-pact', 'web', '--log-level', 'silent']
  const file = join(cwd, 'contracts/web-Onboarding-API.json')
  const killed = async (polls: number): Promise<string> => {
    const { child, serving, ended } = startProgram(t, cwd, argv)
    const url = await serving()
    const call = (path: string, payload?: object) =>
      fetch(url + path, {
        method: payload ? 'POST' : 'GET',
        headers: { ...key, 'content-type': 'application/json' },
        ...(payload && { body: JSON.stringify(payload) }),
      }).then((reply) => reply.text())
    for (let poll = 0; poll < polls; poll++) await call('/onboarding/nothing')
    await call(reset, { pin: '4321', signInMode: 1 })
    await call(reset, { pin: '4321', signInMode: 1 })
    while (!readText(file).includes('resetPin-401')) await wait(20)
    child.kill('SIGKILL')
    await ended
    return readText(file)
  }
  const first = await killed(1)
  t.equal(JSON.parse(first).interactions.length, 1, 'the same call twice is one interaction')
  t.match(first, 'the docs have no such operation', 'what is left out is told in the file')
  rmSync(file)
  t.equal(await killed(3), first, 'however often a call that is left out was made')
  t.strictSame(readdirSync(join(cwd, 'contracts')), ['web-Onboarding-API.json'], 'and nothing half written')
})

const readText = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')
