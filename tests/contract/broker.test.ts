import t from 'tap'
import { createBroker } from '../../src/contract/broker.js'
import { type BrokerFlags, brokerOptions } from '../../src/contract/broker-options.js'
import { publishResult, selectPacts } from '../../src/contract/broker-verification.js'
import { canIDeploy } from '../../src/contract/can-i-deploy.js'
import { publishContracts } from '../../src/contract/publish.js'
import { recordDeployment } from '../../src/contract/record-deployment.js'
import { type Answer, playBroker } from './broker-double.js'

const text = '{"consumer":{"name":"web"},"provider":{"name":"shop"},"interactions":[]}'
const pacts = [{ file: 'web-shop.json', text }]
const index = (base: string): Answer => ({
  json: {
    _links: {
      'pb:publish-contracts': { href: `${base}/contracts/publish` },
      'pb:pacticipant-version': {
        href: `${base}/pacticipants/{pacticipant}/versions/{version}`,
        templated: true,
      },
      'pb:provider-pacts-for-verification': { href: `${base}/pacts/provider/{provider}/for-verification` },
      'pb:pacticipant-branch-version': {
        href: `${base}/pacticipants/{pacticipant}/branches/{branch}/versions/{version}`,
      },
    },
  },
})
const publishing =
  (...answers: Answer[]) =>
  (base: string) => ({ 'GET /': [index(base)], 'POST /contracts/publish': answers })

void t.test('publishing sends what the broker asks for, and shows its notices', async (t) => {
  const notices = [{ type: 'success', text: 'Created web version 1' }]
  const { broker, calls } = await playBroker(t, publishing({ json: { notices } }))
  const options = {
    version: '1',
    branch: 'main',
    tags: ['a'],
    buildUrl: 'https://ci.example/1',
    onConflict: 'merge',
  } as const
  t.strictSame(await publishContracts(broker, pacts, options), notices)
  t.equal(calls[1]?.headers.authorization, 'Bearer secret')
  t.strictSame(calls[1]?.body, {
    pacticipantName: 'web',
    pacticipantVersionNumber: '1',
    branch: 'main',
    tags: ['a'],
    buildUrl: 'https://ci.example/1',
    contracts: [
      {
        consumerName: 'web',
        providerName: 'shop',
        specification: 'pact',
        contentType: 'application/json',
        content: Buffer.from(text).toString('base64'),
        onConflict: 'merge',
      },
    ],
  })
  await t.rejects(publishContracts(broker, [{ file: 'x.json', text: '{}' }], options), {
    code: 'STANDIN_ERR_PACT_UNREADABLE',
  })
})

void t.test('every refusal is an error of its own, with the words of the broker', async (t) => {
  const cases: [string, Answer, string, RegExp][] = [
    [
      'no credentials',
      { status: 401, text: '' },
      'STANDIN_ERR_BROKER_UNAUTHORIZED',
      /401.*PACT_BROKER_TOKEN/,
    ],
    ['a token for basic authentication', { status: 400, text: '' }, 'STANDIN_ERR_BROKER_UNAUTHORIZED', /400/],
    ['not allowed', { status: 403, json: {} }, 'STANDIN_ERR_BROKER_UNAUTHORIZED', /403/],
    [
      'a wrong request',
      { status: 400, json: { errors: { contracts: ['is missing'] } } },
      'STANDIN_ERR_BROKER_REFUSED',
      /400: contracts: is missing/,
    ],
    [
      'a list of errors',
      { status: 422, json: { errors: ['one', 'two'] } },
      'STANDIN_ERR_BROKER_REFUSED',
      /one\ntwo/,
    ],
    ['one error', { status: 400, json: { error: { message: 'bad' } } }, 'STANDIN_ERR_BROKER_REFUSED', /bad/],
    [
      'a conflict',
      { status: 409, json: { notices: [{ type: 'error', text: 'Cannot change the content' }] } },
      'STANDIN_ERR_BROKER_CONFLICT',
      /Cannot change/,
    ],
    [
      'a redirect',
      { status: 302, location: 'https://login.example/', text: '' },
      'STANDIN_ERR_BROKER_REFUSED',
      /302: a redirect to https:\/\/login\.example\//,
    ],
    ['not there', { status: 404, json: {} }, 'STANDIN_ERR_BROKER_NOT_FOUND', /place to publish/],
    ['broken', { status: 500, json: { message: 'oops' } }, 'STANDIN_ERR_BROKER_FAILED', /500: oops/],
    ['busy for good', { status: 503, text: 'busy' }, 'STANDIN_ERR_BROKER_FAILED', /503: busy/],
    ['no broker', { status: 200, text: '<html>' }, 'STANDIN_ERR_BROKER_REPLY', /<html>/],
    ['a broken connection for good', { reset: true }, 'STANDIN_ERR_BROKER_UNREACHABLE', /cannot be reached/],
  ]
  for (const [name, answer, code, message] of cases) {
    const { broker } = await playBroker(t, publishing(answer))
    await t.rejects(publishContracts(broker, pacts, { version: '1' }), { code, message }, name)
  }
  const { broker } = await playBroker(t, () => ({ 'GET /': [{ json: { hello: 1 } }] }))
  await t.rejects(
    publishContracts(broker, pacts, { version: '1' }),
    { code: 'STANDIN_ERR_BROKER_REPLY' },
    'another API',
  )
})

void t.test('what passes is tried again, with longer waits', async (t) => {
  const { broker, waits } = await playBroker(
    t,
    publishing({ status: 503, json: {} }, { reset: true }, { json: { notices: [] } }),
  )
  t.strictSame(await publishContracts(broker, pacts, { version: '1' }), [])
  t.strictSame(waits, [200, 400])
})

