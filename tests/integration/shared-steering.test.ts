import t, { type Test } from 'tap'
import { request } from 'undici'
import type { Override, Standin, StandinOptions } from '../../src/index.js'
import { createStandin } from '../../src/index.js'
import { type RedisServer, startRedis } from './redis-server.js'

interface Replica {
  readonly standin: Standin
  readonly url: string
}

t.setTimeout(300_000)

const SIGN_IN = '/onboarding/user/login/v1'
const OPERATION = 'login'

async function replicaFor(t: Test, { url }: RedisServer, options: StandinOptions = {}): Promise<Replica> {
  const standin = await createStandin({ store: url, stateless: true, logger: false, ...options })
  t.teardown(() => standin.close())
  return { standin, url: await standin.listen() }
}

async function threeReplicas(
  t: Test,
  redis: RedisServer,
  options: StandinOptions = {},
): Promise<readonly [Replica, Replica, Replica]> {
  const one = (): Promise<Replica> => replicaFor(t, redis, options)
  return Promise.all([one(), one(), one()])
}

/** The status of a sign-in that breaks the docs: 401 unless something else was set. */
async function call({ url }: Replica, session?: string): Promise<number> {
  const headers = session === undefined ? {} : { 'standin-session': session }
  const { statusCode, body } = await request(url + SIGN_IN, { method: 'POST', headers })
  await body.dump()
  return statusCode
}

async function answer(
  { url }: Replica,
  method: 'GET' | 'POST',
  path: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const { statusCode, body } = await request(url + path, { method })
  return { status: statusCode, text: await body.text() }
}

/** The body of a sign-in's reply. */
const text = async (replica: Replica | undefined): Promise<string> =>
  replica ? (await answer(replica, 'POST', SIGN_IN)).text : ''

