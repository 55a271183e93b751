import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createStandin } from '../../src/index.js'
import { Sessions } from '../../src/steer/sessions.js'
import { SharedNames } from '../../src/steer/shared-names.js'
import { errors } from '../../src/errors.js'
import { SharedSteering } from '../../src/steer/shared-steering.js'
import { SessionNames } from '../../src/store/redis/session-names.js'
import { until } from '../store/helper.js'
import { list } from '../../src/store/redis/answers.js'
import { Shared } from '../../src/store/redis/shared.js'
import { startRedis, redisTest } from './redis-server.js'
import { call, control, counted, OPERATION, type Replica, threeReplicas } from './shared-standins.js'

t.setTimeout(300_000)

void redisTest('a session is one, whichever replica is asked, and gone everywhere at once', async (t) => {
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
  t.strictSame(counted(made.map(({ status }) => status)), { 201: 1, 409: 2 }, 'made once')
  const dropped = await Promise.all(all.map((one) => control(one, 'DELETE', '/sessions/a')))
  t.strictSame(counted(dropped.map(({ status }) => status)), { 204: 1, 404: 2 }, 'dropped once')
  for (const one of all) t.strictSame(await names(one), ['', 'b'])
  t.strictSame(await Promise.all(all.map((one) => call(one, 'a'))), [401, 401, 401])
  t.match(await control(second, 'POST', '/sessions', { name: 'c', recordPact: 'web' }), {
    status: 400,
    json: { code: 'bad-control-request', detail: /several processes share a store/ },
  })
  t.match(await control(third, 'GET', '/sessions/c'), { status: 404 })
})

void redisTest('an idle session ends once, everywhere; one that is used anywhere goes on', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis, { sessionIdle: 3 })
  const [first, second, third] = all
  await first.standin.session('idle').override({ operationId: OPERATION, status: 500 })
  await first.standin.session('used').override({ operationId: OPERATION, status: 500 })
  const isThere = async (name: string): Promise<boolean> =>
    (await control(third, 'GET', `/sessions/${name}`)).status === 200
  while (await isThere('idle')) t.equal(await call(second, 'used'), 500)
  t.equal(await call(first, 'used'), 500)
  // Its name goes first, and each replica is told a moment later.
  for (const one of all) while ((await call(one, 'idle')) !== 401) await sleep(5)
})

void redisTest('a session begins once from a snapshot, whichever replicas are asked first', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis, { stateless: false })
  const [first, second] = all
  await control(first, 'PUT', '/state/notes/1', { text: 'of the snapshot' })
  await control(first, 'PUT', '/snapshots/demo')
  await Promise.all(all.flatMap((one) => [call(one, 'w1; snapshot=demo'), call(one, 'w1; snapshot=demo')]))
  await control(second, 'PUT', '/state/notes/1?session=w1', { text: 'changed' })
  for (const one of all) {
    await call(one, 'w1; snapshot=demo')
    t.match((await control(one, 'GET', '/state?session=w1')).json, { notes: { 1: { text: 'changed' } } })
    t.equal(await call(one, 'w1; snapshot=other'), 400, 'there is no such snapshot')
  }
  await control(second, 'PUT', '/snapshots/other')
  for (const one of all) t.equal(await call(one, 'w1; snapshot=other'), 409)
})

void redisTest('sessions are bounded over all replicas where they are made', async (t) => {
  const redis = await startRedis(t)
  const [first, second] = await threeReplicas(t, redis, { maxSessions: 2 })
  await call(first, 'a')
  await call(second, 'b')
  t.match(await control(first, 'POST', '/sessions', { name: 'c' }), { json: { code: 'too-many-sessions' } })
  t.equal(await call(first, 'b'), 401, 'those that are there go on')
  t.equal(await call(first, 'c'), 429)
})

