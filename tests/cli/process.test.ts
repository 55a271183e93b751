import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import t from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import { createStandin } from '../../src/standin.js'
import { documentedHeaders, documentedText, objectOf } from '../serve/helper.js'
import { runProgram, startProgram } from './built.js'
import { fakeTerminal } from './terminal.js'

// Processes are started one after the other, and a busy machine takes its time for each.
t.setTimeout(240_000)

const RESET = '/onboarding/user/resetPin/v1'
const headers: Record<string, string> = { ...documentedHeaders('resetPin'), 'content-type': 'text/plain' }

async function post(url: string, path: string, more: Record<string, string>, body: object) {
  const reply = await fetch(url + path, {
    method: 'POST',
    headers: { ...headers, ...more },
    body: JSON.stringify(body),
  })
  return { status: reply.status, body: objectOf(await reply.json()) }
}

async function tokenFor(url: string, account: number): Promise<string> {
  const reply = await post(
    url,
    '/token-service/client/server/new/token',
    {},
    { referenceId: 'r', sdkPublicKey: 'p', sdkApiKey: 's', accountNumber: account },
  )
  return String(reply.body['token'])
}

const reset = (url: string, token: string, pin: string) =>
  post(url, RESET, { 'x-api-token': token }, { pin, signInMode: 1 })

const signIn = (url: string, account: number, token: string, pin: string) =>
  post(
    url,
    '/onboarding/user/login/v1',
    { 'x-api-token': token, 'x-account-number': String(account) },
    { ...objectOf(JSON.parse(documentedText('login', 'request'))), token, pin },
  )

void t.test('kill -9 under fifty connections of resets: every acknowledged PIN is there', async (t) => {
  const folder = folderFor(t)
  const first = startProgram(t, folder, ['--port', '0', '--log-level', 'silent'])
  const url = await first.serving()
  const accounts = Array.from({ length: 50 }, (_, index) => 7000 + index)
  const tokens = new Map<number, string>()
  for (let at = 0; at < accounts.length; at += 50) {
    const some = accounts.slice(at, at + 50)
    for (const [account, token] of await Promise.all(
      some.map(async (account) => [account, await tokenFor(url, account)] as const),
    ))
      tokens.set(account, token)
  }
  // Of each account, the PIN that was acknowledged last and the one that was under way.
  const acknowledged = new Map<number, string>()
  const sent = new Map<number, string>()
  let count = 0
  // Each connection has accounts of its own, so that "last" means something.
  const connection = async (own: readonly number[]) => {
    for (let round = 0; ; round++) {
      for (const account of own) {
        const pin = String((account * 7 + round) % 10_000).padStart(4, '0')
        sent.set(account, pin)
        const { status } = await reset(url, tokens.get(account) ?? '', pin)
        if (status !== 200) throw new Error(`status ${status}`)
        acknowledged.set(account, pin)
        if (++count === 300) first.child.kill('SIGKILL')
      }
    }
  }
  await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => connection(accounts.filter((one) => one % 50 === index))),
  )
  await first.ended
  t.ok(count >= 300)

  const second = startProgram(t, folder, ['--port', '0', '--log-level', 'warn'])
  const again = await second.serving()
  const lost: number[] = []
  for (const [account, pin] of acknowledged) {
    const token = tokens.get(account) ?? ''
    // A reset that was cut off may have been kept or not; the one before may not be lost.
    const statuses = await Promise.all(
      [pin, sent.get(account) ?? pin].map(async (one) => (await signIn(again, account, token, one)).status),
    )
    if (!statuses.includes(200)) lost.push(account)
  }
  t.strictSame(lost, [])
  t.equal(acknowledged.size, accounts.length)
  t.equal(second.text.err, '', 'nothing was found broken')
  second.child.kill('SIGTERM')
  await second.ended
})

if (process.platform !== 'win32') {
  void t.test('SIGTERM: requests in flight are answered and kept, then it ends', async (t) => {
    const folder = folderFor(t)
    const { child, ended, serving, text } = startProgram(t, folder, ['--port', '0', '--delay', '1500'])
    const url = await serving()
    const accounts = Array.from({ length: 20 }, (_, index) => 4700 + index)
    const tokens = await Promise.all(accounts.map((account) => tokenFor(url, account)))
    const stored = () =>
      readFileSync(join(folder, '.standin', 'state.json'), 'utf8').match(/"pinHash": ".+"/g)
    const before = new Set(stored())
    const replies = tokens.map((token) => reset(url, token, '2468'))
    // A change is kept before its reply is sent: once all are there, all requests are in flight.
    while ((stored() ?? []).filter((hash) => !before.has(hash)).length < accounts.length)
      await new Promise((go) => setTimeout(go, 20))
    child.kill('SIGTERM')
    const statuses = (await Promise.all(replies)).map(({ status }) => status)
    t.strictSame(
      statuses,
      accounts.map(() => 200),
    )
    t.strictSame(await ended, [0, null])
    t.notMatch(text.err + text.out, /2468/, 'no PIN in the log')
    for (const token of tokens) t.notMatch(text.err + text.out, token, 'no token in the log')
    const next = startProgram(t, folder, ['--port', '0'])
    t.equal((await signIn(await next.serving(), 4719, tokens.at(-1) ?? '', '2468')).status, 200)
    next.child.kill('SIGTERM')
    t.strictSame(await next.ended, [0, null])
    t.strictSame(
      readdirSync(join(folder, '.standin')).filter((name) => /lock|tmp/.test(name)),
      [],
    )
  })
}

