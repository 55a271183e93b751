import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { XMLParser } from 'fast-xml-parser'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import { generateContract } from '../../src/contract/generate.js'
import { documented } from '../contract/verify-docs.js'
import { json, provide } from '../contract/verify-provider.js'
import { runProgram } from './built.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(240_000)

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const { text } = generateContract(documented, { consumer: 'web', provider: 'clocks' })
const files = {
  contracts: { 'web-clocks.json': text },
  'states.ts': `export default { 'valid credentials': (): object => ({ 'X-TOKEN': 'T1' }) }`,
  empty: {},
  'messages.json': '{"consumer":{"name":"c"},"provider":{"name":"p"},"interactions":[]}',
  'page.html': '<p>no pact</p>',
}
const right: Answer = (request, response) =>
  request.headers['x-token'] === 'T1'
    ? json(response, { clocks: [{ id: 1, name: 'Big' }], total: 1 })
    : json(response, {}, 401)
const wrong: Answer = (request, response) =>
  request.headers['x-token'] === 'T1' ? json(response, { clocks: 'none', total: 1 }) : json(response, {}, 401)

async function verify(t: Test, argv: string[], env: Record<string, string> = {}) {
  const terminal = fakeTerminal({ cwd: folderFor(t, files), env })
  const code = await run(['verify', ...argv], terminal, factory(fakeStandin()).create)
  return { code, out: terminal.out(), err: terminal.err() }
}

async function against(t: Test, answer: Answer, argv: string[] = []) {
  const provider = await provide(answer)
  t.teardown(() => provider.close())
  return verify(t, ['--provider-base-url', provider.url, '--states', 'states.ts', ...argv])
}

void t.test('what is kept', async (t) => {
  const all = await against(t, right)
  t.strictSame(all, {
    code: 0,
    out: `${counted(all.out)} of 1 operation: ${passed(all.out)} passed, 0 failed\n`,
    err: '',
  })
  const one = await against(t, right, ['--only', 'listClocks-200', '--contract', 'contracts'])
  t.equal(
    one.out,
    '1 interaction of 1 operation: 1 passed, 0 failed\n',
    'and nothing else where that is asked for',
  )
  for (const only of ['listClocks', 'web', 'valid credentials']) {
    const { code, out } = await against(t, right, ['--only', only])
    t.equal(code, 0, only)
    t.match(out, /^[1-9]\d* interactions? of 1 operation: /, only)
  }
})

const counted = (out: string): string => /^\d+ interactions?/.exec(out)?.[0] ?? 'nothing'
const passed = (out: string): string => /^\d+/.exec(out)?.[0] ?? 'none'

void t.test('what is not kept, in each form', async (t) => {
  const only = ['--only', 'listClocks-200']
  const shown = await against(t, wrong, only)
  t.equal(shown.code, 1)
  t.match(
    shown.out,
    /^listClocks {2}GET \/clocks {2}docs\/clocks\.md:3\n {2}List the clocks answers 200 .* {2}\[listClocks-200\]\n {4}body clocks {2}docs\/clocks\.md:21\n {6}docs say: .*\n {6}came: .*none.*\n {4}curl -i -X GET http:/,
  )
  t.match(shown.out, /\n1 interaction of 1 operation: 0 passed, 1 failed\n$/)

  const { code, out } = await against(t, wrong, [...only, '--format', 'json'])
  t.equal(code, 1)
  const report = JSON.parse(out)
  const schema: object = JSON.parse(readFileSync('docs/schemas/verify.json', 'utf8'))
  const validate = new Ajv2020({ strict: false }).compile(schema)
  t.ok(validate(report), 'is what its published schema says')
  t.match(report, {
    interactions: [
      {
        key: 'listClocks-200',
        description: /^List the clocks/,
        operationId: 'listClocks',
        method: 'GET',
        path: '/clocks',
        status: 'failed',
      },
    ],
    summary: { total: 1, passed: 0, failed: 1 },
  })
  for (const failure of report.interactions[0].failures) {
    t.strictSame(Object.keys(failure), ['where', 'expected', 'actual', 'source', 'by'])
    t.strictSame(failure.source, { file: 'docs/clocks.md', line: 21 })
    t.ok(['pact', 'schema'].includes(failure.by))
  }

  const xml = await against(t, wrong, [...only, '--format', 'junit', '--out', 'report.xml'])
  t.strictSame([xml.code, xml.out], [1, ''])
  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(
    readFileSync(join(t.testdirName, 'report.xml'), 'utf8'),
  )
  t.match(testsuites.testsuite, { '@_name': 'listClocks', '@_tests': '1', '@_failures': '1' })
  t.match(
    testsuites.testsuite.testcase.failure['@_message'],
    /^body clocks: the docs say .*docs\/clocks\.md:21\)$/,
  )

  const github = await against(t, wrong, [...only, '--format', 'github'])
  t.match(
    github.out,
    /^::error file=docs\/clocks\.md,line=21,title=listClocks%3A body clocks::body clocks: .*%0A.*%0Acurl /,
  )
  t.match(github.out, '::notice title=standin verify::1 interactions: 0 passed, 1 failed\n')
})

