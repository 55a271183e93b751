import t from 'tap'
import { onboarding } from '../../../src/apis/onboarding/index.js'
import { parseExact, stringifyExact, toPlain } from '../../../src/operation/json.js'
import { exampleOf, exampleText, objectOf, operationOf, startOnboarding } from './helper.js'

type Standin = Awaited<ReturnType<typeof startOnboarding>>

/** Reset Pin's documented token: the one that the page's curl sends. */
const sample = operationOf('resetPin').parameters[0]?.example ?? ''

async function tokenFor({ call }: Standin, account: string, operationId = 'getToken'): Promise<string> {
  const body = exampleText('getToken', 'request').replace('"accountNumber":100', `"accountNumber":${account}`)
  const reply = await call(operationId, { headers: { 'x-api-key': 'MOB-APP-2001' }, body })
  return String(objectOf(reply.body)['token'])
}
const resetPin = ({ call }: Standin, token: string, pin: string) =>
  call('resetPin', { headers: { 'x-api-token': token }, body: JSON.stringify({ pin, signInMode: 1 }) })
const login = ({ call }: Standin, account: string, token: string, change: Record<string, unknown> = {}) =>
  call('login', {
    headers: { 'x-account-number': account, 'x-api-key': 'MOB-APP-2001', 'x-api-token': token },
    body: JSON.stringify({ ...exampleOf('login', 'request'), token, ...change }),
  })

await t.test('the documented requests get the documented replies', async (t) => {
  const standin = await startOnboarding()
  const own = operationOf('login').parameters.find(({ name }) => name === 'X-API-TOKEN')?.example ?? ''
  const signedIn = await login(standin, '100', own)
  const data = objectOf(objectOf(toPlain(signedIn.body))['data'])
  t.equal(signedIn.status, '200')
  t.strictSame(toPlain(signedIn.body), {
    ...exampleOf('login', '200'),
    data: { ...objectOf(exampleOf('login', '200')['data']), token: data['token'], expiry: data['expiry'] },
  })
  t.ok(Number(data['expiry']) > standin.clock.now)

  const reset = await standin.call('resetPin', {
    headers: { 'x-api-token': sample },
    body: exampleText('resetPin', 'request'),
  })
  t.equal(reset.status, '200')
  t.notOk('body' in reset, 'the documented example is sent as it is')

  const issued = objectOf(
    toPlain((await standin.call('getToken', { body: exampleText('getToken', 'request') })).body),
  )
  t.strictSame(issued, {
    ...exampleOf('getToken', '200'),
    token: issued['token'],
    expireAt: issued['expireAt'],
  })
  t.equal(issued['expireAt'], standin.clock.now + 3_600_000)
})

for (const operationId of ['getToken', 'getTokenByPost', 'getTokenWithoutV2', 'getTokenWithoutV2ByPost']) {
  await t.test(`forgot the PIN, with a token of ${operationId}`, async (t) => {
    const standin = await startOnboarding()
    const token = await tokenFor(standin, '100', operationId)
    t.match(await login(standin, '100', token, { pin: '2222' }), { status: '401' }, 'before the reset')
    t.match(await resetPin(standin, token, '2222'), { status: '200' })
    t.match(await login(standin, '100', token, { pin: '1111' }), { status: '401' }, 'the old PIN')
    const { status, body } = await login(standin, '100', token, { pin: '2222' })
    t.equal(status, '200', 'the new PIN')
    const fresh = String(objectOf(objectOf(body)['data'])['token'])
    t.not(fresh, token)
    t.match(await resetPin(standin, fresh, '0003'), { status: '200' }, 'the fresh token is one of ours')
    t.match(await login(standin, '100', fresh, { pin: '0003' }), { status: '200' }, 'leading zeros')
  })
}

await t.test('an unknown account is opened with the PIN 1111, once', async (t) => {
  const standin = await startOnboarding()
  const token = await tokenFor(standin, '555')
  t.match(await login(standin, '555', token), { status: '200' })
  await resetPin(standin, token, '9876')
  const again = await tokenFor(standin, '555')
  t.match(await login(standin, '555', again), { status: '401' }, 'a second token does not bring the PIN back')
  t.match(await login(standin, '555', again, { pin: '9876' }), { status: '200' })
})

