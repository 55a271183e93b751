import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openJournals } from '../../src/steer/journal/open-journals.js'
import type { SessionJournals } from '../../src/steer/journal/session-journal.js'
import { Connection } from '../../src/store/redis/connection.js'
import { redisLocation } from '../../src/store/redis/location.js'
import { Shared } from '../../src/store/redis/shared.js'
import { call, description } from '../steer/journal/helper.js'
import { startRedis, redisTest } from './redis-server.js'

t.setTimeout(120_000)

interface Test {
  teardown(handler: () => Promise<void> | void): unknown
}

interface Replica {
  readonly shared: Shared
  readonly journals: SessionJournals
  readonly failures: unknown[]
}

async function replica(t: Test, url: string, entries = 100): Promise<Replica> {
  const shared = await Shared.open(url)
  const failures: unknown[] = []
  const journals = openJournals({
    entries,
    description: () => description,
    shared,
    onFailure: (error) => failures.push(error),
  })
  if (!journals) throw new Error('none')
  await journals.start()
  t.teardown(async () => {
    journals.close()
    await Promise.resolve(journals.settle()).catch(() => {})
    await shared.close()
  })
  return { shared, journals, failures }
}

void redisTest(
  'a batch that is given again, since nobody knows whether it was written, is written once',
  async (t) => {
    const redis = await startRedis(t)
    const { shared } = await replica(t, redis.url)
    const batch = {
      calls: { count: 2, text: 'two' },
      ends: [],
      counts: [{ field: '["calls","getCup"]', times: 2, group: undefined }],
      lost: 1,
    }
    t.equal(await shared.calls.append('a', batch, 10), 1)
    t.equal(await shared.calls.append('a', batch, 10), 1)
    t.equal(await shared.calls.append('a', { ...batch, ends: [{ id: 2, took: 1.5 }] }, 10), 3)
    const page = await shared.calls.read('a', { token: '', entry: '' })
    t.strictSame(page.entries, [
      { first: 1, count: 2, text: 'two' },
      { first: 3, count: 2, text: 'two' },
      { id: 2, took: 1.5 },
    ])
    t.match(page, { last: 4, base: 0, lost: 2, more: false })
    t.strictSame([...(await shared.calls.counts('a'))], [['["calls","getCup"]', 4]])
    const counts = [{ field: '["unknown"]', times: 1, group: { name: 'unknown', most: 2 } }]
    await shared.calls.count(counts)
    await shared.calls.count(counts)
    for (const field of ['b', 'c', 'b'])
      await shared.calls.count([{ ...counts[0], field } as (typeof counts)[0]])
    t.strictSame(
      [...(await shared.calls.counts())].toSorted(([a], [b]) => a.localeCompare(b)),
      [
        ['["unknown"]', 1],
        ['b', 2],
      ],
      'of a group there are only so many',
    )
  },
)

void redisTest(
  'a session that comes again goes on with its numbers, and shows nothing from before',
  async (t) => {
    const redis = await startRedis(t)
    const { url } = redis
    const [one, two] = await Promise.all([replica(t, url), replica(t, url)])
    const [first, second] = [one.journals.open('a'), two.journals.open('a')]
    first.record(call())
    const followed = await second.follow()
    t.equal(followed.journal.size, 1)
    const closed = new Promise<void>((closed) => {
      followed.journal.watch({ arrived: () => {}, closed })
    })
    await first.drop()
    await closed
    followed.stop()
    second.record(call())
    t.strictSame(
      (await first.read()).list().map(({ id }) => id),
      [2],
    )
    const again = await second.follow()
    t.equal(again.journal.closed, false)
    await first.clear()
    await first.clear()
    second.record(call())
    t.strictSame(
      (await second.read()).list().map(({ id }) => id),
      [3],
    )
    t.strictSame(
      again.journal.list().map(({ id }) => id),
      [3],
      'and who follows sees it',
    )
    again.stop()
  },
)

void redisTest('calls that this version cannot read count as dropped, and others are shown', async (t) => {
  const redis = await startRedis(t)
  const { shared, journals } = await replica(t, redis.url)
  const journal = journals.open('a')
  const append = (text: string): Promise<number> =>
    shared.calls.append('a', { calls: { count: 2, text }, ends: [], counts: [], lost: 0 }, 100)
  journal.record(call())
  await journal.read()
  await append('not JSON')
  await append('{"of": "a later version"}')
  journal.record(call())
  const read = await journal.read()
  t.strictSame(
    read.list().map(({ id }) => id),
    [1, 6],
  )
  t.equal(read.dropped, 4)
})

void redisTest('who takes up its work again after Redis was away counts on', async (t) => {
  const redis = await startRedis(t)
  const { shared, journals } = await replica(t, redis.url)
  const field = '["calls","getCup"]'
  await shared.calls.count([{ field, times: 2, group: undefined }])
  await journals.start()
  t.equal((await shared.calls.counts()).get(field), 2)
  const other = await replica(t, redis.url)
  t.equal((await other.shared.calls.counts()).get(field), 2)
  await Promise.all([shared.close(), other.shared.close()])
  const later = await replica(t, redis.url)
  t.equal((await later.shared.calls.counts()).get(field), undefined)
})

void redisTest('what finds no room while Redis is away is counted', async (t) => {
  const redis = await startRedis(t)
  const { journals } = await replica(t, redis.url, 10_000)
  const journal = journals.open('a')
  await journal.read()
  await redis.stop()
  const body = 'x'.repeat(16_000)
  for (let sent = 0; sent < 2500; sent++) journal.record(call({ body }))
  t.ok(journals.bytes <= 32 * 1024 * 1024)
  t.ok(journals.dropped > 0)
  await redis.start()
  let read = await Promise.resolve(journal.read()).catch(() => undefined)
  while (!read) {
    await sleep(20)
    read = await Promise.resolve(journal.read()).catch(() => undefined)
  }
  t.equal(read.size + read.dropped, 2500)
  t.ok(read.size > 1000)
})

void redisTest('a Redis that is full takes calls again after some were forgotten', async (t) => {
  const redis = await startRedis(t, ['--maxmemory', '6mb', '--maxmemory-policy', 'noeviction'])
  const { journals, failures } = await replica(t, redis.url, 10_000)
  const journal = journals.open('a')
  const body = 'x'.repeat(16_000)
  for (let sent = 0; sent < 420; sent++) journal.record(call({ body }))
  await t.rejects(async () => journal.read(), { message: /OOM|maxmemory/ })
  t.ok(failures.length <= 1)
  await journal.clear()
  journal.record(call())
  t.equal((await journal.read()).size, 1)
})

void redisTest('no command touches two hash slots of a cluster', async (t) => {
  const redis = await startRedis(t, ['--cluster-enabled', 'yes'])
  const connection = await Connection.open(redisLocation(redis.url))
  await connection.send('CLUSTER', 'ADDSLOTSRANGE', 0, 16383)
  while (!String(await connection.send('CLUSTER', 'INFO')).includes('cluster_state:ok')) await sleep(20)
  await connection.close()
  const { url } = redis
  const [one, two] = await Promise.all([replica(t, url), replica(t, url)])
  for (const session of ['', 'a', 'b']) {
    one.journals.open(session).record(call({ operationId: 'getCup' }))
    const journal = two.journals.open(session)
    const followed = await journal.follow()
    t.equal(followed.journal.size, 1)
    followed.stop()
    t.equal((await journal.counted()).operations.get('getCup')?.calls, 1)
    await journal.clear()
    await journal.drop()
  }
  t.equal((await two.journals.counted()).operations.get('getCup')?.calls, 3)
})
