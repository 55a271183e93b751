import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { Connection } from '../../src/store/redis/connection.js'
import { redisLocation } from '../../src/store/redis/location.js'
import { Shared, type SharedOptions } from '../../src/store/redis/shared.js'
import type { Store } from '../../src/store/store.js'
import { runProgram } from '../cli/built.js'
import { demo, failure, put, seedOf, until } from '../store/helper.js'
import { servePets } from './pets.js'
import { type RedisServer, startRedis, redisTest } from './redis-server.js'

// Servers are started and stopped one after the other, and a busy machine takes its time for each.
t.setTimeout(240_000)

// With `everysec` Redis puts off its writes while the disk is busy, so that who kills it may lose some.
const KEPT = ['--appendfsync', 'always']

/** One command, asked by itself. */
async function ask(redis: RedisServer, ...words: [string, ...string[]]): Promise<void> {
  const shared = await Shared.open(`${redis.url}/?prefix=asking`)
  await shared.connection.send(...words)
  await shared.close()
}

async function open(
  t: Test,
  location: string,
  options: SharedOptions = {},
): Promise<{ shared: Shared; store: Store }> {
  const shared = await Shared.open(location, options)
  const store = await shared.openStore(seedOf(demo))
  t.teardown(async () => {
    await store.close()
    await shared.close()
  })
  return { shared, store }
}

void redisTest('a Redis that cannot be used is told at start, each fault by itself', async (t) => {
  const redis = await startRedis(t)
  const locked = await startRedis(t, ['--requirepass', 'right'])
  const follower = await startRedis(t, ['--replicaof', `127.0.0.1 ${redis.port}`])
  const full = await startRedis(t, ['--maxmemory', '1kb'])
  const cluster = await startRedis(t, ['--cluster-enabled', 'yes'])
  await ask(redis, 'SET', 'foreign:{shared}:format', '99')
  await ask(redis, 'RPUSH', 'list:{shared}:format', 'x')
  await ask(redis, 'SET', 'heart:{shared}:replicas', 'x')
  await ask(follower, 'PING').catch(() => {})
  const at = (server: RedisServer, user = '', rest = '') => `redis://${user}127.0.0.1:${server.port}${rest}`
  for (const [location, code, message, options] of [
    ['redis://127.0.0.1:1', 'UNREACHABLE', /ECONNREFUSED/, {}],
    [
      'redis://127.0.0.1:1,127.0.0.1:2',
      'UNREACHABLE',
      /127\.0\.0\.1:1: .*ECONNREFUSED.*127\.0\.0\.1:2: /,
      {},
    ],
    [`${at(redis)},127.0.0.1:1`, 'LOCATION', /only nodes of a cluster are several/, {}],
    ['redis://standin.invalid', 'UNREACHABLE', /standin\.invalid/, {}],
    [at(locked, ':wrong@'), 'ACCESS', /WRONGPASS/, {}],
    [at(locked, 'nobody:right@'), 'ACCESS', /WRONGPASS/, {}],
    [at(locked), 'ACCESS', /NOAUTH/, {}],
    [`${at(locked)},127.0.0.1:1`, 'ACCESS', /NOAUTH/, {}],
    [at(follower), 'READONLY', /replica of another Redis/, {}],
    [at(full), 'FULL', /maxmemory/, {}],
    [at(cluster), 'CLUSTER', /CLUSTERDOWN/, {}],
    [at(redis, '', '/?prefix=foreign'), 'FOREIGN', /foreign:\{shared\}:format .*"99"/, {}],
    [at(redis, '', '/?prefix=list'), 'FOREIGN', /WRONGTYPE/, {}],
    [at(redis, '', '/?prefix=heart'), 'FOREIGN', /heart:\{shared\}:replicas/, {}],
    [at(redis), 'PROMISE', /appendfsync everysec/, { fsync: true }],
    ['rediss://127.0.0.1?ca=/nowhere.pem', 'LOCATION', /nowhere\.pem/, {}],
  ] as const) {
    const fault = await failure(Shared.open(location, options))
    t.equal(fault.code, `STANDIN_ERR_STORE_${code}`, fault.message)
    t.match(fault.message, message)
    t.notMatch(fault.message, /right|wrong@/)
  }
})