await t.test('the reference of the request is repeated', async (t) => {
  const { call } = await startOnboarding()
  const body = JSON.stringify({ ...exampleOf('getToken', 'request'), referenceId: 'mine' })
  t.match(await call('getToken', { body }), { body: { referenceId: 'mine' } })
})

await t.test('accounts that differ in the nineteenth digit are two', async (t) => {
  const standin = await startOnboarding()
  const [one, two] = ['1234567890123456781', '1234567890123456782']
  const token = await tokenFor(standin, one)
  await tokenFor(standin, two)
  await resetPin(standin, token, '4321')
  t.match(await login(standin, one, token, { pin: '4321' }), { status: '200' })
  t.match(await login(standin, two, token, { pin: '4321' }), { status: '401' }, 'the token of the other')
  t.match(await login(standin, two, await tokenFor(standin, two)), { status: '200' }, 'its PIN is untouched')
  const { status, reason } = await standin.call('getToken', {
    body: exampleText('getToken', 'request').replace(
      '"accountNumber":100',
      '"accountNumber":10000000000000000000',
    ),
  })
  t.equal(status, '422')
  t.match(reason, /19 digits/)
})

await t.test('what is not a token of the account is 401 without a body', async (t) => {
  const standin = await startOnboarding()
  const [mine, other] = [await tokenFor(standin, '100'), await tokenFor(standin, '200')]
  const forged = mine.slice(0, -2) + (mine.endsWith('AA') ? 'BA' : 'AA')
  const refused = {
    'reset with a forged token': resetPin(standin, forged, '2222'),
    'reset without a token': standin.call('resetPin', { body: exampleText('resetPin', 'request') }),
    'a forged token in the header': login(standin, '100', forged, { token: mine }),
    'a forged token in the body': login(standin, '100', mine, { token: forged }),
    "another's token in the header": login(standin, '100', other, { token: mine }),
    "another's token in the body": login(standin, '100', mine, { token: other }),
    "another's account": login(standin, '100', other),
    'an account written in another way': login(standin, '0100', mine),
  }
  for (const [title, reply] of Object.entries(refused)) {
    const { status, reason, ...rest } = await reply
    t.equal(status, '401', title)
    t.strictSame(rest, {}, title)
    t.notMatch(reason, /eyJ/, title)
  }
  t.match(await login(standin, '100', mine), { status: '200' }, 'and nothing has changed')
})

await t.test('a token ends when it says', async (t) => {
  const standin = await startOnboarding()
  const token = await tokenFor(standin, '100')
  standin.clock.now += 3_600_000
  t.match(await resetPin(standin, token, '2222'), { status: '401', reason: /expired/ })
  t.match(await login(standin, '100', token), { status: '401', reason: /expired/ })
  t.match(await resetPin(standin, sample, '2222'), { status: '200' }, 'the documented one does not')
})

await t.test('a device id cannot be checked, and the reason says so', async (t) => {
  const standin = await startOnboarding()
  const token = await tokenFor(standin, '100')
  const reply = await login(standin, '100', token, { signInMode: 2, pin: 'b3BhcXVl' })
  t.match(reply, { status: '200', reason: /cannot decrypt a device id/ })
})

await t.test('a token outlives its account only as a 401', async (t) => {
  const standin = await startOnboarding()
  const token = await tokenFor(standin, '555')
  await standin.state.update((state) => state.delete('accounts', '555'))
  t.match(await resetPin(standin, token, '2222'), { status: '401', reason: /not known/ })
  t.match(await login(standin, '555', token), { status: '401', reason: /not known/ })
})

