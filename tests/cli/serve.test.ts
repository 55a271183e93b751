import { once } from 'node:events'
import { createServer } from 'node:net'
import t from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import type { Finding } from '../../src/operation/finding.js'
import { factory, type FakeStandin, fakeStandin, jsonBody, operation } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

const ESC = '\u001B'

const finding = (line: number): Finding => ({
  rule: 'undocumented-body',
  severity: 'warning',
  message: 'The body of 401 is a placeholder.',
  source: { file: 'docs/cups.md', line },
})

/** Serves until everything is printed, then stops. */
async function served(standin: FakeStandin, argv: string[], given: Parameters<typeof fakeTerminal>[0] = {}) {
  const terminal = fakeTerminal({ cwd: t.testdirName, ...given })
  const { create, given: options } = factory(standin)
  const running = run(argv, terminal, create)
  while (terminal.out() === '') await new Promise((go) => setImmediate(go))
  terminal.signals.emit('SIGINT', 'SIGINT')
  return { code: await running, out: terminal.out(), err: terminal.err(), options: options[0] }
}

void t.test('the first lines', async (t) => {
  const operations = [
    operation({ method: 'POST', path: '/cups/fill', requestBody: jsonBody('{"size": 1}') }),
    operation({ source: { file: 'docs/list.md', line: 12 } }),
  ]
  const standin = fakeStandin({ operations, notes: [finding(9)] })
  const { code, out, err } = await served(standin, [])
  t.equal(code, 0)
  t.equal(err, '')
  t.strictSame(standin.calls, ['listen', 'close'])
  t.match(out, /^Standin \d+\.\d+\.\d+ stands in for Cups on http:\/\/127\.0\.0\.1:4321\n/)
  t.equal(
    out.slice(out.indexOf('\n') + 1),
    `
  POST /cups/fill  docs/cups.md:3
  GET  /cups       docs/list.md:12

Store:   .standin
Docs:    http://127.0.0.1:4321/docs
OpenAPI: http://127.0.0.1:4321/openapi.json

Try it:

curl -X POST http://127.0.0.1:4321/cups/fill \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"size":1}'

What the docs leave open:
  docs/cups.md:9 The body of 401 is a placeholder.

`,
  )
})

void t.test('pages that are off or whose path is documented stand under /_standin', async (t) => {
  const standin = fakeStandin({ operations: [operation({ path: '/openapi.json' })] })
  const { out } = await served(standin, ['--docs-path', 'off'])
  t.match(out, /^Docs: {4}http:\/\/127\.0\.0\.1:4321\/_standin\/docs$/m)
  t.match(out, /^OpenAPI: http:\/\/127\.0\.0\.1:4321\/_standin\/openapi\.json$/m)
})

void t.test('HTTPS: what the library is asked for, and what has to be trusted is said', async (t) => {
  const cases: [string[], unknown][] = [
    [[], false],
    [['--https'], true],
    [['--https-cert', 'a.pem', '--https-key', 'b.pem'], { cert: 'a.pem', key: 'b.pem' }],
    [['--https-key', 'b.pem'], { cert: undefined, key: 'b.pem' }],
  ]
  for (const [argv, https] of cases) {
    t.strictSame((await served(fakeStandin(), argv)).options?.https, https, argv.join(' '))
  }
  t.notMatch((await served(fakeStandin(), [])).out, /TLS:/)
  const { out } = await served({ ...fakeStandin(), trust: '/home/a b/localhost.pem' }, ['--https'])
  t.match(out, 'TLS:     /home/a b/localhost.pem\n')
  t.match(out, "NODE_EXTRA_CA_CERTS='/home/a b/localhost.pem'")
  t.match(out, "curl --cacert '/home/a b/localhost.pem' http")
})

