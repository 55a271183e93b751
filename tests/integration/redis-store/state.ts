import t, { type Test } from 'tap'
import type { StateReader } from '../../../src/respond/state.js'
import { createStandin } from '../../../src/standin.js'
import { Connection } from '../../../src/store/redis/connection.js'
import { redisLocation } from '../../../src/store/redis/location.js'
import { Shared } from '../../../src/store/redis/shared.js'
import { openRedisStore } from '../../../src/store/redis/store.js'
import type { Seed, Store } from '../../../src/store/store.js'
import { demo, failure, put, seedOf, until } from '../../store/helper.js'
import { modelSeed, testModel } from '../../store/model.js'
import { testStore } from '../../store/table.js'
import { type RedisServer, startRedis, redisTest } from '../redis-server.js'

t.setTimeout(240_000)

const redis = await startRedis(t)
// One node of a cluster that holds all slots refuses commands whose keys are in several.
const cluster = await startRedis(t, ['--cluster-enabled', 'yes'])
let places = 0
const placeOfItsOwn = ({ url } = redis): string => `${url}/?prefix=place-${places++}`

/** One command on a connection of its own, whatever state the server is in. */
async function command({ url }: RedisServer, ...words: readonly [string, ...string[]]): Promise<string> {
  const connection = await Connection.open(redisLocation(url))
  try {
    return String(await connection.send(...words))
  } finally {
    await connection.close()
  }
}

/** A store that takes its connection with it when it is closed. */
async function openAlone(location: string, seed: Seed): Promise<Store> {
  const shared = await Shared.open(location)
  const store = await shared.openStore(seed)
  const closing = store.close.bind(store)
  store.close = async () => {
    await closing()
    await shared.close()
  }
  return store
}

