import t, { type Test } from 'tap'
import { errorCode } from '../../../src/store/failure.js'
import { Shared, type SharedOptions } from '../../../src/store/redis/shared.js'
import { Keys } from '../../../src/store/redis/keys.js'
import type { Seed, Store } from '../../../src/store/store.js'
import { demo, failure, put, seedOf, until } from '../../store/helper.js'
import { testStore } from '../../store/table.js'
import { ask } from '../../serve/control/helper.js'
import { servePets } from '../pets.js'
import { type ClusterNode, type RedisCluster, startCluster } from '../redis-cluster.js'
import { redisTest } from '../redis-server.js'

t.setTimeout(300_000)

const cluster = await startCluster(t)
let places = 0
const placeOfItsOwn = ({ url }: RedisCluster = cluster): string => `${url}/?prefix=place-${places++}`

const prefixOf = (location: string): string => new URL(location).searchParams.get('prefix') ?? ''

/** A store that takes its connection with it when it is closed. */
async function openAlone(
  location: string,
  seed: Seed = seedOf(demo),
  options?: SharedOptions,
): Promise<Store> {
  const shared = await Shared.open(location, options)
  const store = await shared.openStore(seed)
  const closing = store.close.bind(store)
  store.close = async () => {
    await closing()
    await shared.close()
  }
  return store
}

testStore(t, {
  name: 'three nodes',
  durable: true,
  place: async () => {
    const location = placeOfItsOwn()
    return (seed) => openAlone(location, seed)
  },
})

/** Sessions, so many of each node. */
async function sessionsOf(
  { ownerOf, nodes }: RedisCluster,
  location: string,
  count: number,
): Promise<Map<ClusterNode, string[]>> {
  const keys = new Keys(prefixOf(location))
  const found = new Map<ClusterNode, string[]>(nodes.map((node) => [node, []]))
  for (let number = 0; [...found.values()].some(({ length }) => length < count); number++) {
    const session = `s${number}`
    const some = found.get(await ownerOf(keys.session(session, 'state')))
    if (some && some.length < count) some.push(session)
  }
  return found
}

void redisTest('sessions are spread over the nodes, and any of them may be named', async (t) => {
  const location = placeOfItsOwn()
  const store = await openAlone(location)
  const [, second, third] = cluster.nodes
  const other = await openAlone(location.replace(`:${new URL(location).port}`, `:1,127.0.0.1:${third.port}`))
  t.teardown(() => Promise.all([store.close(), other.close()]))
  const sessions = Array.from({ length: 40 }, (_, index) => `session-${index}`)
  await Promise.all(sessions.map((session) => put(store, '1', { session }, session)))
  for (const session of sessions) t.same((await other.read(session)).get('accounts', '1'), { session })
  t.same((await other.sessions()).toSorted(), sessions.toSorted())
  const keys = await Promise.all(
    cluster.nodes.map(async ({ ask }) =>
      String(await ask('KEYS', `${prefixOf(location)}:{session:*}:state`)).split(','),
    ),
  )
  for (const some of keys) t.ok(some.length > 1, some.join())
  t.equal(keys.flat().length, sessions.length)
  t.not(second.port, third.port)
})

const add = (store: Store, session: string, id: string): Promise<void> =>
  store.update(session, (state) => {
    state.put('hits', id, { id })
    state.put('count', 'all', { count: Number(state.get('count', 'all')?.['count'] ?? 0) + 1 })
  })

interface Kept {
  readonly acknowledged: string[]
  readonly uncertain: string[]
}