void redisTest('sessions of a full Redis can be listed, and dropped to make room', async (t) => {
  const redis = await startRedis(t, ['--maxmemory', '6mb', '--maxmemory-policy', 'noeviction'])
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  const names = new SharedNames(shared.sessions, shared.replicas)
  await names.adopt(['a', 'b'])
  const fill = async (size: number): Promise<never> => {
    for (let at = 0; ; at++) await shared.connection.send('SET', `filler${size}-${at}`, 'x'.repeat(size))
  }
  for (const size of [64_000, 1000, 10]) {
    await t.rejects(fill(size), { code: 'STANDIN_ERR_STORE_FULL' })
  }
  for (const name of ['', 'b']) names.touch(name)
  t.equal(await names.remove('a'), true)
  t.strictSame(
    (await names.list()).map(({ name }) => name),
    ['', 'b'],
  )
  t.equal(await names.isToLook(1000), true, 'what is idle makes room, too')
})

void redisTest('a session goes from a full Redis at once, with all that it holds', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis, { stateless: false })
  const [first, second] = all
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  await control(first, 'PUT', '/state/notes/1?session=a', { text: 'here' })
  await control(first, 'PUT', '/overrides/one?session=a', { operationId: OPERATION, status: 500 })
  t.equal(await call(second, 'a'), 500)
  await shared.connection.send('CONFIG', 'SET', 'maxmemory', '1')
  // What cannot be written any more, of this session and of others.
  for (const one of all) for (const session of ['a', 'b']) await call(one, session)
  t.equal((await control(second, 'DELETE', '/sessions/a')).status, 204)
  for (const one of all) t.equal((await control(one, 'GET', '/sessions/a')).status, 404)
  const left = await shared.connection.send('KEYS', '*{session:a}*')
  t.strictSame(left, ['standin:{session:a}:calls-head'], 'but for its last number, for an hour')
  await shared.connection.send('CONFIG', 'SET', 'maxmemory', '0')
})

void redisTest('a call that is under way when its session is dropped leaves nothing behind', async (t) => {
  const redis = await startRedis(t)
  const [first, second] = await threeReplicas(t, redis)
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  const path = '/overrides/slow?session=a'
  await control(first, 'PUT', path, { operationId: OPERATION, status: 500, delay: 600_000 })
  const slow = call(second, 'a')
  const entries = async (): Promise<unknown> =>
    (await control(first, 'GET', '/journal?session=a')).json['entries']
  while (JSON.stringify(await entries()) === '[]') await sleep(5)
  t.equal((await control(first, 'DELETE', '/sessions/a')).status, 204)
  // It sends what is held back, and writes what is left to write.
  await second.standin.close()
  t.equal(await slow, 500)
  const [key, ...others] = list(await shared.connection.send('KEYS', '*{session:a}*')).map(String)
  t.strictSame(others, [])
  t.ok(Number(await shared.connection.send('TTL', key ?? '')) > 0, `${key} goes by itself`)
})

void redisTest('a session that cannot be ended is there again', async (t) => {
  const redis = await startRedis(t)
  const [first, second] = await threeReplicas(t, redis)
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  await call(first, 'a')
  const key = shared.connection.keys.session('a', 'calls-head')
  t.match(await control(second, 'GET', '/journal?session=a'), { status: 200 })
  await shared.connection.send('SET', key, 'not ours')
  t.match(await control(first, 'DELETE', '/sessions/a'), { status: 503, json: { detail: /calls-head/ } })
  t.equal((await control(second, 'GET', '/sessions/a')).status, 200)
  await shared.connection.send('DEL', key)
  t.equal((await control(second, 'DELETE', '/sessions/a')).status, 204)
  t.equal((await control(first, 'GET', '/sessions/a')).status, 404)
})