void redisTest('all slots of the cluster are at its one node', async (t) => {
  await command(cluster, 'CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await until(async () => (await command(cluster, 'CLUSTER', 'INFO')).includes('cluster_state:ok'))
  t.match(await failure(command(cluster, 'MGET', 'a', 'b')), { message: /CROSSSLOT/ })
})

for (const [name, server] of [
  ['redis', redis],
  ['cluster', cluster],
] as const) {
  testStore(t, {
    name,
    durable: true,
    place: async () => {
      const location = placeOfItsOwn(server)
      return (seed) => openAlone(location, seed)
    },
  })
}

void redisTest('the Redis store behaves as a Map does, and so does a second one beside it', async (t) => {
  const place = () => {
    const location = placeOfItsOwn()
    const open = () => openAlone(location, modelSeed)
    // What another process sees at this moment is what a crash would leave.
    return { durable: true, open, crash: open }
  }
  await testModel(t, place, { numRuns: 60, seed: 3 })
})

const increment = (store: Store, session = '', id = 'hits'): Promise<number> =>
  store.update(session, (state) => {
    const count = Number(state.get('counts', id)?.['count'] ?? 0) + 1
    state.put('counts', id, { count })
    return count
  })

for (const replicas of [2, 3]) {
  void redisTest(`${replicas} stores over one Redis count exactly`, async (t) => {
    const location = placeOfItsOwn()
    const stores = await Promise.all(
      Array.from({ length: replicas }, () => openAlone(location, seedOf(demo))),
    )
    t.teardown(() => Promise.all(stores.map((store) => store.close())))
    const sessions = ['', 'one', 'two']
    const seen = await Promise.all(
      sessions.map((session) =>
        Promise.all(
          stores.flatMap((store) =>
            // Some at once, which share commits, and some one after another.
            Array.from({ length: 10 }, async () => {
              const counts: number[] = []
              for (let turn = 0; turn < 10; turn++) counts.push(await increment(store, session))
              return counts
            }),
          ),
        ),
      ),
    )
    for (const [index, session] of sessions.entries()) {
      t.equal(new Set(seen[index]?.flat()).size, replicas * 100, 'each saw a count of its own')
      for (const store of stores) {
        t.same((await store.read(session)).get('counts', 'hits'), { count: replicas * 100 })
      }
    }
    t.same((await stores[0]?.sessions())?.toSorted(), ['one', 'two'])
  })
}

/** Two stores over one place. */
async function two(t: Test, seed: Seed = seedOf(demo)): Promise<readonly [Store, Store]> {
  const location = placeOfItsOwn()
  const stores = [await openAlone(location, seed), await openAlone(location, seed)] as const
  t.teardown(() => Promise.all(stores.map((store) => store.close())))
  return stores
}

void redisTest('what one acknowledged the other sees at once', async (t) => {
  const [one, other] = await two(t)
  const ids = ['b', '10', 'a', '9', '100']
  for (const [index, id] of ids.entries()) {
    await put(one, id, { index })
    t.same((await other.read('')).get('accounts', id), { index })
  }
  await other.update('', (state) => {
    state.delete('accounts', 'b')
    state.delete('accounts', '200')
  })
  await put(one, 'b', { index: 9 })
  await put(other, 'c', {})
  const order = ['9', '10', '100', 'a', 'b', 'c']
  for (const store of [one, other]) t.same([...(await store.read('')).list('accounts').keys()], order)
})

void redisTest('one that has missed much, or everything, sees what is', async (t) => {
  const [one, other] = await two(t)
  await put(one, 'first', {})
  await other.read('')
  for (let turn = 0; turn < 100; turn++) await put(one, `id-${turn % 7}`, { turn })
  t.same((await other.read('')).get('accounts', 'id-1'), { turn: 99 })
  // More than is logged, and more than Lua takes at once.
  await one.update('', (state) => {
    for (let index = 0; index < 6000; index++) state.put('many', `n${index}`, { index })
  })
  t.equal((await other.read('')).list('many').size, 6000)
  await other.update('', (state) => {
    for (let index = 0; index < 5000; index++) state.delete('many', `n${index}`)
  })
  t.same([...(await one.read('')).list('many').keys()][0], 'n5000')
})

void redisTest('a reset is seen by the other, whatever has come since', async (t) => {
  const [one, other] = await two(t)
  await put(one, '100', { name: 'changed' }, 's')
  await put(one, '1', {}, 's')
  t.equal((await other.read('s')).list('accounts').size, 3)
  await one.reset('s')
  t.same([...(await other.read('s')).list('accounts').keys()], ['100', '200'])
  t.same(await other.sessions(), [])
  await put(other, '2', {}, 's')
  await one.reset('s')
  await put(one, '3', {}, 's')
  await put(one, '4', {}, 's')
  t.same([...(await other.read('s')).list('accounts').keys()], ['3', '4', '100', '200'])
  t.same(await one.sessions(), ['s'])
})

void redisTest('a change runs again on what is new, and so does one that refuses', async (t) => {
  const [one, other] = await two(t)
  await put(other, '1', { pin: 'old' })
  await one.read('')
  await put(other, '1', { pin: 'new' })
  const check = (state: StateReader): string => {
    if (state.get('accounts', '1')?.['pin'] !== 'new') throw new RangeError('the copy is old')
    return 'seen'
  }
  t.equal(await one.update('', check), 'seen')
  await other.update('', (state) => state.delete('accounts', '1'))
  await t.rejects(one.update('', check), RangeError)
})

void redisTest('more sessions and documents than copies are kept of', async (t) => {
  const shared = await Shared.open(placeOfItsOwn())
  const store = await openRedisStore(shared.connection, seedOf(demo), {
    limits: { sessions: 3, documents: 4 },
  })
  t.teardown(async () => {
    await store.close()
    await shared.close()
  })
  const sessions = Array.from({ length: 8 }, (_, index) => `s${index}`)
  for (let turn = 1; turn <= 3; turn++) {
    const counts = await Promise.all(sessions.map((session) => increment(store, session)))
    t.same(new Set(counts), new Set([turn]))
    await Promise.all(sessions.map((session) => put(store, `${turn}`, {}, session)))
  }
  for (const session of sessions) t.equal((await store.read(session)).list('accounts').size, 5)
})

void redisTest('a thousand sessions that changed little cost under 10 KB each', async (t) => {
  const location = placeOfItsOwn()
  const store = await openAlone(location, seedOf(demo))
  const shared = await Shared.open(location)
  t.teardown(async () => {
    await shared.close()
    await store.close()
  })
  const used = async (): Promise<number> => {
    const info = String(await shared.connection.send('INFO', 'memory'))
    return Number(/used_memory:(\d+)/.exec(info)?.[1])
  }
  const before = await used()
  const names = Array.from({ length: 1000 }, (_, index) => `session-${index}`)
  await Promise.all(
    names.map(async (session) => {
      for (const id of ['100', '1', '2']) {
        await put(store, id, { name: 'Someone', email: 'someone@example.com', pin: id }, session)
        await increment(store, session)
      }
    }),
  )
  const each = ((await used()) - before) / names.length
  t.comment(`${Math.round(each)} bytes each`)
  t.ok(each > 100 && each < 10_000, `${each} bytes each`)
})

void redisTest('what is at a key of ours and is not ours is told, with the key', async (t) => {
  const location = placeOfItsOwn()
  const store = await openAlone(location, seedOf(demo))
  const shared = await Shared.open(location)
  t.teardown(async () => {
    await shared.close()
    await store.close()
  })
  const key = shared.connection.keys.session('s', 'state')
  await shared.connection.send('HSET', key, 'version', 'x:1', 'colour', 'red')
  const read = await failure(store.read('s'))
  t.equal(read.code, 'STANDIN_ERR_STORE_FOREIGN')
  t.ok(read.message.includes(key), read.message)
  await shared.connection.send('HDEL', key, 'colour')
  t.equal((await store.read('s')).list('accounts').size, 2)
})

void redisTest('snapshots are shared, and so is what two stand-ins remember', async (t) => {
  for (const server of [redis, cluster]) {
    const store = placeOfItsOwn(server)
    const [one, other] = await Promise.all([1, 2].map(() => createStandin({ store, logger: false })))
    if (!one || !other) throw new Error('There are two')
    t.teardown(() => Promise.all([one.close(), other.close()]))
    const state = (url: string, method: 'GET' | 'PUT' | 'POST' = 'GET', payload?: object) => ({
      url: `/_standin/v1/${url}`,
      method,
      ...(payload && { payload }),
    })
    const text = '{"amount":14.0,"id":12345678901234567890}'
    const headers = { 'content-type': 'application/json' }
    await one.inject({ ...state('state/orders/1?session=s', 'PUT'), payload: text, headers })
    t.equal((await other.inject(state('state/orders/1?session=s'))).body, text, 'digits are kept')
    t.ok((await one.inject(state('snapshots/before?session=s', 'PUT'))).statusCode < 300)
    await other.inject(state('state/orders/2?session=s', 'PUT', { id: 2 }))
    t.match((await other.inject(state('snapshots'))).body, /"before"/)
    t.ok((await other.inject(state('snapshots/before/restore?session=s', 'POST'))).statusCode < 300)
    t.equal((await one.inject(state('state/orders/1?session=s'))).body, text)
    t.equal((await one.inject(state('state/orders/2?session=s'))).statusCode, 404)
    t.match(await one.inject('/_standin/health').then((reply) => reply.json()), { status: 'ok', store })
  }
})