/** Changes a session until it is told to stop, each change once. */
async function load(
  store: Store,
  session: string,
  writer: string,
  goesOn: () => boolean,
  kept: Kept = { acknowledged: [], uncertain: [] },
): Promise<Kept> {
  for (let turn = 0; goesOn(); turn++) {
    const id = `${writer}-${turn}`
    try {
      await add(store, session, id)
      kept.acknowledged.push(id)
    } catch (error) {
      if (errorCode(error) === 'STANDIN_ERR_STORE_UNCERTAIN') kept.uncertain.push(id)
      else if (!/^STANDIN_ERR_STORE_(UNREACHABLE|CLUSTER)$/.test(errorCode(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  return kept
}

/** What was acknowledged is there, what was refused is not, and nothing was done twice. */
async function tellKept(t: Test, store: Store, session: string, all: readonly Kept[]): Promise<void> {
  const state = await store.read(session)
  const ids = new Set(state.list('hits').keys())
  const acknowledged = all.flatMap((one) => one.acknowledged)
  const uncertain = new Set(all.flatMap((one) => one.uncertain))
  t.same(
    acknowledged.filter((id) => !ids.has(id)),
    [],
    `${session}: nothing is lost`,
  )
  t.same(
    [...ids].filter((id) => !uncertain.has(id)).length,
    acknowledged.length,
    `${session}: what was refused was not done`,
  )
  t.same(state.get('count', 'all')?.['count'] ?? 0, ids.size, `${session}: nothing was done twice`)
}

void redisTest('slots move to other nodes while their sessions are changed', async (t) => {
  const location = placeOfItsOwn()
  const stores = [await openAlone(location), await openAlone(location)] as const
  t.teardown(() => Promise.all(stores.map((store) => store.close())))
  const [from] = cluster.nodes
  const to = await cluster.add(t)
  const keys = new Keys(prefixOf(location))
  const sessions = (await sessionsOf(cluster, location, 4)).get(from) ?? []
  for (const session of sessions) await add(stores[0], session, 'first')
  let moving = true
  const loads = sessions.map((session) =>
    Promise.all(stores.map((store, index) => load(store, session, `w${index}`, () => moving))),
  )
  try {
    // To one that nobody knows yet, from there to another, and back.
    for (const next of [to, cluster.nodes[1], from]) {
      for (const session of sessions) await cluster.move(keys.session(session, 'state'), next)
    }
  } finally {
    moving = false
    await Promise.all(loads)
  }
  for (const [index, session] of sessions.entries()) {
    const kept = (await loads[index]) ?? []
    t.ok(kept.every(({ acknowledged }) => acknowledged.length > 0))
    t.same(
      kept.flatMap(({ uncertain }) => uncertain),
      [],
      'no connection was lost',
    )
    await tellKept(t, stores[0], session, [...kept, { acknowledged: ['first'], uncertain: [] }])
  }
})

// Who takes over from whom is not to depend on what the disk is doing.
const KEPT = ['--appendfsync', 'always']

void redisTest('a node is lost: what it holds is refused, everything else goes on', async (t) => {
  const own = await startCluster(t, KEPT)
  const location = placeOfItsOwn(own)
  const { add, get, health, isWell } = await servePets(t, location)
  const keys = new Keys(prefixOf(location))
  const all = await sessionsOf(own, location, 1)
  const sessionOf = (node: ClusterNode): string => all.get(node)?.[0] ?? ''
  for (const node of own.nodes) t.equal((await add(1, sessionOf(node))).statusCode, 201)
  const home = await own.ownerOf(keys.shared(''))
  // Last the one that holds what is not of a session.
  for (const node of own.nodes.toSorted((a, b) => Number(a === home) - Number(b === home))) {
    await node.stop('SIGKILL')
    await until(async () => !(await isWell()))
    const refused = await add(2, sessionOf(node))
    t.equal(refused.statusCode, 503)
    t.equal(refused.headers['retry-after'], '2')
    t.match(refused.json(), { code: 'store-unavailable', detail: new RegExp(`127.0.0.1:${node.port}`) })
    t.equal((await get('/pets/1', sessionOf(node))).statusCode, 503)
    for (const other of own.nodes.filter((one) => one !== node)) {
      const id = node.port
      t.equal((await add(id, sessionOf(other))).statusCode, 201, 'others take changes')
      t.equal((await get(`/pets/${id}`, sessionOf(other))).statusCode, 200)
    }
    t.same((await get('/version')).json(), { version: 7 })
    t.match(await health(), {
      status: 'degraded',
      store: location,
      reason: new RegExp(`^node 127\\.0\\.0\\.1:${node.port}: .*(ECONN|EPIPE|closed)`),
    })
    await node.start()
    await until(isWell)
    // It waits a little itself before it takes part again.
    await until(async () => (await get('/pets/1', sessionOf(node))).statusCode !== 503)
    t.same((await get('/pets/1', sessionOf(node))).json(), { id: 1, name: 'pet 1' }, 'nothing is lost')
    await until(async () => (await add(3, sessionOf(node))).statusCode === 201)
    await until(isWell)
  }
})

void redisTest('another takes over from a node that is lost, and has what was confirmed', async (t) => {
  const own = await startCluster(t, [...KEPT, '--cluster-replica-validity-factor', '0'])
  const location = placeOfItsOwn(own)
  const [, , lost] = own.nodes
  await own.add(t, lost)
  const store = await openAlone(location, seedOf(demo), { confirmedBy: 1 })
  const reader = await openAlone(location)
  t.teardown(() => Promise.all([store.close(), reader.close()]))
  const all = await sessionsOf(own, location, 2)
  for (const [node, [session = '']] of all) {
    if (node === lost) continue
    const fault = await failure(add(store, session, 'x'))
    t.equal(fault.code, 'STANDIN_ERR_STORE_UNCERTAIN')
    t.match(fault.message, /0 of 1 replicas of Redis confirmed/, 'nothing stands by for this one')
  }
  const sessions = all.get(lost) ?? []
  let goesOn = true
  const so: Kept[] = sessions.map(() => ({ acknowledged: [], uncertain: [] }))
  const loads = sessions.map((session, index) => load(store, session, 'w', () => goesOn, so[index]))
  const reads = async (session: string): Promise<boolean> =>
    (await failure(reader.read(session))).code === 'none'
  await until(() => so.every(({ acknowledged }) => acknowledged.length > 10))
  await lost.stop('SIGKILL')
  const keys = new Keys(prefixOf(location))
  // Who stands by has to find out, and to be voted for.
  await until(async () => (await own.ownerOf(keys.session(sessions[0] ?? '', 'state'))) !== lost)
  for (const session of sessions) await until(() => reads(session))
  goesOn = false
  for (const [index, session] of sessions.entries()) {
    const kept = await loads[index]
    await tellKept(t, reader, session, kept ? [kept] : [])
  }
})

void redisTest('each node is asked what a single Redis is asked', async (t) => {
  const own = await startCluster(t, ['--appendonly', 'no'])
  const location = placeOfItsOwn(own)
  const home = await own.ownerOf(new Keys(prefixOf(location)).shared(''))
  const other = own.nodes.find((node) => node !== home) ?? home
  t.match(await failure(Shared.open(`redis://127.0.0.1:${home.port}/3`)), {
    code: 'STANDIN_ERR_STORE_LOCATION',
    message: /no database but 0/,
  })
  const fault = await failure(Shared.open(location, { fsync: true }))
  t.match(fault, { code: 'STANDIN_ERR_STORE_PROMISE', message: /a node of redis:/ })
  const said: string[] = []
  const shared = await Shared.open(location, { onMessage: (message) => said.push(message) })
  t.teardown(() => shared.close())
  for (const { port } of own.nodes) {
    t.equal(
      said.filter((one) => one.includes(`:${port} (a node of`) && /nothing on its disk/.test(one)).length,
      1,
    )
  }
  await other.ask('CONFIG', 'SET', 'maxmemory', '1')
  await until(() => shared.connection.trouble !== undefined)
  t.match(shared.connection.trouble?.reason, new RegExp(`^node 127.0.0.1:${other.port}: .*is full`))
  t.match(await failure(Shared.open(location)), {
    code: 'STANDIN_ERR_STORE_FULL',
    message: new RegExp(`redis://127.0.0.1:${other.port} .a node of`),
  })
  await other.ask('CONFIG', 'SET', 'maxmemory', '0')
  await until(() => shared.connection.trouble === undefined)
  t.ok(shared.figures.up)
  await other.stop('SIGKILL')
  await until(() => !shared.figures.up)
  t.match(await failure(Shared.open(location)), {
    code: 'STANDIN_ERR_STORE_UNREACHABLE',
    message: new RegExp(`redis://127.0.0.1:${other.port} .a node of .*ECONNREFUSED`),
  })
})

void redisTest('steering, the journal and sessions are shared over the nodes', async (t) => {
  const location = placeOfItsOwn()
  const [one, other] = await Promise.all([servePets(t, location), servePets(t, location)])
  const sessions = [...(await sessionsOf(cluster, location, 2)).values()].flat()
  const override = { id: 'once', operationId: 'getVersion', status: 500, times: 1 }
  for (const session of sessions) {
    const set = await ask(one.standin, 'POST', `/overrides?session=${session}`, override)
    t.equal(set.status, 201, set.body)
    const statuses = await Promise.all(
      [one, other, one, other].map(async ({ get }) => (await get('/version', session)).statusCode),
    )
    t.same(
      statuses.toSorted((a, b) => a - b),
      [200, 200, 200, 500],
      `${session}: once over all`,
    )
    const { json } = await ask(other.standin, 'GET', `/journal?session=${session}`)
    t.equal(Array.isArray(json['entries']) && json['entries'].length, 4, 'each sees the calls of all')
  }
  const names = async (): Promise<string> => (await ask(other.standin, 'GET', '/sessions')).body
  const [first = '', second = ''] = sessions
  t.match(await names(), new RegExp(`"${first}"`))
  t.equal((await ask(one.standin, 'DELETE', `/sessions/${first}`)).status, 204)
  t.notMatch(await names(), new RegExp(`"${first}"`))
  t.match(await names(), new RegExp(`"${second}"`))
  const waiting = ask(other.standin, 'POST', `/journal/wait?session=${second}`, {
    match: { operationId: 'addPet' },
    timeout: 60_000,
  })
  t.equal((await one.add(7, second)).statusCode, 201)
  t.equal((await waiting).status, 200, 'who waits at one is told of a call to another')
})
