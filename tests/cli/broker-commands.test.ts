import t, { type Test } from 'tap'
import { run } from '../../src/cli/run.js'
import { type Answer, playBroker } from '../contract/broker-double.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

const pact = '{"consumer":{"name":"web"},"provider":{"name":"shop"},"interactions":[]}'
const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`
const files = { contracts: { 'web-shop.json': pact } }

/** A command against a broker that gives these replies, with credentials from the environment. */
async function against(
  t: Test,
  argv: string[],
  replies: (base: string) => Readonly<Record<string, readonly Answer[]>>,
  env: Record<string, string> = {},
) {
  const { broker, calls } = await playBroker(t, replies)
  const terminal = fakeTerminal({
    cwd: t.testdir(files),
    env: {
      PACT_BROKER_BASE_URL: broker.url,
      PACT_BROKER_USERNAME: 'me',
      PACT_BROKER_PASSWORD: 'secret',
      GITHUB_SHA: 'c0ffee',
      GITHUB_HEAD_REF: 'feat/x',
      // The test's folder is in this project's repository, which is not the consumer's.
      GIT_CEILING_DIRECTORIES: process.cwd(),
      ...env,
    },
  })
  const code = await run(argv, terminal, factory(fakeStandin()).create)
  return { code, calls, out: terminal.out(), err: terminal.err() }
}

const index = (base: string): Answer => ({
  json: {
    _links: {
      'pb:publish-contracts': { href: `${base}/contracts/publish` },
      'pb:pacticipant-version': { href: `${base}/pacticipants/{pacticipant}/versions/{version}` },
    },
  },
})
const publishing = (answer: Answer) => (base: string) => ({
  'GET /': [index(base)],
  'POST /contracts/publish': [answer],
})
const notices = [
  { type: 'success', text: 'Created web version c0ffee' },
  { type: 'info', text: 'See it at http://b.example/x' },
]

void t.test('publish takes version and branch from the CI service, and shows the notices', async (t) => {
  const { code, out, calls } = await against(t, ['publish'], publishing({ json: { notices } }))
  t.equal(code, 0)
  t.equal(
    out,
    'Created web version c0ffee\nSee it at http://b.example/x\nPublished 1 pact as version c0ffee of branch feat/x.\n',
  )
  t.equal(calls[1]?.headers.authorization, basic)
  t.match(calls[1]?.body, { pacticipantVersionNumber: 'c0ffee', branch: 'feat/x', contracts: [{}] })
})

void t.test('publish as the options say', async (t) => {
  const argv = ['publish', 'contracts/web-shop.json', '--version', '2.0', '--branch', 'main']
  argv.push('--tag', 'a', '--tag', 'b', '--build-url', 'http://ci.example/1', '--on-conflict', 'merge')
  argv.push('--broker-token', 'abc', '--format', 'json')
  const { code, out, calls } = await against(t, argv, publishing({ json: { notices } }))
  t.equal(code, 0)
  t.strictSame(JSON.parse(out), {
    published: true,
    version: '2.0',
    branch: 'main',
    pacts: ['contracts/web-shop.json'],
    notices,
  })
  t.equal(calls[1]?.headers.authorization, 'Bearer abc')
  t.match(calls[1]?.body, {
    pacticipantVersionNumber: '2.0',
    branch: 'main',
    tags: ['a', 'b'],
    buildUrl: 'http://ci.example/1',
    contracts: [{ onConflict: 'merge' }],
  })
})

void t.test('a conflict is told in the words of the broker, line by line', async (t) => {
  const text = 'Cannot change the content\n- "a"\n+ "b"'
  const refused = publishing({ status: 409, json: { notices: [{ type: 'error', text }] } })
  const { code, out } = await against(t, ['publish'], refused)
  t.equal(code, 1)
  t.ok(out.includes(text), out)
  t.match(out, /\nNot published as version c0ffee of branch feat\/x\. .*--on-conflict merge\.\n$/)
  const json = await against(t, ['publish', '--format', 'json'], refused)
  t.match(JSON.parse(json.out), { published: false, notices: [{ type: 'error' }] })
})

const question = 'GET /can-i-deploy?pacticipant=web&version=c0ffee&environment=test'
const asked = ['can-i-deploy', '--pacticipant', 'web', '--environment', 'test']
const verdict = (deployable: boolean | null, success?: boolean): Answer => ({
  json: {
    summary: { deployable, reason: 'because' },
    matrix: [
      {
        consumer: { name: 'web', version: { number: 'c0ffee' } },
        provider: { name: 'shop', version: success === undefined ? null : { number: '7' } },
        verificationResult: success === undefined ? null : { success },
      },
    ],
  },
})

void t.test('can-i-deploy exits as the broker answers', async (t) => {
  const cases: [Answer, number, string][] = [
    [
      verdict(true, true),
      0,
      'web c0ffee with shop 7: verified\n\nweb c0ffee may be deployed to test: because\n',
    ],
    [
      verdict(false, false),
      1,
      'web c0ffee with shop 7: failed\n\nweb c0ffee must not be deployed to test: because\n',
    ],
    [
      verdict(null),
      1,
      'web c0ffee with shop (no version): not verified\n\nweb c0ffee must not be deployed to test: because\n',
    ],
  ]
  for (const [answer, expected, text] of cases) {
    const { code, out } = await against(t, asked, () => ({ [question]: [answer] }))
    t.equal(code, expected)
    t.equal(out, text)
  }
  const json = await against(t, [...asked, '--format', 'json'], () => ({ [question]: [verdict(null)] }))
  t.match(JSON.parse(json.out), { pacticipant: 'web', version: 'c0ffee', deployable: false, open: true })
})

void t.test('can-i-deploy asks again while results are missing', async (t) => {
  const again = [...asked, '--retry-while-unknown', '5', '--retry-interval', '0']
  const replies = { [question]: [verdict(null), verdict(null), verdict(true, true)] }
  const { code, calls, err } = await against(t, again, () => replies)
  t.equal(code, 0)
  t.equal(calls.length, 3)
  t.match(err, /^Results are missing.*\nResults are missing.*\n$/)
  const never = await against(t, again, () => ({ [question]: [verdict(null)] }))
  t.equal(never.code, 1)
  t.equal(never.calls.length, 6)
  const no = await against(t, again, () => ({ [question]: [verdict(false, false)] }))
  t.equal(no.calls.length, 1, 'a no is final')
})

const recording = (base: string) => ({
  'GET /': [index(base)],
  'GET /pacticipants/web/versions/7': [
    { json: { _links: { 'pb:record-deployment': [{ name: 'test', href: `${base}/record` }] } } },
  ],
  'POST /record': [{ status: 201, json: {} }],
})

void t.test('record-deployment goes through the links of the version', async (t) => {
  const argv = ['record-deployment', '--pacticipant', 'web', '--environment', 'test', '--version=7']
  const { code, out, calls } = await against(t, [...argv, '--application-instance', 'blue'], recording)
  t.equal(code, 0)
  t.equal(out, 'Recorded that web 7 is deployed to test.\n')
  t.strictSame(calls.at(-1)?.body, { applicationInstance: 'blue' })
  const other = await against(t, [...argv, '--environment', 'moon'], recording)
  t.equal(other.code, 2)
  t.match(other.err, /no environment moon for web; it has: test/)
})

void t.test('what cannot be done as asked', async (t) => {
  const nothing = {}
  const cases: [string[], Record<string, string>, RegExp][] = [
    [['can-i-deploy', '--environment', 'test'], {}, /needs --pacticipant NAME/],
    [['can-i-deploy', '--pacticipant', 'web'], {}, /needs --environment NAME/],
    [['can-i-deploy', '--version'], {}, /--app-version needs a value/],
    [['record-deployment', '--pacticipant', 'web'], {}, /needs --environment NAME/],
    [['publish'], { GITHUB_SHA: '' }, /--app-version VERSION/],
    [['publish'], { PACT_BROKER_BASE_URL: '' }, /No Pact Broker is given/],
    [['publish'], { PACT_BROKER_TOKEN: 'a' }, /Both a token and a user name/],
    [['publish', '--on-conflict', 'maybe'], {}, /expected one of refuse, merge/],
    [['publish', '--format', 'junit'], {}, /cannot write junit/],
    [['publish', 'elsewhere'], {}, /elsewhere cannot be read as a pact: there is no such file or folder/],
    [['publish', '.'], { STANDIN_BROKER_TOKEN: 'a' }, /STANDIN_ERR_BROKER_NOT_FOUND/],
  ]
  for (const [argv, env, message] of cases) {
    const { code, out, err } = await against(t, argv, () => nothing, env)
    t.equal(code, 2, argv.join(' '))
    t.equal(out, '')
    t.match(err, message, argv.join(' '))
    t.notMatch(err, 'secret')
  }
})
