import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { folderFor } from './folder.js'
import { createProxy, createStandin } from '../src/index.js'
import {
  documentedHeaders,
  documentedRequest,
  documentedText,
  objectOf,
  resetPin,
  signIn,
  standinFor,
  tokenFor,
} from './serve/helper.js'

void t.test('forgot PIN: get a token, reset, sign in with the new one, not with the old one', async (t) => {
  const now = { ms: Date.UTC(2030, 0, 1) }
  const standin = await standinFor(t, { now: () => now.ms })
  for (const [account, pin] of [
    ['4711', '2222'],
    ['4712', '0007'],
    ['9223372036854775807', '0000'],
    ['9999999999999999999', '9999'],
  ] as const) {
    await t.test(account, async (t) => {
      const token = await tokenFor(standin, account)
      t.equal((await signIn(standin, account, token, '1111')).statusCode, 200, 'an account begins with 1111')
      t.equal(
        (await resetPin(standin, token, pin)).body,
        documentedText('resetPin', '200').replace(/\s+(?=\W)|(?<=[{:,])\s+/g, ''),
      )
      const signedIn = await signIn(standin, account, token, pin)
      t.equal(signedIn.statusCode, 200)
      const body = objectOf(signedIn.json())
      const data = objectOf(body['data'])
      const documented = objectOf(JSON.parse(documentedText('login', '200')))
      t.match(body, { resCode: 200, resDesc: 'SUCCESS' })
      t.strictSame(Object.keys(data), Object.keys(objectOf(documented['data'])))
      t.not(data['token'], token, 'a fresh token')
      t.match(data['token'], /^eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0\.\.[\w.-]+$/)
      t.ok(Number(data['expiry']) > now.ms, 'expiry is in the future')
      t.equal((await resetPin(standin, String(data['token']), pin)).statusCode, 200, 'and it is accepted')
      for (const wrong of ['1111', '1234']) {
        const refused = await signIn(standin, account, token, wrong)
        t.equal(refused.statusCode, 401)
        t.match(refused.headers['standin-reason'], /The PIN is not that of account/)
      }
    })
  }
  const token = await tokenFor(standin, '4713')
  now.ms += 24 * 3_600_000
  const late = await resetPin(standin, token, '2222')
  t.equal(late.statusCode, 401)
  t.equal(late.headers['standin-reason'], 'X-API-TOKEN: The token has expired')
})

void t.test('accounts that differ in their last digit only are two accounts', async (t) => {
  const standin = await standinFor(t)
  const [one, two] = ['9007199254740993', '9007199254740992']
  const [first, second] = [await tokenFor(standin, one), await tokenFor(standin, two)]
  t.equal((await resetPin(standin, first, '2222')).statusCode, 200)
  t.equal((await signIn(standin, two, second, '1111')).statusCode, 200)
  t.equal((await signIn(standin, one, first, '1111')).statusCode, 401)
  const other = await signIn(standin, one, second, '2222')
  t.match(other.headers['standin-reason'], /belongs to another account/)
})

void t.test('the documented token belongs to the demo account', async (t) => {
  const standin = await standinFor(t)
  t.equal((await standin.inject(documentedRequest('login'))).statusCode, 200)
  t.equal((await standin.inject(documentedRequest('resetPin'))).statusCode, 200)
  t.equal((await standin.inject(documentedRequest('login'))).statusCode, 401, 'its PIN is 2222 now')
  const { 'x-api-token': token = '' } = documentedHeaders('login')
  t.equal((await signIn(standin, '100', token, '2222')).statusCode, 200)
  await standin.reset()
  t.equal((await standin.inject(documentedRequest('login'))).statusCode, 200, 'reset brings 1111 back')
})

const pinOf = (index: number) => String(index).padStart(4, '0')

void t.test('two hundred resets of different accounts at once lose nothing', async (t) => {
  for (const store of ['memory', join(folderFor(t), 'store')]) {
    const standin = await standinFor(t, { store })
    const accounts = Array.from({ length: 200 }, (_, index) => String(5000 + index))
    const tokens = await Promise.all(accounts.map((account) => tokenFor(standin, account)))
    const resets = await Promise.all(tokens.map((token, index) => resetPin(standin, token, pinOf(index))))
    t.ok(resets.every(({ statusCode }) => statusCode === 200))
    const signIns = await Promise.all(
      accounts.map((account, index) => signIn(standin, account, tokens[index] ?? '', pinOf(index))),
    )
    t.strictSame(
      accounts.filter((_, index) => signIns[index]?.statusCode !== 200),
      [],
      store,
    )
  }
})

const replayed = async (standin: Awaited<ReturnType<typeof createStandin>>) => {
  const reply = await standin.inject(documentedRequest('resetPin'))
  return { body: reply.body, headers: reply.headers }
}

void t.test('an example that a program changes is what is replayed, until it is reset', async (t) => {
  for (const store of ['memory', join(folderFor(t), 'store')]) {
    const standin = await standinFor(t, { store })
    const before = await replayed(standin)
    await standin.examples.set('resetPin', '200', 'response', { value: { resCode: 201, id: 12 } })
    const { body, headers } = await replayed(standin)
    t.equal(body, '{"resCode":201,"id":12}')
    t.match(headers['standin-example'], '200/response; edited; fixtures/onboarding/reset-pin-api.md:40')
    t.match(headers['standin-note'], /^edited-example; "changed in the store/)
    await t.rejects(standin.examples.set('restPin', '200', 'response', { value: 1 }), {
      code: 'STANDIN_ERR_EXAMPLE_UNKNOWN',
      message: /"restPin".*"resetPin"/,
    })
    await standin.reset()
    t.equal((await replayed(standin)).body, before.body)
    t.equal((await replayed(standin)).headers['standin-note'], undefined)
  }
})

void t.test('an example that a person changes in the file is what is replayed', async (t) => {
  const store = join(folderFor(t), 'store')
  const standin = await standinFor(t, { store })
  await replayed(standin)
  const path = join(store, 'examples.json')
  const documented = 'Pin has been reset successfully'
  const waitFor = async (words: string) => {
    while (!(await replayed(standin)).body.includes(words)) await new Promise((go) => setTimeout(go, 50))
  }
  const text = readFileSync(path, 'utf8')
  t.ok(text.includes(documented), 'the file is there, for people')
  writeFileSync(path, text.replace(documented, 'Done by hand'))
  await waitFor('Done by hand')
  await standin.close()

  const again = await createStandin({ store, logger: false })
  t.match((await replayed(again)).body, /Done by hand/, 'after a restart too')
  await again.close()
  writeFileSync(path, readFileSync(path, 'utf8').replace('Done by hand', 'Changed while it was down'))
  const last = await standinFor(t, { store })
  t.match((await replayed(last)).body, /Changed while it was down/)
  await last.reset()
  t.match((await replayed(last)).body, documented)
})

void t.test('state can be read and changed, and never holds a PIN', async (t) => {
  const store = join(folderFor(t), 'store')
  const standin = await standinFor(t, { store })
  const token = await tokenFor(standin, '4711')
  await resetPin(standin, token, '8642')
  const accounts = (await standin.state.read()).list('accounts')
  t.strictSame([...accounts.keys()], ['100', '4711'])
  // Whatever is on disk, the journal that runs ahead of the file too.
  const text = readdirSync(store)
    .filter((name) => name.startsWith('state.'))
    .map((name) => readFileSync(join(store, name), 'utf8'))
    .join('\n')
  t.match(text, /"4711"/)
  t.notMatch(text, /8642|"1111"/)
  t.notMatch(text, token)
  await standin.state.update((state) => state.delete('accounts', '4711'))
  const gone = await resetPin(standin, token, '2222')
  t.equal(gone.statusCode, 401)
  t.match(gone.headers['standin-reason'], /Account 4711 is not known; Get Token makes it known/)
})

void t.test('a token outlives a restart, since its key is kept with the store', async (t) => {
  const store = join(folderFor(t), 'store')
  const first = await createStandin({ store, logger: false })
  const token = await tokenFor(first, '4711')
  await resetPin(first, token, '2222')
  await first.close()
  const second = await standinFor(t, { store })
  t.equal((await signIn(second, '4711', token, '2222')).statusCode, 200)
  const elsewhere = await standinFor(t)
  t.equal((await resetPin(elsewhere, token, '2222')).statusCode, 401, 'elsewhere it is a forged one')
})

void t.test('life of a stand-in', async (t) => {
  const store = join(folderFor(t), 'store')
  const standin = await createStandin({ store, logger: false })
  t.equal(standin.location, store)
  await t.rejects(createStandin({ store, logger: false }), { code: 'STANDIN_ERR_STORE_LOCKED' })
  const url = await standin.listen()
  t.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
  const { port } = new URL(url)
  const second = await createStandin({ port: Number(port), logger: false })
  await t.rejects(second.listen(), { code: 'EADDRINUSE' })
  await second.close()
  t.equal((await fetch(`${url}/_standin/health`)).status, 200)
  const head = await fetch(`${url}/_standin/health`, { method: 'HEAD' })
  t.equal(head.status, 200)
  await standin.close()
  await standin.close()
  await t.rejects(fetch(`${url}/_standin/health`))
  const again = await createStandin({ store, logger: false })
  await again.close()
})

void t.test('options that cannot be meant are refused', async (t) => {
  for (const options of [
    { delay: 'soon' },
    { delay: -1 },
    { delay: '300-100' },
    { bodyLimit: 0 },
    { bodyLimit: Number.NaN },
    { docsPath: 'docs' },
    { openapiPath: '' },
  ]) {
    await t.rejects(
      createStandin({ logger: false, ...options }),
      { code: 'STANDIN_ERR_USAGE' },
      JSON.stringify(options),
    )
  }
})

void t.test('the clock of tokens is not the one that sessions go idle by', async (t) => {
  const before = Date.now()
  const standin = await standinFor(t, { now: () => Date.UTC(2030, 0, 1) })
  await standin.inject({ url: '/x', headers: { 'standin-session': 'a' } })
  const listed = (await standin.inject('/_standin/v1/sessions')).json<{
    sessions: { made: string; lastUsed: string }[]
  }>()
  t.equal(listed.sessions.length, 2)
  for (const { made, lastUsed } of listed.sessions) {
    for (const at of [made, lastUsed]) t.ok(Date.parse(at) >= before && Date.parse(at) <= Date.now(), at)
  }
})

void t.test('what could not be made has let go of its store', async (t) => {
  const cwd = folderFor(t, { recorded: { 'examples.json': '{' } })
  const store = join(cwd, 'store')
  const options = { store, cwd, logger: false } as const
  const sources: [string, () => Promise<unknown>][] = [
    ['a page on no path', () => createStandin({ ...options, docsPath: '/:a(' })],
    [
      'a proxy that cannot record',
      () => createProxy({ ...options, upstream: 'http://127.0.0.1:1', fallback: true, record: 'recorded' }),
    ],
  ]
  for (const [name, make] of sources) {
    await t.rejects(make(), name)
    const standin = await createStandin(options)
    t.equal(standin.location, store, name)
    await standin.close()
  }
})