void t.test('long lists are cut, and how much is missing is said', async (t) => {
  const operations = Array.from({ length: 400 }, (_, index) => operation({ path: `/cups/${index}` }))
  const notes = Array.from({ length: 100 }, (_, index) => finding(index + 1))
  const short = await served(fakeStandin({ operations, notes }), [])
  t.match(short.out, /… and 370 more of 400/)
  t.match(short.out, /… and 80 more/)
  t.equal(short.out.match(/ GET /g)?.length, 30)
  const full = await served(fakeStandin({ operations, notes }), ['--log-level', 'debug'])
  t.equal(full.out.match(/ GET /g)?.length, 400)
  t.equal(full.out.match(/docs\/cups\.md:\d+ The body/g)?.length, 100)
  t.notMatch(full.out, /…/)
})

void t.test('sources without an operation', async (t) => {
  const { out } = await served(fakeStandin({ operations: [] }), [])
  t.match(out, /No operation is documented in the sources\./)
  t.notMatch(out, /Try it/)
})

void t.test('colours only on a terminal, and not with NO_COLOR', async (t) => {
  t.notOk((await served(fakeStandin(), [])).out.includes(ESC))
  t.ok((await served(fakeStandin(), [], { tty: true })).out.includes(`${ESC}[1m`))
  t.notOk((await served(fakeStandin(), [], { tty: true, env: { NO_COLOR: '1' } })).out.includes(ESC))
  t.ok((await served(fakeStandin(), [], { tty: true, env: { NO_COLOR: '' } })).out.includes(ESC))
})

void t.test('the logger', async (t) => {
  t.equal((await served(fakeStandin(), ['--log-level', 'silent'])).options?.logger, false)
  t.match((await served(fakeStandin(), ['--log-level', 'warn'])).options?.logger, { level: 'warn' })
  const terminal = fakeTerminal({ tty: true, env: { NO_COLOR: '1' } })
  const { create, given } = factory(fakeStandin())
  const running = run([], terminal, create)
  while (terminal.out() === '') await new Promise((go) => setImmediate(go))
  const { logger } = given[0] ?? {}
  if (logger !== undefined && logger !== false) logger.info('hello')
  terminal.signals.emit('SIGTERM', 'SIGTERM')
  await running
  t.match(terminal.err(), /^\[[\d:]+\] INFO: hello\n/)
})

/** Really listens, and so fails as Node does. */
const listen = (port: number, host: string) => async () => {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  server.close()
  return 'http://unexpected'
}

/** Fails as Node does, with this code. */
const code = (name: string) => async () => {
  throw Object.assign(new Error(name), { code: name })
}

void t.test('an address that cannot be had', async (t) => {
  const squatter = createServer().listen(0, '127.0.0.1')
  t.teardown(() => squatter.close())
  await once(squatter, 'listening')
  const address = squatter.address()
  const taken = typeof address === 'object' && address !== null ? address.port : 0
  const cases: [string, () => Promise<string>, RegExp][] = [
    [
      'taken',
      listen(taken, '127.0.0.1'),
      /^standin: Port 10000 on 127\.0\.0\.1 is taken .+--port.+ \[STANDIN_ERR_PORT_TAKEN\]\n$/,
    ],
    [
      'not ours',
      listen(0, '192.0.2.1'),
      /^standin: Cannot listen on 127\.0\.0\.1 port 10000: no interface.+--host.+ \[STANDIN_ERR_LISTEN\]\n$/,
    ],
    ['no rights', code('EACCES'), /needs more rights.+--port.+ \[STANDIN_ERR_LISTEN\]\n$/],
    ['no such name', code('ENOTFOUND'), /has no address.+--host.+ \[STANDIN_ERR_LISTEN\]\n$/],
  ]
  for (const [name, fails, expected] of cases) {
    const standin = fakeStandin({ listen: fails })
    const terminal = fakeTerminal({})
    t.equal(await run([], terminal, factory(standin).create), 2, name)
    t.match(terminal.err(), expected)
    t.equal(terminal.out(), '')
    t.strictSame(standin.calls, ['listen', 'close'], 'the store is given back')
  }
  const terminal = fakeTerminal({})
  t.equal(await run([], terminal, factory(fakeStandin({ listen: code('EODD') })).create), 1)
  t.equal(terminal.err(), 'standin: unexpected error: EODD (STANDIN_DEBUG=1 shows where)\n')
})

