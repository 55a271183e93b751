import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import { type Answer, playBroker } from '../contract/broker-double.js'
import { json, provide } from '../contract/verify-provider.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(240_000)

/** A pact of a consumer that reads one thing, `/good` or `/bad`. */
const pact = (base: string, consumer: string, path: string): Answer => ({
  json: {
    consumer: { name: consumer },
    provider: { name: 'shop' },
    interactions: [
      { description: `reads ${path}`, request: { method: 'GET', path }, response: { status: 200 } },
    ],
    metadata: { pactSpecification: { version: '3.0.0' } },
    _links: { 'pb:publish-verification-results': { href: `${base}/results/${consumer}` } },
  },
})

interface Chosen {
  readonly consumer: string
  readonly path: string
  readonly pending?: boolean
}

/** A broker that chooses these pacts, whatever the selectors say. */
const choosing =
  (...chosen: Chosen[]) =>
  (base: string): Readonly<Record<string, readonly Answer[]>> => ({
    'GET /': [{ json: { _links: { self: { href: base } } } }],
    'POST /pacts/provider/shop/for-verification': [
      {
        json: {
          _embedded: {
            pacts: chosen.map(({ consumer, pending }) => ({
              _links: { self: { href: `${base}/pacts/${consumer}` } },
              verificationProperties: {
                pending: pending === true,
                notices: [
                  { when: 'before_verification', text: `${consumer} is ${pending ? 'new' : 'known'}` },
                ],
              },
            })),
          },
        },
      },
    ],
    'PUT /pacticipants/shop/branches/main/versions/9': [{ json: {} }],
    ...Object.fromEntries(
      chosen.flatMap(({ consumer, path }) => [
        [`GET /pacts/${consumer}`, [pact(base, consumer, path)]],
        [`POST /results/${consumer}`, [{ json: {} }]],
      ]),
    ),
  })

async function verify(t: Test, replies: ReturnType<typeof choosing>, argv: (base: string) => string[]) {
  const provider = await provide((request, response) =>
    request.url === '/good' ? json(response, {}) : json(response, {}, 500),
  )
  t.teardown(() => provider.close())
  const { broker, calls } = await playBroker(t, replies)
  const env = { PACT_BROKER_TOKEN: 'secret', GIT_CEILING_DIRECTORIES: process.cwd() }
  const terminal = fakeTerminal({ cwd: folderFor(t, {}), env })
  const line = ['verify', '--provider-base-url', provider.url, '--provider', 'shop', ...argv(broker.url)]
  const code = await run(line, terminal, factory(fakeStandin()).create)
  const sent = (call: string): unknown => calls.find(({ method, url }) => `${method} ${url}` === call)?.body
  return { code, calls, sent, provider, out: terminal.out(), err: terminal.err() }
}

const version = ['--app-version', '9', '--branch', 'main']

void t.test('each pact has its own result, and one that is pending fails nothing', async (t) => {
  const chosen = choosing(
    { consumer: 'web', path: '/good' },
    { consumer: 'app', path: '/bad', pending: true },
  )
  const { code, out, err, sent } = await verify(t, chosen, (base) => [
    '--broker-base-url',
    base,
    '--publish',
    ...version,
    '--enable-pending',
    '--include-wip-pacts-since',
    '2024-01-31',
    '--selector',
    '{"branch":"feat"}',
  ])
  t.equal(code, 0)
  t.match(out, /pending: reads \/bad/)
  t.match(out, /2 interactions of 2 operations: 1 passed, 0 failed, 1 failed but pending\n$/)
  t.match(err, /web is known\napp is new\n/, 'notices as the broker sends them')
  t.match(err, /Published the results of 2 pacts as shop 9\.\n$/)
  t.strictSame(sent('POST /pacts/provider/shop/for-verification'), {
    consumerVersionSelectors: [{ branch: 'feat' }],
    providerVersionBranch: 'main',
    includePendingStatus: true,
    includeWipPactsSince: '2024-01-31',
  })
  const common = { providerApplicationVersion: '9', verifiedBy: { implementation: 'standin' } }
  t.match(sent('POST /results/web'), {
    ...common,
    success: true,
    testResults: [{ description: 'reads /good', status: 'passed', failures: [] }],
  })
  t.match(sent('POST /results/app'), {
    ...common,
    success: false,
    testResults: [
      { description: 'reads /bad', status: 'failed', failures: [{ where: 'status', actual: '500' }] },
    ],
  })
  t.strictSame(sent('PUT /pacticipants/shop/branches/main/versions/9'), {}, 'and the branch is known')
})

void t.test('one that is not pending fails the run; nothing is published unasked', async (t) => {
  const chosen = choosing({ consumer: 'web', path: '/good' }, { consumer: 'app', path: '/bad' })
  const { code, out, calls, sent } = await verify(t, chosen, (base) => ['--broker-base-url', base])
  t.equal(code, 1)
  t.match(out, /1 passed, 1 failed\n$/)
  t.notOk(calls.some(({ url }) => url.startsWith('/results')))
  t.match(
    sent('POST /pacts/provider/shop/for-verification'),
    { consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }] },
    'main branches, and what is deployed or released',
  )
})

void t.test('one consumer of several', async (t) => {
  const chosen = choosing({ consumer: 'web', path: '/good' }, { consumer: 'app', path: '/bad' })
  const { code, out } = await verify(t, chosen, (base) => ['--broker-base-url', base, '--only', 'web'])
  t.equal(code, 0)
  t.match(out, /^1 interaction of 1 operation: 1 passed, 0 failed\n$/)
})

void t.test('the one pact that a webhook names', async (t) => {
  const chosen = choosing({ consumer: 'web', path: '/good' }, { consumer: 'app', path: '/bad' })
  const { code, out, calls, sent } = await verify(t, chosen, (base) => [
    '--pact-url',
    `${base}/pacts/web`,
    '--publish',
    ...version,
  ])
  t.equal(code, 0)
  t.match(out, '1 interaction of 1 operation: 1 passed, 0 failed\n')
  t.match(sent('POST /results/web'), { success: true })
  t.strictSame(
    calls.filter(({ url }) => /for-verification|app/.test(url)),
    [],
  )
})

void t.test('nothing to verify, and a version that nothing tells, are errors before the run', async (t) => {
  const none = await verify(t, choosing(), (base) => ['--broker-base-url', base])
  t.equal(none.code, 2)
  t.match(none.err, /The broker has no pact for shop.*STANDIN_ERR_CONTRACT_EMPTY/)
  const chosen = choosing({ consumer: 'web', path: '/good' })
  const unknown = await verify(t, chosen, (base) => ['--broker-base-url', base, '--publish'])
  t.equal(unknown.code, 2)
  t.match(unknown.err, /--app-version VERSION/)
  t.strictSame([...unknown.calls, ...unknown.provider.requests], [])
})
