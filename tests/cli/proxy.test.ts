import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { run } from '../../src/cli/run.js'
import { summaryText } from '../../src/cli/proxy-summary.js'
import { cups, json, send, type TestScope, upstreamFor } from '../serve/proxy/helper.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

const document = JSON.stringify(
  { openapi: '3.1.0', info: { title: 'Cups', version: '1' }, paths: cups },
  null,
  2,
)

/** Runs `standin proxy` until the calls are made, then stops it. */
async function proxied(t: TestScope, argv: string[], calls: (url: string) => Promise<unknown>) {
  const cwd = t.testdir({ 'api.json': document })
  const terminal = fakeTerminal({ cwd })
  const running = run(['proxy', 'api.json', '--port', '0', ...argv], terminal, factory(fakeStandin()).create)
  const said = () => / passes (https?:\S+) on/.exec(terminal.out() + terminal.err())?.[1]
  while (said() === undefined) {
    const ended = await Promise.race([
      running.then(() => true),
      new Promise<false>((go) => setImmediate(go, false)),
    ])
    if (ended) break
  }
  const url = said()
  if (url !== undefined) {
    await calls(url)
    terminal.signals.emit('SIGTERM', 'SIGTERM')
  }
  return { code: await running, out: terminal.out(), err: terminal.err(), cwd }
}

const upstreamOf = (t: TestScope) =>
  upstreamFor(t, (incoming, response) => {
    response.writeHead(200, json)
    response.end(incoming.url === '/cups/2' ? '{"id":2}' : '{"id":1,"size":"large"}')
  })

const calls = async (url: string) => {
  for (const path of ['/cups/1', '/cups/2', '/cups/2', '/none?a=1']) await send(url + path)
}

void t.test('the first lines, and the summary at the end', async (t) => {
  const upstream = await upstreamOf(t)
  const { code, out, err } = await proxied(t, ['--upstream', upstream, '--record', 'recorded'], calls)
  t.equal(code, 0)
  t.match(out, /^Standin \S+ passes http:\/\/127\.0\.0\.1:\d+ on to http:\/\/127\.0\.0\.1:\d+\n/)
  t.match(out, 'what breaks the docs is passed on and reported; what passes is recorded in recorded')
  t.match(out, `4 calls to ${upstream}, 3 broke the docs.`)
  t.match(
    out,
    /\nGET \/cups\/\{id\} {2}3 calls: 200 ×3\n {2}reply body \/size is required {2}×2 {2}api\.json:\d+\n/,
  )
  t.match(out, /\nNot documented:\n {2}GET \/none {2}×1\n/)
  t.match(out, /\nNever called:\n {2}POST \/cups {2}api\.json:\d+\n/)
  t.match(out, /recorded.examples\.json: 1 examples added, 0 that were there before/)
  // How far the reading has come may stand there, too.
  const lines = err.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
  t.strictSame(
    lines.map(({ level, status }) => [level, status]),
    [
      ['info', 200],
      ['warn', 200],
      ['warn', 200],
      ['warn', 200],
    ],
  )
})

void t.test('for a program, and for CI', async (t) => {
  const upstream = await upstreamOf(t)
  const options = [
    '--upstream',
    upstream,
    '--format',
    'json',
    '--log-level',
    'silent',
    '--fail-on-violations',
  ]
  const { code, out, err } = await proxied(t, options, calls)
  t.equal(code, 1)
  t.match(err, / passes /)
  const summary = JSON.parse(out)
  t.match(summary, {
    upstream,
    calls: 4,
    violating: 3,
    failed: 0,
    undocumented: [{ call: 'GET /none', times: 1 }],
  })
  t.equal(summary.operations.length, 5)
  const clean = await proxied(t, [...options, '--out', 'summary.json'], (url) => send(`${url}/cups/1`))
  t.equal(clean.code, 0)
  t.match(JSON.parse(readFileSync(join(clean.cwd, 'summary.json'), 'utf8')), { calls: 1, violating: 0 })
  t.match(clean.out, / passes /)
})

void t.test('the upstream behind the sources, as Prism has it', async (t) => {
  const upstream = await upstreamOf(t)
  const { code, out } = await proxied(t, [upstream, '--validate-request', 'false'], calls)
  t.equal(code, 0)
  t.match(out, `on to ${upstream}\n`)
  t.match(out, 'requests are not checked')
  t.match(out, `4 calls to ${upstream}`)
})

void t.test('what cannot be done as asked', async (t) => {
  const cases: [argv: string[], message: RegExp][] = [
    [[], /needs --upstream URL/],
    [['--upstream', 'localhost:3000'], /localhost:3000 is no upstream: .* \[STANDIN_ERR_UPSTREAM\]/],
    [['--upstream', 'http://x', '--format', 'sarif'], /cannot write sarif/],
    [['--upstream', 'http://x', '--redact', 'ssn'], /--redact: expected a JSON pointer/],
    [['--upstream', 'http://x', '--upstream-proxy', 'x'], /--upstream-proxy: expected a URL/],
    [['--upstream', 'http://x', '--https-cert', 'none.pem'], /its key \(--https-key FILE\) is missing/],
  ]
  for (const [argv, message] of cases) {
    const { code, err } = await proxied(t, argv, async () => {})
    t.equal(code, 2, argv.join(' '))
    t.match(err, message, argv.join(' '))
  }
})

void t.test('a summary of nothing, and of very much', async (t) => {
  const empty = {
    upstream: 'http://x',
    calls: 0,
    violating: 0,
    failed: 0,
    unchecked: 0,
    operations: [],
    undocumented: [],
  }
  t.equal(summaryText(empty), '0 calls to http://x, 0 broke the docs.\n')
  const many = summaryText({
    ...empty,
    calls: 1,
    failed: 2,
    unchecked: 1,
    undocumented: Array.from({ length: 60 }, (_, index) => ({ call: `GET /${index}`, times: 1 })),
  })
  t.match(
    many,
    '1 call to http://x, 0 broke the docs, 2 without a whole reply of the upstream, 1 body not looked at.',
  )
  t.match(many, '… and 10 more: --format json has all.')
})
