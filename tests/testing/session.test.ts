import { AssertionError } from 'node:assert'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { createStandin } from '../../src/standin.js'
import { testStandin } from '../../src/testing/client.js'
import type { Asks } from '../../src/testing/control.js'
import { connectStandin, ControlRefusal, startStandin, type TestSession } from '../../src/testing/index.js'

const RESET = '/onboarding/user/resetPin/v1'

type Send = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<Response>

/** Resets the PIN of account 100, through whatever fetch is given. */
async function resetPin(
  session: TestSession,
  pin = '2222',
  send: Send = session.fetch,
  url = RESET,
): Promise<Response> {
  return send(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-api-token': await session.token(100),
      'x-api-key': 'MOB-APP-2001',
    },
    body: JSON.stringify({ pin, signInMode: 1 }),
  })
}

const standin = await startStandin()
t.teardown(() => standin.close())

async function sessionFor(t: { name: string; teardown(cleanUp: () => unknown): void }): Promise<TestSession> {
  const session = await standin.session({ title: t.name })
  t.teardown(() => session.close())
  return session
}

/** What a promise is rejected with. */
const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise.then(() => 'not rejected')
  } catch (error) {
    return error
  }
}

void t.test('a session is named after its test, and gone when it is closed', async (t) => {
  const session = await standin.session({ title: 'Réinitialise: 401 / „slow“!' })
  t.match(session.name, /^reinitialise-401-slow-[0-9a-f]{12}$/)
  t.match((await standin.session({ title: '日本語' })).name, /^test-[0-9a-f]{12}$/)
  t.match((await standin.session({ title: 'x'.repeat(500) })).name, /^x{48}-[0-9a-f]{12}$/)
  await session.override('resetPin', { status: 401 })
  await session.close()
  t.strictSame(await session.overrides(), [], 'what was set is forgotten')
  await session.close()
  await t.resolves(session.close(), 'twice does no harm')
})

void t.test('every way to reach the API in a session', async (t) => {
  const session = await sessionFor(t)
  const { headers, cookie, baseUrl, name } = session
  t.equal((await resetPin(session)).status, 200)
  const absolute = `${standin.url}${RESET}`
  t.equal((await resetPin(session, '2222', session.fetch, absolute)).status, 200)
  const asRequest: Send = (url, init) => session.fetch(new Request(new URL(url, standin.url), init))
  t.equal((await resetPin(session, '2222', asRequest)).status, 200)
  for (const more of [headers, { cookie }]) {
    const send: Send = (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...more } })
    t.equal((await resetPin(session, '2222', send, absolute)).status, 200)
  }
  t.equal((await resetPin(session, '2222', fetch, `${baseUrl}${RESET}`)).status, 200)
  await session.verify('resetPin', 6)
  const calls = await session.journal()
  t.ok(calls.every((call) => call.session === name))
  t.strictSame(
    calls.map(({ id }) => id),
    calls.map(({ id }) => id).toSorted((a, b) => a - b),
    'the oldest first',
  )
  await session.clearJournal()
  t.strictSame(await session.journal(), [])
})

void t.test('calls to elsewhere are left alone', async (t) => {
  const other = await createStandin()
  t.teardown(() => other.close())
  const url = await other.listen()
  const session = await sessionFor(t)
  await session.fetch(`${url}/anywhere`)
  const there = await connectStandin({ url })
  t.equal((await there.default.journal())[0]?.session, '', 'no session was named there')
})

void t.test('nobody else sees what a session sets, changes or calls', async (t) => {
  const [one, two] = [await sessionFor(t), await sessionFor(t)]
  await one.override('resetPin', { status: 401 })
  t.equal((await resetPin(one)).status, 401)
  const before = await one.state.read()
  t.equal((await resetPin(two)).status, 200)
  t.strictSame(await one.state.read(), before)
  t.strictNotSame(await two.state.read(), before)
  await two.verify({ operationId: 'resetPin', status: 401 }, 0)
  t.strictSame(await standin.default.journal({ operationId: 'resetPin' }), [])
})

void t.test('overrides are added, shown, and taken back', async (t) => {
  const session = await sessionFor(t)
  const first = await session.override('resetPin', { status: 401, times: 1 })
  t.match(first, { operationId: 'resetPin', status: 401, used: 0, spent: false })
  await session.override({ when: { body: { '/signInMode': 1 } }, status: 503, id: 'mine' })
  t.strictSame(
    (await session.overrides()).map(({ id }) => id),
    ['mine', first.id],
  )
  t.equal((await resetPin(session)).status, 503)
  await session.clearOverrides('mine')
  t.equal((await resetPin(session)).status, 401)
  t.equal((await resetPin(session)).status, 200)
  await session.override('resetPin', { status: 401 })
  await session.clearOverrides()
  t.strictSame(await session.overrides(), [])
})

void t.test('state is read, changed, put aside, and taken back', async (t) => {
  const session = await sessionFor(t)
  t.match(await session.state.patch({ accounts: { 7: { note: 'mine' }, 100: null } }), {
    accounts: { 7: { note: 'mine' } },
  })
  await session.state.save('with-seven')
  t.strictSame(await session.state.replace({ accounts: {} }), { accounts: {} })
  const other = await standin.session({ snapshot: 'with-seven' })
  t.strictSame(Object.keys((await other.state.read())['accounts'] ?? {}), ['7'])
  await session.state.restore('with-seven')
  t.match(await session.state.read(), { accounts: { 7: { note: 'mine' } } })
  await session.state.reset()
  t.strictSame(Object.keys((await session.state.read())['accounts'] ?? {}), ['100'])
})