void redisTest('the program says it in one line and ends with 2', async (t) => {
  const { code, out, err } = await runProgram(t, t.testdir(), [
    '--store',
    'redis://me:secret@127.0.0.1:1',
    '-p',
    '0',
  ])
  t.equal(code, 2)
  t.equal(out, '')
  t.match(
    err,
    /^standin: The store redis:\/\/127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED.* \[STANDIN_ERR_STORE_UNREACHABLE\]\n$/,
  )
})

void redisTest('a Redis that is not there yet is waited for, which is said once', async (t) => {
  const redis = await startRedis(t)
  await redis.stop()
  const said: string[] = []
  const opening = open(t, redis.url, { waitFor: 300, onMessage: (message) => said.push(message) })
  await until(() => said.length > 0)
  await sleep(600)
  await redis.start()
  await opening
  t.equal(said.length, 1, said.join())
  t.match(said[0], /cannot be reached: .* Waiting for it, 300 seconds at most/)
  const { code } = await failure(Shared.open('redis://127.0.0.1:1', { waitFor: 1 }))
  t.equal(code, 'STANDIN_ERR_STORE_UNREACHABLE', 'no longer than asked')
})

void redisTest('a Redis that keeps nothing, or drops keys, is told', async (t) => {
  const forgetful = ['--appendonly', 'no', '--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru']
  const said: string[] = []
  await open(t, (await startRedis(t, forgetful)).url, { onMessage: (message) => said.push(message) })
  t.match(said, [/does not survive a restart of Redis/, /maxmemory-policy allkeys-lru/])
  await open(t, (await startRedis(t)).url, { onMessage: (message) => said.push(message) })
  t.equal(said.length, 2, 'one that keeps everything is not')
})

void redisTest('Redis goes while a stand-in serves, and comes back', async (t) => {
  const redis = await startRedis(t, KEPT)
  const { add, get, health, isWell } = await servePets(t, redis.url)
  t.equal((await add(1)).statusCode, 201)
  t.equal((await health()).status, 'ok')
  await redis.stop('SIGKILL')
  await until(async () => !(await isWell()))
  const refused = await add(2)
  t.equal(refused.statusCode, 503)
  t.equal(refused.headers['retry-after'], '2')
  t.match(refused.json(), { code: 'store-unavailable', detail: /cannot be reached/ })
  t.equal((await get('/pets/1')).statusCode, 503, 'what is read is state, too')
  t.same((await get('/version')).json(), { version: 7 }, 'others go on')
  const said = await health()
  t.match(said, { status: 'degraded', reason: /ECONN|EPIPE|closed/, store: redis.url })
  t.ok(Date.parse(said.since) <= Date.now())
  await redis.start()
  await until(isWell)
  t.same((await get('/pets/1')).json(), { id: 1, name: 'pet 1' }, 'nothing is lost')
  t.equal((await add(2)).statusCode, 201)
})

void redisTest('a Redis that says nothing counts as gone, and is back when it speaks', async (t) => {
  const redis = await startRedis(t)
  const { add, get, health, isWell } = await servePets(t, redis.url)
  redis.signal('SIGSTOP')
  const refused = await add(1)
  t.equal(refused.statusCode, 503)
  t.match(refused.json().detail, /not known whether|does not answer/)
  t.same((await get('/version')).json(), { version: 7 })
  t.match(await health(), { status: 'degraded', reason: /does not answer|closed/ })
  redis.signal('SIGCONT')
  await until(isWell)
  t.equal((await add(2)).statusCode, 201)
})

void redisTest('a process that was busy does not take its own silence for that of Redis', async (t) => {
  const redis = await startRedis(t)
  const said: string[] = []
  const { store } = await open(t, redis.url, { onMessage: (message) => said.push(message) })
  await put(store, '1', {})
  for (let round = 0; round < 2; round++) {
    const changed = put(store, `busy ${round}`, {})
    // It is on its way, and the answer comes while nobody reads it.
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000)
    await changed
  }
  t.strictSame(said, [])
})

void redisTest('a Redis that says nothing is missed by who asks it nothing', async (t) => {
  const redis = await startRedis(t)
  const connection = await Connection.open(redisLocation(redis.url))
  t.teardown(() => connection.close())
  redis.signal('SIGSTOP')
  await until(() => !connection.reachability.up)
  t.match(connection.trouble?.reason, /does not answer|closed/)
  redis.signal('SIGCONT')
  await until(() => connection.reachability.up)
})