void t.test('a truncated state file is set aside, said, and the last good copy is used', async (t) => {
  const folder = folderFor(t)
  const first = startProgram(t, folder, ['--port', '0'])
  const url = await first.serving()
  const token = await tokenFor(url, 4711)
  t.equal((await reset(url, token, '2222')).status, 200)
  first.child.kill('SIGTERM')
  await first.ended
  const path = join(folder, '.standin', 'state.json')
  const whole = readFileSync(path, 'utf8')
  truncateSync(path, Math.floor(whole.length / 2))

  const second = startProgram(t, folder, ['--port', '0'])
  const again = await second.serving()
  const aside = readdirSync(join(folder, '.standin')).find((name) => name.startsWith('state.json.broken'))
  t.equal(
    aside === undefined ? '' : readFileSync(join(folder, '.standin', aside), 'utf8'),
    whole.slice(0, Math.floor(whole.length / 2)),
    'nothing of it is lost',
  )
  t.match(second.text.err, /state\.json/)
  t.equal((await signIn(again, 4711, token, '2222')).status, 200)
  second.child.kill('SIGTERM')
  await second.ended
})

void t.test('what cannot be done ends with code 2 and one clear line', async (t) => {
  const folder = folderFor(t, { file: 'no folder', 'bad.json': '{ "port": "many" }' })
  const running = startProgram(t, folder, ['--port', '0'])
  const url = await running.serving()
  const { port } = new URL(url)
  t.match(running.text.out, `on http://127.0.0.1:${port}`, 'a free port is printed')
  const taken = createServer().listen(0, '127.0.0.1')
  t.teardown(() => taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  const takenPort = String(typeof address === 'object' && address !== null ? address.port : 0)
  const cases: [string[], RegExp][] = [
    [
      ['--port', '0', '--store', join(folder, '.standin')],
      /^standin: The store .*\.standin is in use by process \d+\. .*--store.*\n$/,
    ],
    [['--port', takenPort, '--store', 'memory'], new RegExp(`^standin: Port ${takenPort} on .*--port.*\n$`)],
    [['--port', '0', '--store', join(folder, 'file')], /^standin: Cannot write to the store .*--store.*\n$/],
    [['--config', 'bad.json'], /^standin: bad\.json, "port": .*\n$/],
    [['--config', 'none.json'], /^standin: none\.json: .*\n$/],
    [['--prot', '1'], /^standin: There is no option --prot\. Did you mean --port\?.*\n$/],
    [['--port', '99999'], /^standin: --port.*65535.*\n$/],
    [
      ['--host', '203.0.113.7', '--store', 'memory'],
      /^standin: Cannot listen on 203\.0\.113\.7.*--host.*\n$/,
    ],
  ]
  for (const [argv, message] of cases) {
    // Not a process for each: that a code becomes the process's own is seen where the built program is.
    const terminal = fakeTerminal({ cwd: folder })
    // Should it serve after all.
    t.teardown(() => terminal.signals.emit('SIGTERM', 'SIGTERM'))
    const code = await run(argv, terminal, createStandin)
    const [out, err] = [terminal.out(), terminal.err()]
    t.equal(code, 2, `${argv.join(' ')}: ${err}`)
    t.match(err, message)
    t.equal(err.split('\n').length, 2, 'one line')
    t.equal(out, '')
  }
  t.equal((await fetch(`${url}/_standin/health`)).status, 200, 'the first one is not disturbed')
  running.child.kill('SIGTERM')
  await running.ended
})

void t.test('the log never repeats a body', async (t) => {
  const folder = folderFor(t)
  const { child, ended, serving, text } = startProgram(t, folder, ['--port', '0', '--log-level', 'trace'])
  const url = await serving()
  const bodies = ['{"pin":"8642","signInMode":x}', '{"pin":8642}', '"8642"', '8642', '{"pin":"8642x"}']
  for (const body of bodies) {
    const reply = await fetch(url + RESET, { method: 'POST', headers, body })
    t.ok(reply.status >= 400)
    await reply.text()
  }
  await fetch(`${url}${RESET}?pin=8642&token=a..b.c.d`)
  child.kill('SIGTERM')
  await ended
  t.equal(text.err.match(/"answered"/g)?.length, bodies.length + 1)
  t.notMatch(text.err, /8642|a\.\.b\.c\.d/)
  t.notMatch(text.err, headers['x-api-token'] ?? 'missing')
})

void t.test('standin openapi prints the committed document', async (t) => {
  const folder = folderFor(t)
  const { code, out } = await runProgram(t, folder, ['openapi'])
  t.equal(code, 0)
  t.equal(out, readFileSync('openapi/onboarding.json', 'utf8'))
  t.strictSame(readdirSync(folder), [], 'and leaves nothing behind')
  writeFileSync(join(folder, 'old.json'), 'old')
  t.equal((await runProgram(t, folder, ['openapi', '--out', 'old.json'])).code, 0)
  t.equal(readFileSync(join(folder, 'old.json'), 'utf8'), out)
})
