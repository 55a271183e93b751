import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import t from 'tap'
import { Operating } from '../../src/operating.js'
import { createStandin, type Standin } from '../../src/standin.js'
import { Shared } from '../../src/store/redis/shared.js'
import { describedBy } from '../serve/app-for.js'
import { parseExposition, valueOf } from '../serve/metrics/exposition-parser.js'
import { startRedis, redisTest } from './redis-server.js'

// A redis-server is started for each.
t.setTimeout(120_000)

const docs = (path: string) =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Cups', version: '1' },
    paths: { [path]: { get: { operationId: 'fill', responses: { 204: { description: 'Filled' } } } } },
  })

interface Fixture {
  teardown(handler: () => unknown): unknown
}

async function replica(t: Fixture, folder: string, store: string): Promise<Standin> {
  const standin = await createStandin({
    sources: ['api.json'],
    cwd: folder,
    store,
    stateless: true,
    logger: false,
  })
  t.teardown(() => standin.close())
  await standin.listen()
  return standin
}

const jsonOf = async (standin: Standin, path: string) => (await standin.inject(path)).json()

/** Asks until an answer is as wanted; a test that waits in vain runs into tap's timeout. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (wanted(answer)) return answer
    await sleep(20)
  }
}

void redisTest('replicas that serve different descriptions say so, until they do not', async (t) => {
  const redis = await startRedis(t)
  const folders = [t.testdir(), join(t.testdir({ other: {} }), 'other')]
  const [first = '', second = ''] = folders
  writeFileSync(join(first, 'api.json'), docs('/cups'))
  writeFileSync(join(second, 'api.json'), docs('/mugs'))
  const one = await replica(t, first, redis.url)
  const two = await replica(t, second, redis.url)

  for (const standin of [one, two]) {
    const health = await until(
      () => jsonOf(standin, '/_standin/health'),
      ({ replicas }) => replicas.alike === false,
    )
    t.equal(health.replicas.count, 2)
    t.match(
      health.replicas.reason,
      /^The 2 replicas do not serve the same: 1 serves Cups \(\w{12}, 1 operations/,
    )
    t.match(await jsonOf(standin, '/_standin/v1/'), { replicas: { alike: false } })
    const { replicas } = await jsonOf(standin, '/_standin/v1/replicas')
    t.strictSame(
      replicas.map(({ self }: { self: boolean }) => self),
      [true, false],
    )
    t.not(replicas[0].about.description, replicas[1].about.description)
    t.equal(replicas[0].about.description, (await jsonOf(standin, '/_standin/v1/')).description)
  }

  writeFileSync(join(second, 'api.json'), docs('/cups'))
  await two.reload()
  t.match(await jsonOf(one, '/_standin/health'), { replicas: { count: 2, alike: true } })
})

void redisTest('the calls that could not be written at the end are told in one line', async (t) => {
  const redis = await startRedis(t)
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) })
  const standin = await createStandin({ store: redis.url, stateless: true, logger })
  t.teardown(() => standin.close())
  await redis.stop()
  await standin.inject('/nowhere')
  await standin.close()
  const [told, ...others] = lines.filter((line) => line.includes('last calls'))
  t.match(told, /"The last calls could not be written to the journal: The store redis:.* cannot be reached/)
  t.notMatch(told, /stack/)
  t.strictSame(others, [])
})

void redisTest('a document that cannot be made is no end of the process', async (t) => {
  const redis = await startRedis(t)
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  const told: unknown[] = []
  const failure = new Error('no document')
  const operating = new Operating(
    shared,
    {
      description: () => describedBy({}),
      openapi: async () => Promise.reject(failure),
      sessions: () => 1,
      journals: () => undefined,
      onFailure: (error) => told.push(error),
    },
    undefined,
  )
  await operating.describe()
  t.strictSame(told, [failure])
})

void redisTest(
  'Redis lost: ready stays yes and says degraded, metrics say it, and all is well again',
  async (t) => {
    const redis = await startRedis(t)
    const folder = t.testdir({ 'api.json': docs('/cups') })
    const standin = await replica(t, folder, redis.url)
    const figures = async () => parseExposition((await standin.inject('/_standin/metrics')).body, '0.0.4')
    const before = await figures()
    t.equal(valueOf(before, 'standin_store_up'), 1)
    t.ok(Number(valueOf(before, 'standin_store_round_trip_seconds_count')) > 0)
    t.equal(valueOf(before, 'standin_store_conflicts_total'), 0)

    await redis.stop()
    const lost = await until(
      () => jsonOf(standin, '/_standin/ready'),
      ({ status }) => status !== 'ready',
    )
    t.match(lost, { status: 'degraded', reason: /./ })
    t.equal((await standin.inject('/_standin/ready')).statusCode, 200)
    t.equal(valueOf(await figures(), 'standin_store_up'), 0)
    t.equal((await standin.inject('/cups')).statusCode, 204, 'what needs no state is answered')
    t.match(await jsonOf(standin, '/_standin/health'), { status: 'degraded', reason: /./, since: /Z$/ })
    t.equal((await standin.inject('/_standin/v1/')).statusCode, 200)

    await redis.start()
    await until(
      () => jsonOf(standin, '/_standin/ready'),
      ({ status }) => status === 'ready',
    )
    t.equal(valueOf(await figures(), 'standin_store_up'), 1)
  },
)