void redisTest('a change that was under way when Redis went is never told to be done', async (t) => {
  const redis = await startRedis(t, KEPT)
  const { store } = await open(t, redis.url)
  await put(store, '1', {})
  redis.signal('SIGSTOP')
  const changed = failure(put(store, '2', {}))
  const reset = failure(store.reset('another'))
  const read = failure(store.read('other'))
  await sleep(100)
  await redis.stop('SIGKILL')
  t.match(await changed, { code: 'STANDIN_ERR_STORE_UNCERTAIN', message: /Look before you make it again/ })
  t.equal((await reset).code, 'STANDIN_ERR_STORE_UNCERTAIN', 'it may have been reset')
  t.equal((await read).code, 'STANDIN_ERR_STORE_UNREACHABLE')
  t.equal((await failure(put(store, '3', {}))).code, 'STANDIN_ERR_STORE_UNREACHABLE', 'this one was not')
  await redis.start()
  await until(async () => (await failure(store.read(''))).code === 'none')
  t.same([...(await store.read('')).list('accounts').keys()].slice(0, 1), ['1'])
})

type Words = readonly [string, ...string[]]
const FAULTS: readonly (readonly [fault: Words, mended: Words, detail: RegExp])[] = [
  [['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0'], /is full/],
  [['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE'], /is a replica of another Redis/],
]

void redisTest(
  'a Redis that is full, and one that has become a replica, are told and can be read',
  async (t) => {
    const redis = await startRedis(t)
    const { add, get, health, isWell } = await servePets(t, redis.url)
    t.equal((await add(1)).statusCode, 201)
    for (const [index, [fault, mended, detail]] of FAULTS.entries()) {
      const id = index + 2
      const control = await Shared.open(`${redis.url}/?prefix=control`)
      await control.connection.send(...fault)
      const refused = await add(id)
      t.equal(refused.statusCode, 503)
      t.match(refused.json(), { code: 'store-unavailable', detail })
      t.same((await get('/pets/1')).json(), { id: 1, name: 'pet 1' })
      await until(async () => !(await isWell()))
      t.match(await health(), { status: 'degraded', reason: detail })
      await control.connection.send(...mended)
      await control.close()
      await until(isWell)
      t.equal((await add(id)).statusCode, 201)
      t.equal((await get(`/pets/${id}`)).statusCode, 200)
    }
  },
)

void redisTest('a secret outlives the Redis that has lost it', async (t) => {
  const redis = await startRedis(t, ['--appendonly', 'no'])
  const { store, shared } = await open(t, redis.url)
  const secret = await store.secret('jwe')
  await redis.stop('SIGKILL')
  await redis.start()
  await until(() => shared.connection.reachability.up)
  const { store: other } = await open(t, redis.url)
  await until(async () => Buffer.from(await store.secret('jwe')).equals(await other.secret('jwe')))
  t.same(await other.secret('jwe'), secret)
})

void redisTest('replicas of Redis confirm what is answered, where that is asked', async (t) => {
  const redis = await startRedis(t)
  const { store } = await open(t, redis.url, { confirmedBy: 1 })
  t.match(await failure(put(store, '1', {})), {
    code: 'STANDIN_ERR_STORE_UNCERTAIN',
    message: /0 of 1 replicas of Redis confirmed it within 1000 ms/,
  })
  await startRedis(t, ['--replicaof', `127.0.0.1 ${redis.port}`])
  await until(async () => (await failure(put(store, '2', {}))).code === 'none')
  t.same([...(await store.read('')).list('accounts').keys()], ['1', '2', '100', '200'])
  await Promise.all(Array.from({ length: 50 }, (_, index) => put(store, 'many', { index })))
  await store.reset('')
})

void redisTest('what is answered is on the disk of Redis, where that is asked', async (t) => {
  const redis = await startRedis(t, ['--appendfsync', 'always'])
  const { store, shared } = await open(t, redis.url, { fsync: true })
  await put(store, '1', {})
  const control = await Shared.open(`${redis.url}/?prefix=control`)
  t.teardown(() => control.close())
  // One that is set up otherwise takes its place.
  await control.connection.send('CONFIG', 'SET', 'appendfsync', 'no')
  await control.connection.send('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await until(() => /appendfsync no/.test(shared.connection.trouble?.reason ?? ''))
  t.equal((await failure(put(store, '2', {}))).code, 'STANDIN_ERR_STORE_PROMISE')
  await control.connection.send('CONFIG', 'SET', 'appendfsync', 'always')
  await until(() => shared.connection.reachability.up)
  await put(store, '2', {})
})