void t.test('credentials stay with their broker', async (t) => {
  const other = await playBroker(t, () => ({ 'POST /steal': [{ json: {} }] }))
  const { broker } = await playBroker(t, () => ({
    'GET /': [{ json: { _links: { 'pb:publish-contracts': { href: `${other.broker.url}/steal` } } } }],
  }))
  await publishContracts(broker, pacts, { version: '1' })
  t.equal(other.calls[0]?.headers.authorization, undefined)
})

void t.test('deployable only if the broker says so', async (t) => {
  for (const [deployable, expected] of [
    [true, true],
    [false, false],
    [null, false],
  ]) {
    const json = {
      summary: { deployable, reason: 'because' },
      notices: [{ type: 'warning', text: 'look' }],
      matrix: [
        {
          consumer: { name: 'web', version: { number: '1' } },
          provider: { name: 'shop', version: { number: '2' } },
          verificationResult: { success: true, _links: { self: { href: 'http://b.example/r' } } },
        },
        { consumer: { name: 'web', version: { number: '1' } }, provider: { name: 'mail', version: null } },
      ],
    }
    const { broker } = await playBroker(t, () => ({
      'GET /can-i-deploy?pacticipant=web&version=1&environment=test': [{ json }],
    }))
    t.strictSame(await canIDeploy(broker, { pacticipant: 'web', version: '1', environment: 'test' }), {
      deployable: expected,
      open: deployable === null,
      reason: 'because',
      notices: json.notices,
      matrix: [
        {
          consumer: 'web',
          consumerVersion: '1',
          provider: 'shop',
          providerVersion: '2',
          success: true,
          url: 'http://b.example/r',
        },
        { consumer: 'web', consumerVersion: '1', provider: 'mail' },
      ],
    })
  }
})

void t.test('a deployment is recorded through the links of its version', async (t) => {
  const { broker, calls } = await playBroker(t, (base) => ({
    'GET /': [index(base)],
    'GET /pacticipants/my%20app/versions/1': [
      {
        json: {
          _links: {
            'pb:record-deployment': [
              { name: 'test', href: `${base}/a` },
              { name: 'live', href: `${base}/b` },
            ],
          },
        },
      },
    ],
    'POST /b': [{ status: 201, json: {} }],
  }))
  const target = { pacticipant: 'my app', version: '1', environment: 'live' }
  await recordDeployment(broker, { ...target, applicationInstance: 'blue' })
  t.strictSame(calls.at(-1)?.body, { applicationInstance: 'blue' })
  await t.rejects(recordDeployment(broker, { ...target, environment: 'prod' }), {
    code: 'STANDIN_ERR_BROKER_ENVIRONMENT',
    message: /test, live/,
  })
})

void t.test('pacts are selected, and their results published', async (t) => {
  const { broker, calls } = await playBroker(t, (base) => ({
    'GET /': [index(base)],
    'POST /pacts/provider/shop/for-verification': [
      {
        json: {
          _embedded: {
            pacts: [
              {
                verificationProperties: { pending: true, notices: [{ text: 'pending' }] },
                _links: { self: { href: `${base}/p` } },
              },
            ],
          },
        },
      },
    ],
    'GET /p': [
      {
        text: `{"consumer":{"name":"web"},"price":14.0,"_links":{"pb:publish-verification-results":{"href":"${base}/r"}}}`,
      },
    ],
    'PUT /pacticipants/shop/branches/feat%2Fx/versions/2': [{ json: {} }],
    'POST /r': [{ status: 201, json: {} }],
  }))
  const [pact] = await selectPacts(broker, {
    provider: 'shop',
    selectors: [{ mainBranch: true }],
    pending: true,
  })
  if (!pact) throw new Error('One pact is selected')
  t.ok(pact.pending)
  t.match(pact.text, '14.0', 'digits are kept')
  const verifiedBy = { implementation: 'standin', version: '1' }
  await publishResult(broker, pact, {
    success: true,
    provider: 'shop',
    providerVersion: '2',
    providerBranch: 'feat/x',
    verifiedBy,
  })
  t.strictSame(calls.at(-1)?.body, { success: true, providerApplicationVersion: '2', verifiedBy })
})

void t.test('options before variables, and no mixture of both', async (t) => {
  const env = { PACT_BROKER_BASE_URL: 'https://broker.example/', PACT_BROKER_TOKEN: 'a' }
  t.strictSame(brokerOptions({}, env), { url: 'https://broker.example', authorization: 'Bearer a' })
  const basic = `Basic ${Buffer.from('u:p').toString('base64')}`
  t.strictSame(brokerOptions({ brokerUsername: 'u', brokerPassword: 'p' }, env), {
    url: 'https://broker.example',
    authorization: basic,
  })
  t.strictSame(brokerOptions({ brokerBaseUrl: 'http://u:p@b.example/x' }, {}), {
    url: 'http://b.example/x',
    authorization: basic,
  })
  const both = { ...env, PACT_BROKER_USERNAME: 'u' }
  const wrong: [BrokerFlags, Record<string, string>][] = [
    [{}, {}],
    [{ brokerBaseUrl: 'ftp://x' }, {}],
    [{ brokerBaseUrl: 'x' }, {}],
    [{}, both],
  ]
  for (const [flags, variables] of wrong) {
    t.throws(() => brokerOptions(flags, variables), { code: 'STANDIN_ERR_BROKER_CONFIG' })
  }
})

void t.test('a broker that is not there', async (t) => {
  const broker = createBroker({ url: 'http://127.0.0.1:1', retries: 0 })
  await t.rejects(broker.index(), { code: 'STANDIN_ERR_BROKER_UNREACHABLE', message: /127\.0\.0\.1:1/ })
})
