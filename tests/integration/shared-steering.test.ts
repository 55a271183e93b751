import { Redis } from 'ioredis'
import t from 'tap'
import { request } from 'undici'
import { createStandin, type Override } from '../../src/index.js'
import { errors } from '../../src/errors.js'
import { prepareOverride } from '../../src/steer/prepared-override.js'
import { SharedSteering } from '../../src/steer/shared-steering.js'
import type { Replicas } from '../../src/store/redis/replicas.js'
import { Shared } from '../../src/store/redis/shared.js'
import { startProgram } from '../cli/built.js'
import { startRedis, redisTest } from './redis-server.js'
import {
  answer,
  call,
  control,
  counted,
  OPERATION,
  reachable,
  replicaFor,
  type Replica,
  spread,
  text,
  threeReplicas,
} from './shared-standins.js'

t.setTimeout(300_000)

void redisTest(
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

void redisTest('what is for some calls is for exactly as many over all replicas', async (t) => {
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

void redisTest('what is not limited is counted all the same', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  await all[0].standin.session().override({ id: 'all', operationId: OPERATION, status: 500 })
  t.strictSame(counted(await spread(all, 30)), { 500: 30 })
  for (const { standin } of all) t.match(await standin.session().overrides(), [{ used: 30, spent: false }])
})

void redisTest('a spent override leaves the call to the next', async (t) => {
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

void redisTest('chance with a seed is the same over three processes as in one', async (t) => {
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

void redisTest('changes at once, from all sides, are all kept, and refused as by one process', async (t) => {
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
  t.strictSame(counted(twice.map(({ status }) => status)), { 201: 1, 409: 2 })
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

void redisTest('numbers of a body keep their digits from replica to replica', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis)
  const body = '{"operationId": "login", "body": {"id": 12345678901234567890, "price": 14.0}}'
  const headers = { 'content-type': 'application/json' }
  await (await request(`${all[0].url}/_standin/v1/overrides`, { method: 'POST', headers, body })).body.dump()
  for (const one of all) t.equal(await text(one), '{"id":12345678901234567890,"price":14.0}')
})

void redisTest('a scenario that is switched on at one replica is active at all', async (t) => {
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

void redisTest(
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
      text: /store-(failed|unavailable)/,
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

void redisTest('a change that was kept but could not be told is told when Redis is back', async (t) => {
  const redis = await startRedis(t)
  const [here, there] = await Promise.all([Shared.open(redis.url), Shared.open(redis.url)])
  t.teardown(() => Promise.all([here.close(), there.close()]))
  let isLost = true
  const replicas: Pick<Replicas, 'on' | 'tell'> = {
    on: (...topic) => here.replicas.on(...topic),
    tell: async (...news) => {
      if (isLost) throw new errors.STANDIN_ERR_STORE_UNREACHABLE(redis.url, 'the connection was closed')
      await here.replicas.tell(...news)
    },
  }
  const onFailure = (error: unknown): void => void t.fail(String(error))
  const one = new SharedSteering({ records: here.steering, replicas, onFailure })
  const other = new SharedSteering({ records: there.steering, replicas: there.replicas, onFailure })
  const prepared = await prepareOverride({ status: 500 })
  await t.rejects(
    one.change('a', (overrides) => overrides.add(prepared)),
    { code: 'STANDIN_ERR_STORE_UNREACHABLE' },
  )
  isLost = false
  await one.load()
  t.equal(one.overrides('a')?.size, 1)
  t.equal(other.overrides('a')?.size, 1)
})

void redisTest('a session is dropped everywhere by who knew nothing of what steers it', async (t) => {
  const redis = await startRedis(t)
  const [here, there] = await Promise.all([Shared.open(redis.url), Shared.open(redis.url)])
  t.teardown(() => Promise.all([here.close(), there.close()]))
  const onFailure = (error: unknown): void => void t.fail(String(error))
  const one = new SharedSteering({ records: here.steering, replicas: here.replicas, onFailure })
  const prepared = await prepareOverride({ status: 500 })
  await one.change('a', (overrides) => overrides.add(prepared))
  // It comes later and reads nothing, as one that was cut off.
  const other = new SharedSteering({ records: there.steering, replicas: there.replicas, onFailure })
  t.equal(other.overrides('a'), undefined)
  await other.drop('a')
  t.equal(one.overrides('a'), undefined)
  t.equal(await here.steering.read('a'), undefined)
})

void redisTest('a replica that is killed holds up no change', async (t) => {
  const redis = await startRedis(t)
  const staying = await replicaFor(t, redis)
  const program = startProgram(t, t.testdir(), ['--store', redis.url, '--stateless', '--port', '0'])
  const dying = { standin: staying.standin, url: await program.serving() }
  await control(dying, 'PUT', '/overrides/one', { operationId: OPERATION, status: 500, times: 3 })
  t.equal(await call(dying), 500)
  program.child.kill('SIGKILL')
  await program.ended
  t.equal(await call(staying), 500, 'what it had set and used counts')
  const body = { operationId: OPERATION, status: 502, times: 2 }
  t.equal((await control(staying, 'PUT', '/overrides/two', body)).status, 200)
  t.strictSame(await spread([staying], 5), [502, 502, 500, 401, 401])
})

void redisTest('everything steers on a Redis Cluster too', async (t) => {
  const redis = await startRedis(t, ['--cluster-enabled', 'yes'])
  const cluster = new Redis(redis.url)
  t.teardown(() => cluster.disconnect())
  await cluster.call('CLUSTER', 'ADDSLOTSRANGE', 0, 16383)
  while (!String(await cluster.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) await cluster.ping()
  const all = await threeReplicas(t, redis, { stateless: false })
  await control(all[0], 'PUT', '/overrides/one?session=a', { status: 500, times: 2 })
  await control(all[0], 'PUT', '/overrides/two?session=b', { status: 502, probability: 1, seed: 1 })
  t.strictSame(await Promise.all(all.map((one) => call(one, 'b'))), [502, 502, 502])
  t.equal((await control(all[1], 'DELETE', '/sessions/a')).status, 204)
  t.strictSame(await Promise.all(all.map((one) => call(one, 'a'))), [401, 401, 401])
  t.match((await control(all[2], 'GET', '/overrides?session=b')).json, { overrides: [{ used: 3 }] })
})

void redisTest('a record that says nothing known is told, and the rest goes on', async (t) => {
  const redis = await startRedis(t)
  const client = new Redis(redis.url)
  t.teardown(() => client.disconnect())
  const one = await replicaFor(t, redis)
  await control(one, 'PUT', '/overrides/one?session=a', { status: 500 })
  await client.hset('standin:{session:a}:steering', 'revision', 'x', 'text', '{"of": "a later version"}')
  t.match(await control(one, 'PUT', '/overrides/two?session=a', { status: 501 }), {
    status: 503,
    json: { detail: /standin:\{session:a\}:steering/ },
  })
  t.equal(await call(one, 'a'), 500)
  const other = await replicaFor(t, redis)
  t.equal((await control(other, 'PUT', '/overrides/two', { status: 501 })).status, 200)
  t.equal(await call(one), 501)
  await control(other, 'POST', '/reset?session=a')
  t.equal((await control(other, 'PUT', '/overrides/two?session=a', { status: 501 })).status, 200)
  t.equal(await call(one, 'a'), 501)
})