void redisTest('what keeps a process from looking for idle sessions is told once', async (t) => {
  const redis = await startRedis(t)
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  let looked = 0
  let failure: Error = new errors.STANDIN_ERR_STORE_READONLY(redis.url, 'READONLY')
  class Failing extends SessionNames {
    override async isToLook(): Promise<boolean> {
      looked++
      throw failure
    }
  }
  const { replicas, steering: records } = shared
  const told: unknown[] = []
  const onFailure = (error: unknown): void => void told.push(error)
  const sessions = new Sessions({
    store: undefined,
    journals: undefined,
    shared: {
      names: new SharedNames(new Failing(shared.connection), replicas),
      steering: new SharedSteering({ records, replicas, onFailure }),
    },
    limit: 10,
    idle: 1,
    onFailure,
  })
  t.teardown(() => sessions.close())
  await sessions.adopt()
  await until(() => looked > 3)
  t.strictSame(told, [failure])
  failure = new errors.STANDIN_ERR_STORE_UNREACHABLE(redis.url, 'it was closed')
  const before = looked
  await until(() => looked > before + 3)
  t.equal(told.length, 1, 'that Redis is away its connection tells')
})

void redisTest('no contract is recorded over replicas', async (t) => {
  const redis = await startRedis(t)
  await t.rejects(createStandin({ store: redis.url, stateless: true, recordPact: 'web', logger: false }), {
    code: 'STANDIN_ERR_USAGE',
    message: /several processes share a store/,
  })
})

void redisTest('state goes with its session, whichever replica ends it', async (t) => {
  const redis = await startRedis(t)
  const all = await threeReplicas(t, redis, { stateless: false, sessionIdle: 3 })
  const [first, second, third] = all
  const notes = async (one: Replica, session: string): Promise<unknown> =>
    (await control(one, 'GET', `/state?session=${session}`)).json['notes']
  for (const session of ['dropped', 'idle', '']) {
    await control(first, 'PUT', `/state/notes/1?session=${session}`, { text: session })
    t.match(await notes(second, session), { 1: { text: session } })
  }
  t.equal((await control(third, 'DELETE', '/sessions/dropped')).status, 204)
  for (const one of all) t.equal(await notes(one, 'dropped'), undefined)
  const isThere = async (name: string): Promise<boolean> =>
    (await control(third, 'GET', `/sessions/${name}`)).status === 200
  while (await isThere('idle')) await call(first)
  for (const one of all) {
    t.equal(await notes(one, 'idle'), undefined)
    t.match(await notes(one, ''), { 1: { text: '' } })
  }
  await control(first, 'PUT', '/state/notes/1?session=left', { text: 'left' })
  await Promise.all(all.map(({ standin }) => standin.close()))
  // As a process leaves it that is killed while it ends a session.
  const shared = await Shared.open(redis.url)
  await shared.sessions.remove('left')
  await shared.close()
  const later = await threeReplicas(t, redis, { stateless: false, sessionIdle: 3 })
  t.equal((await control(later[0], 'GET', '/sessions/left')).status, 200)
  while ((await control(later[1], 'GET', '/sessions/left')).status === 200) await call(later[0])
  t.equal(await notes(later[2], 'left'), undefined, 'what an earlier run left ends like others')
})

void redisTest(
  'a scenario sets the state at every replica, and a snapshot can be begun from at any',
  async (t) => {
    const redis = await startRedis(t)
    const scenario = {
      state: { notes: { 1: { text: 'set' } } },
      overrides: [{ operationId: OPERATION, status: 503 }],
    }
    const cwd = t.testdir({ scenarios: { 'down.json': JSON.stringify(scenario) } })
    const all = await threeReplicas(t, redis, { stateless: false, cwd })
    const [first, second, third] = all
    await control(first, 'PUT', '/scenario?session=a', { name: 'down' })
    for (const one of all) {
      t.match((await control(one, 'GET', '/state?session=a')).json, { notes: { 1: { text: 'set' } } })
      t.equal(await call(one, 'a'), 503)
    }
    await control(second, 'PUT', '/snapshots/noted?session=a')
    await control(first, 'DELETE', '/sessions/a')
    await control(third, 'POST', '/sessions', { name: 'b', snapshot: 'noted' })
    for (const one of all) {
      t.match((await control(one, 'GET', '/state?session=b')).json, { notes: { 1: { text: 'set' } } })
      t.equal(await call(one, 'b'), 401)
    }
  },
)