/** Resolves once the control API can change something again. */
async function reachable(url: string): Promise<void> {
  const deleted = async (): Promise<number> => {
    const { statusCode, body } = await request(`${url}/_standin/v1/overrides/none`, { method: 'DELETE' })
    await body.dump()
    return statusCode
  }
  while ((await deleted()) !== 404) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function control(
  { url }: Replica,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const { statusCode, body: answer } = await request(`${url}/_standin/v1${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const text = await answer.text()
  const json: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
  return { status: statusCode, json }
}

/** So many calls at once, spread over the replicas. */
async function spread(all: readonly Replica[], count: number): Promise<number[]> {
  const each = Array.from({ length: count }, (_, index) =>
    all.filter((_one, at) => at === index % all.length),
  )
  return Promise.all(each.flat().map((one) => call(one)))
}

const counted = (statuses: readonly number[]): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

void t.test(
  'an override that is set at one replica holds for the very next call at every other',
  async (t) => {
    const redis = await startRedis(t)
    const all = await threeReplicas(t, redis)
    const seen: number[][] = []
    const expected: number[][] = []
    for (let round = 0; round < 50; round++) {
      const setting = all[round % 3] ?? all[0]
      const status = 500 + round
      await control(setting, 'PUT', '/overrides/one', { operationId: OPERATION, status })
      seen.push(await Promise.all(all.map((one) => call(one))))
      expected.push([status, status, status])
    }
    t.strictSame(seen, expected)
  },
)

const limited: readonly (readonly [string, Omit<Override, 'operationId'>, Record<number, number>])[] = [
  ['ten times', { status: 500, times: 10 }, { 401: 90, 500: 10 }],
  [
    'a sequence',
    { sequence: [501, 502, 503, 504, 505, 506, 507].map((status) => ({ status })) },
    { 401: 93, 501: 1, 502: 1, 503: 1, 504: 1, 505: 1, 506: 1, 507: 1 },
  ],
  [
    'a sequence that is repeated, for a time',
    { sequence: [{ status: 501 }, { status: 502 }], afterSequence: 'repeat', times: 31 },
    { 401: 69, 501: 16, 502: 15 },
  ],
]

void t.test('what is for some calls is for exactly as many over all replicas', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const [first, second] = all
  for (const [what, override, expected] of limited) {
    await control(first, 'PUT', '/overrides/one', { ...override, operationId: OPERATION })
    t.strictSame(counted(await spread(all, 100)), expected, what)
    const used = Object.entries(expected).reduce(
      (sum, [status, count]) => sum + (status === '401' ? 0 : count),
      0,
    )
    t.match((await control(second, 'GET', '/overrides/one')).json, { used, spent: true })
  }
})

void t.test('what is not limited is counted all the same', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  await all[0].standin.session().override({ id: 'all', operationId: OPERATION, status: 500 })
  t.strictSame(counted(await spread(all, 30)), { 500: 30 })
  for (const { standin } of all) t.match(await standin.session().overrides(), [{ used: 30, spent: false }])
})

void t.test('a spent override leaves the call to the next', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const session = all[0].standin.session()
  await session.override({ operationId: OPERATION, status: 501, probability: 0.5 })
  await session.override({ operationId: OPERATION, status: 502, times: 5 })
  await session.override({ operationId: OPERATION, sequence: [{ status: 503 }, { status: 504 }] })
  const statuses = counted(await spread(all, 100))
  t.match(statuses, { 502: 5, 503: 1, 504: 1 })
  t.equal((statuses[501] ?? 0) + (statuses[401] ?? 0), 93)
  t.ok((statuses[501] ?? 0) > 0 && (statuses[401] ?? 0) > 0, 'chance goes on by itself')
  const next = (await control(all[1], 'GET', `/operations/${OPERATION}`)).json['next']
  t.match(next, { override: 'o1', conditional: true, status: 501 })
})

void t.test('chance with a seed is the same over three processes as in one', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const alone = await createStandin({ stateless: true, logger: false })
  t.teardown(() => alone.close())
  const single = [{ standin: alone, url: await alone.listen() }]
  for (const more of [{ probability: 0.4 }, { probability: 0.4, times: 7 }, {}]) {
    const body = '{{randomInt 1 1000}}'
    const override: Override = { id: 'one', operationId: OPERATION, status: 500, body, seed: 7, ...more }
    const run = async (replicas: readonly Replica[]): Promise<string[]> => {
      const seen: string[] = []
      for (let index = 0; index < 30; index++) seen.push(await text(replicas[index % replicas.length]))
      return seen
    }
    for (const { standin } of [all[0], ...single]) {
      await standin.session().clear()
      await standin.session().override(override)
    }
    t.strictSame(await run(all), await run(single), JSON.stringify(more))
  }
})

void t.test('changes at once, from all sides, are all kept, and refused as by one process', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const added = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      control(all[index % 3] ?? all[0], 'POST', '/overrides', { operationId: OPERATION, status: 500 }),
    ),
  )
  t.equal(new Set(added.map(({ json }) => json['id'])).size, 30, 'each has an id of its own')
  t.equal((await all[2].standin.session().overrides()).length, 30)
  const twice = await Promise.all(
    all.map((one) => control(one, 'POST', '/overrides', { id: 'same', status: 500 })),
  )
  t.strictSame(twice.map(({ status }) => status).toSorted(), [201, 409, 409])
  t.match(await control(all[1], 'DELETE', '/overrides/none'), {
    status: 404,
    json: { code: 'unknown-control-target' },
  })
  await control(all[1], 'DELETE', '/overrides/o1')
  await control(all[1], 'DELETE', '/overrides/same')
  t.equal((await all[0].standin.session().overrides()).length, 29)
  await control(all[2], 'DELETE', '/overrides')
  t.strictSame(await spread(all, 3), [401, 401, 401])
})

void t.test('numbers of a body keep their digits from replica to replica', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const body = '{"operationId": "login", "body": {"id": 12345678901234567890, "price": 14.0}}'
  const headers = { 'content-type': 'application/json' }
  await (await request(`${all[0].url}/_standin/v1/overrides`, { method: 'POST', headers, body })).body.dump()
  for (const one of all) t.equal(await text(one), '{"id":12345678901234567890,"price":14.0}')
})

void t.test('a session is one, whichever replica is asked, and gone everywhere at once', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const [first, second, third] = all
  await call(first, 'a')
  await second.standin.session('a').override({ operationId: OPERATION, status: 500 })
  t.strictSame(await Promise.all(all.map((one) => call(one, 'a'))), [500, 500, 500])
  t.strictSame(await Promise.all(all.map((one) => call(one))), [401, 401, 401], 'no other session')
  const names = async (one: Replica): Promise<unknown> =>
    ((await control(one, 'GET', '/sessions')).json['sessions'] as { name: string }[]).map(({ name }) => name)
  for (const one of all) t.strictSame(await names(one), ['', 'a'])
  t.match(await control(third, 'GET', '/sessions/a'), { status: 200, json: { name: 'a', overrides: 1 } })
  t.match((await control(third, 'GET', '/')).json, { sessions: 2 })
  t.match(await control(third, 'POST', '/sessions', { name: 'a' }), { status: 409 })
  const made = await Promise.all(all.map((one) => control(one, 'POST', '/sessions', { name: 'b' })))
  t.strictSame(made.map(({ status }) => status).toSorted(), [201, 409, 409], 'made once')
  const dropped = await Promise.all(all.map((one) => control(one, 'DELETE', '/sessions/a')))
  t.strictSame(dropped.map(({ status }) => status).toSorted(), [204, 404, 404], 'dropped once')
  for (const one of all) t.strictSame(await names(one), ['', 'b'])
  t.strictSame(await Promise.all(all.map((one) => call(one, 'a'))), [401, 401, 401])
  t.match(await control(second, 'POST', '/sessions', { name: 'c', recordPact: 'web' }), {
    status: 400,
    json: { code: 'bad-control-request', detail: /several processes share a store/ },
  })
  t.match(await control(third, 'GET', '/sessions/c'), { status: 404 })
})

void t.test('an idle session ends once, everywhere; one that is used anywhere goes on', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis, { sessionIdle: 3 })
  const [first, second, third] = all
  await first.standin.session('idle').override({ operationId: OPERATION, status: 500 })
  await first.standin.session('used').override({ operationId: OPERATION, status: 500 })
  const isThere = async (name: string): Promise<boolean> =>
    (await control(third, 'GET', `/sessions/${name}`)).status === 200
  while (await isThere('idle')) t.equal(await call(second, 'used'), 500)
  t.equal(await call(first, 'used'), 500)
  for (const one of all) t.equal(await call(one, 'idle'), 401)
})

void t.test('sessions are bounded over all replicas where they are made', async (t) => {
  const redis = await startRedis(t)
  const [first, second] = await threeReplicas(t, redis, { maxSessions: 2 })
  await call(first, 'a')
  await call(second, 'b')
  t.match(await control(first, 'POST', '/sessions', { name: 'c' }), { json: { code: 'too-many-sessions' } })
  t.equal(await call(first, 'b'), 401, 'those that are there go on')
  t.equal(await call(first, 'c'), 429)
})

void t.test('a scenario that is switched on at one replica is active at all', async (t) => {
  const redis = await startRedis(t)
  const scenario = { overrides: [{ operationId: OPERATION, status: 502, times: 3 }, { status: 503 }] }
  const cwd = t.testdir({ scenarios: { 'down.json': JSON.stringify(scenario) } })
  const all = await threeReplicas(t, redis, { cwd })
  await all[0].standin.session().override({ id: 'mine', operationId: OPERATION, status: 500 })
  t.equal((await control(all[1], 'PUT', '/scenario', { name: 'down' })).status, 200)
  for (const one of all) t.match((await control(one, 'GET', '/scenario')).json, { scenario: 'down' })
  t.strictSame(counted(await spread(all, 9)), { 502: 3, 503: 6 })
  const later = await replicaFor(t, redis, { cwd, scenario: 'down' })
  t.equal(await call(later), 503, 'a replica that begins with it does not begin it again')
  await control(all[2], 'DELETE', '/scenario')
  t.strictSame(counted(await spread(all, 9)), { 500: 9 })
  await all[1].standin.session().reset()
  t.strictSame(counted(await spread(all, 9)), { 401: 9 })
})

void t.test('no contract is recorded over replicas', async (t) => {
  const redis = await startRedis(t)
  await t.rejects(createStandin({ store: redis.url, stateless: true, recordPact: 'web', logger: false }), {
    code: 'STANDIN_ERR_USAGE',
    message: /several processes share a store/,
  })
})

void t.test(
  'Redis goes: what is in memory holds, what is counted cannot be; it comes back: all is there',
  async (t) => {
    const redis = await startRedis(t)
    const all = await threeReplicas(t, redis)
    const session = all[0].standin.session()
    await session.override({ operationId: OPERATION, status: 500 })
    await session.override({ operationId: 'getToken', status: 500, times: 2 })
    await redis.stop('SIGKILL')
    t.strictSame(await Promise.all(all.map((one) => call(one))), [500, 500, 500])
    t.match(await answer(all[1], 'GET', '/token-service/client/server/new/v2/token'), {
      status: 503,
      text: /store-failed/,
    })
    t.match(await control(all[2], 'DELETE', '/overrides'), { status: 503 })
    const restored = all.map(({ url }) => reachable(url))
    await redis.start()
    await Promise.all(restored)
    t.strictSame(await Promise.all(all.map((one) => call(one))), [500, 500, 500])
    t.match(await answer(all[1], 'GET', '/token-service/client/server/new/v2/token'), { status: 500 })
    t.match(await session.overrides(), [{ used: 1 }, { used: 6 }])
    const later = await replicaFor(t, redis)
    t.equal(await call(later), 500)
  },
)