await t.test('any token', async (t) => {
  const standin = await startOnboarding({ anyToken: true })
  t.match(await resetPin(standin, 'whatever', '2222'), { status: '200' })
  t.match(await login(standin, '100', 'whatever', { pin: '2222' }), { status: '200' })
  t.match(await login(standin, '100', 'whatever'), { status: '401' }, 'the PIN still counts')
  t.match(await login(standin, '100', ''), { status: '401' }, 'an empty one is none')
  const token = await tokenFor(standin, '200')
  t.match(await resetPin(standin, token, '3333'), { status: '200' }, 'a token of ours keeps its account')
  t.match(await login(standin, '200', token, { pin: '3333' }), { status: '200' })
})

await t.test('neither PINs nor tokens are in the state or in a reason', async (t) => {
  const standin = await startOnboarding()
  const token = await tokenFor(standin, '555')
  const replies = [
    await resetPin(standin, token, '8642'),
    await login(standin, '555', token, { pin: '8642' }),
    await login(standin, '555', token, { pin: '7531' }),
  ]
  for (const { reason } of replies) t.notMatch(reason, /8642|7531|eyJ/)
  t.notMatch(standin.state.text(), /"(8642|1111)"|eyJ/)
  const { services } = standin
  const [one, two] = [await onboarding.seed(services), await onboarding.seed(services)]
  t.notSame(one['accounts']?.['100'], two['accounts']?.['100'], 'each under a salt of its own')
})

await t.test('an account that a person has broken by hand is 401 until its PIN is reset', async (t) => {
  const standin = await startOnboarding()
  const token = await tokenFor(standin, '100')
  await standin.state.update((state) =>
    state.put('accounts', '100', { salt: 's', pinHash: 'short', note: 'mine' }),
  )
  t.match(await login(standin, '100', token), { status: '401' })
  await standin.state.update((state) => state.put('accounts', '100', { note: 'mine' }))
  t.match(await login(standin, '100', token), { status: '401' })
  t.match(await resetPin(standin, token, '2222'), { status: '200' })
  t.match(await login(standin, '100', token, { pin: '2222' }), { status: '200' })
  t.match((await standin.state.read()).get('accounts', '100'), { note: 'mine' })
})

await t.test('each operation has a behaviour, and each behaviour an operation', async (t) => {
  const { services } = await startOnboarding()
  const ids = onboarding.description.operations.map(({ operationId }) => operationId)
  t.strictSame(Object.keys(onboarding.behaviours(services)).toSorted(), ids.toSorted())
})

await t.test(
  'an example that was edited is what is sent, with a fresh token where it has room for one',
  async (t) => {
    const { state, services } = await startOnboarding()
    const behaviour = onboarding.behaviours(services)['getToken']
    const request = {
      method: 'GET',
      url: '/',
      header: () => undefined,
      path: {},
      query: {},
      body: exampleOf('getToken', 'request'),
      digits: () => undefined,
      exactBody: () => undefined,
    }
    const replyTo = async (text: string) => {
      const context = { operation: operationOf('getToken'), request, state, example: () => parseExact(text) }
      return stringifyExact(objectOf(await behaviour?.(context))['body'])
    }
    t.match(await replyTo('{"rate":14.0}'), /^\{"rate":14\.0,"referenceId":"b7c0d6a2","token":"eyJ/)
    for (const text of ['14.0', '"text"', '[1]', 'null', 'true']) t.equal(await replyTo(text), text)
  },
)

await t.test('a secret that cannot be had once is asked for again', async (t) => {
  const { state, services } = await startOnboarding()
  let asked = 0
  const behaviours = onboarding.behaviours({
    ...services,
    secret: async (name) => {
      asked += 1
      if (asked === 1) throw new Error('disk busy')
      return services.secret(name)
    },
  })
  const request = {
    method: 'POST',
    url: '/',
    header: () => sample,
    path: {},
    query: {},
    body: exampleOf('resetPin', 'request'),
    digits: () => undefined,
    exactBody: () => undefined,
  }
  const context = { operation: operationOf('resetPin'), request, state, example: () => ({}) }
  await t.rejects(async () => behaviours['resetPin']?.(context), { message: 'disk busy' })
  t.match(await behaviours['resetPin']?.(context), { status: '200' })
})