void t.test('only the report stands on standard output, whatever else prints', async (t) => {
  const provider = await provide(wrong)
  t.teardown(() => provider.close())
  const argv = ['verify', '--provider-base-url', provider.url, '--states', 'states.ts', '--format', 'json']
  const { code, out, err } = await runProgram(t, folderFor(t, files), argv)
  t.equal(code, 1)
  t.match(JSON.parse(out), { summary: { total: Number } })
  t.equal(err, '')
})

void t.test('a provider that cannot answer is told as what it is', async (t) => {
  const cases: [string, Answer, RegExp][] = [
    ['resets', (request) => request.socket.resetAndDestroy(), /answer: .*dropped the connection/],
    ['hangs', () => undefined, /answer: .*no answer within 500 ms/],
    [
      'answers HTML',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Sign in</title>'),
      /header Content-Type: .*an HTML page \("Sign in"\)/,
    ],
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: 'https://login.example/' }).end(),
      /status: .*302, a redirect to https:\/\/login\.example\//,
    ],
  ]
  for (const [name, answer, message] of cases) {
    const argv = ['--only', 'listClocks-200', '--timeout', '500', '--format', 'github']
    const { code, out } = await against(t, answer, argv)
    t.equal(code, 1, name)
    t.match(out, message, name)
  }
  const gone = await provide(right)
  await gone.close()
  const down = await verify(t, ['--provider-base-url', gone.url, '--states', 'states.ts'])
  t.equal(down.code, 2, 'and one that is down could not be verified')
  t.match(down.err, /Nothing was verified.*connection was refused.*STANDIN_ERR_PROVIDER_UNREACHABLE/)
})

void t.test('where the docs are wrong, as data', async (t) => {
  const argv = ['--only', 'listClocks-200', '--report', 'docs', '--format', 'json']
  const { code, out } = await against(t, wrong, argv)
  t.equal(code, 1)
  t.match(JSON.parse(out), {
    differences: [{ operationId: 'listClocks', where: 'body clocks', source: { line: 21 }, patched: false }],
    patch: '',
  })
  const kept = await against(t, right, ['--only', 'listClocks-200', '--report', 'docs'])
  t.strictSame(kept, { code: 0, out: 'The provider does what the docs say.\n', err: '' })
})

void t.test('what cannot be done as asked', async (t) => {
  const provider = await provide(right)
  t.teardown(() => provider.close())
  const at = ['--provider-base-url', provider.url]
  const cases: [string[], RegExp][] = [
    [[], /needs --provider-base-url URL/],
    [['--provider-base-url', 'localhost:80'], /expected an http or https URL/],
    [[...at, '--contract', 'empty'], /empty cannot be read as a pact: the folder has no \.json file/],
    [[...at, '--contract', 'nothing'], /no such file or folder/],
    [[...at, '--contract', 'page.html'], /page\.html cannot be read as a pact: it is not JSON/],
    [[...at, '--contract', 'messages.json'], /no HTTP interaction.*STANDIN_ERR_CONTRACT_EMPTY/],
    [[...at, '--only', 'nobody'], /leaves nothing to verify.*listClocks.*STANDIN_ERR_CONTRACT_EMPTY/],
    [[...at, '--states', 'nothing.ts'], /nothing\.ts.*STANDIN_ERR_STATES/],
    [[...at, '--header', 'no colon'], /--header: expected NAME:VALUE/],
    [[...at, '--format', 'sarif'], /cannot write sarif/],
    [[...at, '--report', 'docs', '--format', 'junit'], /cannot write junit/],
    [[...at, '--publish'], /--publish needs the broker/],
    [[...at, '--publish', '--only', 'listClocks'], /--publish goes without --only/],
    [[...at, '--publish', '--contract', 'contracts'], /--publish goes with pacts of a broker/],
    [[...at, '--broker-base-url', 'http://127.0.0.1:1'], /needs --provider NAME/],
    [
      [...at, '--broker-base-url', 'http://b', '--provider', 'p', '--selector', 'main'],
      /expected a JSON object/,
    ],
  ]
  for (const [argv, message] of cases) {
    const { code, out, err } = await verify(t, argv)
    t.equal(code, 2, argv.join(' '))
    t.equal(out, '')
    t.match(err, message)
  }
  t.equal(provider.requests.length, 0, 'and the provider is left alone')
})