void t.test('openapi', async (t) => {
  const cwd = folderFor(t, {})
  const standin = fakeStandin()
  const terminal = fakeTerminal({ cwd })
  const { create, given } = factory(standin)
  t.equal(await run(['openapi', './a.md'], terminal, create), 0)
  t.equal(terminal.out(), '{ "openapi": "3.1.0" }\n')
  t.match(given[0], { sources: ['./a.md'], stateless: true, logger: false })
  t.strictSame(standin.calls, ['close'])

  t.equal(await run(['openapi', '--out', 'no/such/folder.json'], terminal, create), 2)
  t.match(
    terminal.err(),
    /^standin: Cannot write to no\/such\/folder\.json \(ENOENT.+ \[STANDIN_ERR_OUTPUT_UNWRITABLE\]\n$/,
  )
})

void t.test('resources that keep state are told, of many only their names', async (t) => {
  const cups = {
    collection: 'cups',
    path: '/cups',
    id: 'id',
    operations: [
      { operationId: 'listCups', action: 'list' as const },
      { operationId: 'addCup', action: 'create' as const },
    ],
  }
  const many = Array.from({ length: 9 }, (_, index) => ({ ...cups, collection: `cups${index}` }))
  const told = async (resources: (typeof cups)[], argv: string[] = []) =>
    (await served({ ...fakeStandin(), resources }, argv)).out
  t.match(
    await told([cups]),
    '\n1 resource keeps state:\n  cups  by id: list listCups, create addCup\n\nStore:',
  )
  t.match(
    await told(many),
    '\n9 resources keep state: cups0, cups1, cups2, cups3, cups4, cups5, cups6, cups7, …\n',
  )
  t.match(await told(many, ['--log-level', 'debug']), '  cups8  by id: list listCups')
  t.notMatch(await told([]), 'state:')
})

void t.test('the config file says what operations do to resources', async (t) => {
  const resources = { findCups: { collection: 'cups', action: 'list' }, fillCup: false }
  const cwd = folderFor(t, { 'standin.config.json': JSON.stringify({ resources }) })
  t.strictSame((await served(fakeStandin(), [], { cwd })).options?.resources, resources)
  const terminal = fakeTerminal({ cwd: folderFor(t, { 'standin.config.json': '{ "resources": "none" }' }) })
  t.equal(await run([], terminal, factory(fakeStandin()).create), 2)
  t.match(terminal.err(), 'standin.config.json, "resources": expected false, or an object of operation ids')
})

void t.test('what takes long to know is told below the first line', async (t) => {
  const terminal = fakeTerminal({ cwd: t.testdirName })
  let settled = (): void => {}
  const settle = () => new Promise<void>((resolve) => (settled = resolve))
  const standin = { ...fakeStandin({ notes: [finding(9)] }), settle }
  const running = run([], terminal, factory(standin).create)
  while (terminal.out() === '') await new Promise((go) => setImmediate(go))
  await new Promise((go) => setImmediate(go))
  t.match(terminal.out(), /stands in for Cups on .*\n$/)
  settled()
  await new Promise((go) => setImmediate(go))
  t.match(terminal.out(), /4321\n\n.*What the docs leave open:\n {2}docs\/cups.md:9 /s)
  terminal.signals.emit('SIGINT', 'SIGINT')
  t.equal(await running, 0)
})

void t.test('who is stopped before waits for nothing', async (t) => {
  const terminal = fakeTerminal({ cwd: t.testdirName })
  const standin = { ...fakeStandin({ notes: [finding(9)] }), settle: () => new Promise<void>(() => {}) }
  const running = run([], terminal, factory(standin).create)
  while (terminal.out() === '') await new Promise((go) => setImmediate(go))
  terminal.signals.emit('SIGINT', 'SIGINT')
  t.equal(await running, 0)
  t.notMatch(terminal.out(), /What the docs leave open/)
})