void t.test('a wait ends with the call, whenever it comes', async (t) => {
  const session = await sessionFor(t)
  const waiting = session.waitFor('resetPin', { times: 2, timeout: 60_000 })
  await resetPin(session, '2222')
  await resetPin(session, '3333')
  t.equal((await waiting).length, 2)
  const [call] = await session.waitFor({ operationId: 'resetPin', when: { body: { '/pin': '3333' } } })
  t.match(call, { operationId: 'resetPin', reply: { status: 200 } })
  t.notMatch(JSON.stringify(call), '3333', 'secrets are redacted')
})

void t.test('what was expected and did not come is an assertion that failed, with the closest', async (t) => {
  const session = await sessionFor(t)
  await resetPin(session)
  const match = { operationId: 'resetPin', when: { body: { '/signInMode': 2 } } }
  const failures = [
    [await rejection(session.verify(match, 1)), 'verify', 1],
    [await rejection(session.waitFor(match, { timeout: 0 })), 'waitFor', { atLeast: 1 }],
  ] as const
  for (const [failure, operator, expected] of failures) {
    t.ok(failure instanceof AssertionError)
    t.match(failure, { operator, expected, actual: 0, code: 'ERR_ASSERTION' })
    t.match(
      (failure as Error).message,
      /resetPin.*there were 0.*\n\nThe closest:\n {2}call \d+: POST .+resetPin\/v1 got 200\n {4}- body \/signInMode.+2/s,
    )
  }
  const tooMany = await rejection(session.verify('resetPin', 0))
  t.match(tooMany, { operator: 'verify', expected: 0, actual: 1 })
  t.notMatch((tooMany as Error).message, 'closest', 'nothing came close: it came')
  await session.verify('resetPin')
  await session.verify('resetPin', { atMost: 1 })
})

void t.test('a refusal says what was asked, and why it was refused', async (t) => {
  const session = await sessionFor(t)
  const unknown = await rejection(session.override('resetPinn', { status: 401 }))
  t.ok(unknown instanceof ControlRefusal)
  t.match(unknown, { code: 'STANDIN_ERR_CONTROL', status: 404, problem: 'unknown-control-target' })
  t.match((unknown as Error).message, /POST \/_standin\/v1\/overrides .*'resetPin'/)
  // @ts-expect-error there is no such member
  t.match(await rejection(session.override('resetPin', { statsu: 401 })), { status: 400 })
  t.match(await rejection(session.scenario('none')), { status: 404 })
  t.match(await rejection(standin.session({ snapshot: 'none' })), { status: 404 })
  t.match(await rejection(standin.session({ name: session.name })), { problem: 'already-there' })
})

void t.test('a stand-in that runs already is connected to', async (t) => {
  const other = await createStandin({ controlPort: 0, controlToken: 'secret' })
  t.teardown(() => other.close())
  const url = await other.listen()
  const controlUrl = String(other.control?.url)
  t.match(await rejection(connectStandin({ url, controlUrl })), {
    status: 401,
    problem: 'control-token-needed',
  })
  t.match(await rejection(connectStandin({ url, token: 'secret' })), { code: 'STANDIN_ERR_CONTROL' })
  const client = await connectStandin({ url: new URL(url), controlUrl: `${controlUrl}/`, token: 'secret' })
  const session = await client.session()
  t.equal((await resetPin(session)).status, 200)
  await session.verify('resetPin', 1)
  t.match(await client.coverage(), 'Coverage of Onboarding API: 1 of 6 operations')
  await client.close()
  t.notOk(
    (
      await (
        await fetch(`${controlUrl}/_standin/v1/sessions`, { headers: { authorization: 'Bearer secret' } })
      ).text()
    ).includes(session.name),
    'its sessions are dropped',
  )
  t.equal((await fetch(`${url}/_standin/health`)).status, 200, 'it runs on')
})

void t.test('where nothing answers, or something else does', async (t) => {
  const other = await startStandin()
  await other.close()
  t.match(await rejection(connectStandin({ url: other.url })), {
    code: 'STANDIN_ERR_UNREACHABLE',
    message: /No stand-in answers at http:.*ECONNREFUSED/,
  })
})

void t.test('the default session is everybody’s who names none, and is only reset', async (t) => {
  const own = await startStandin()
  t.teardown(() => own.close())
  const { default: session } = own
  t.strictSame(session.headers, {})
  t.equal(session.baseUrl, own.url)
  t.equal((await resetPin(session, '2222', fetch, `${own.url}${RESET}`)).status, 200)
  await session.verify('resetPin', 1)
  await session.close()
  await session.verify('resetPin', 0)
})

void t.test('with `using`, sessions and stand-in end by themselves', async (t) => {
  const own = await startStandin()
  const session = await own.session()
  await session.override('resetPin', { status: 401 })
  await session[Symbol.asyncDispose]()
  t.strictSame(await session.overrides(), [])
  await own[Symbol.asyncDispose]()
  t.match(await rejection(own.session()), { code: 'STANDIN_ERR_UNREACHABLE' })
})

void t.test('close stops the stand-in even where a session cannot be dropped', async (t) => {
  let stopped = 0
  const refuses: Asks = {
    call: () => Promise.reject(new Error('refused')),
    get: async (shape) => Value.Parse(shape, { name: 'one' }),
  }
  const made = testStandin(refuses, 'http://127.0.0.1:1', async () => void (stopped += 1))
  await made.session()
  await t.rejects(made.close(), { message: 'refused' })
  t.equal(stopped, 1)
})
