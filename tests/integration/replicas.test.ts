import t from 'tap'
import { Shared } from '../../src/store/redis/shared.js'
import { until } from '../store/helper.js'
import { startRedis, redisTest } from './redis-server.js'

t.setTimeout(120_000)

void redisTest('a replica that tells the others goes on when each has taken it in', async (t) => {
  const redis = await startRedis(t)
  const all = await Promise.all([1, 2, 3].map(() => Shared.open(redis.url)))
  t.teardown(() => Promise.all(all.map((one) => one.close())))
  const seen: string[] = []
  for (const [index, { replicas }] of all.entries()) {
    replicas.on('colour', async (about) => {
      await new Promise((resolve) => setTimeout(resolve, index * 20))
      seen.push(`${index} ${about}`)
    })
  }
  await all[0]?.replicas.tell('colour', 'red')
  t.strictSame(seen.toSorted(), ['0 red', '1 red', '2 red'])
  await all[2]?.replicas.describe({ version: '2' })
  const listed = await all[1]?.replicas.list()
  t.equal(listed?.length, 3)
  t.equal(listed?.[0]?.id, all[1]?.replicas.id)
  t.strictSame(listed?.find(({ id }) => id === all[2]?.replicas.id)?.about, { version: '2' })
})

void redisTest('a replica that has stopped without a word is not waited for', async (t) => {
  const redis = await startRedis(t)
  const [one, two] = await Promise.all([Shared.open(redis.url), Shared.open(redis.url)])
  t.teardown(() => Promise.all([one.close(), two.close()]))
  await two.connection.close()
  await one.replicas.tell('colour', 'red')
  t.strictSame(
    (await one.replicas.list()).map(({ id }) => id),
    [one.replicas.id],
  )
})

void redisTest('a replica that was silent for too long hears it when it can again', async (t) => {
  const redis = await startRedis(t)
  const [one, two] = await Promise.all([Shared.open(redis.url), Shared.open(redis.url)])
  t.teardown(() => Promise.all([one.close(), two.close()]))
  const heard = new Promise<string>((resolve) => two.replicas.on('colour', resolve))
  // As it is after three seconds in which its event loop was busy.
  await one.connection.send('ZREM', one.replicas.beats, two.replicas.id)
  await one.replicas.tell('colour', 'red')
  t.equal(await heard, 'red')
})

void redisTest('replicas of a full Redis are heard of, and waited for', async (t) => {
  const redis = await startRedis(t)
  const [one, two] = await Promise.all([Shared.open(redis.url), Shared.open(redis.url)])
  t.teardown(() => Promise.all([one.close(), two.close()]))
  await one.connection.send('CONFIG', 'SET', 'maxmemory', '1')
  await until(() => [one, two].every(({ connection }) => /is full/.test(connection.trouble?.reason ?? '')))
  // As it is once nothing has been heard of them for three seconds.
  await one.connection.send('ZREM', one.replicas.beats, one.replicas.id, two.replicas.id)
  await until(async () => (await one.connection.send('ZCARD', one.replicas.beats)) === 2)
  let heard = ''
  two.replicas.on('colour', async (about) => {
    await new Promise(setImmediate)
    heard = about
  })
  await one.replicas.tell('colour', 'red')
  t.equal(heard, 'red')
  await one.connection.send('CONFIG', 'SET', 'maxmemory', '0')
  await until(() => [one, two].every(({ connection }) => connection.trouble === undefined))
})

void redisTest('what a replica cannot take in fails at the one that has told it', async (t) => {
  const redis = await startRedis(t)
  const [one, two] = await Promise.all([Shared.open(redis.url), Shared.open(redis.url)])
  t.teardown(() => Promise.all([one.close(), two.close()]))
  two.replicas.on('colour', async () => Promise.reject(new Error('no colours here')))
  await t.rejects(one.replicas.tell('colour', 'red'), {
    code: 'STANDIN_ERR_STORE_WRITE',
    message: /no colours here/,
  })
})

void redisTest('Redis goes and comes back', async (t) => {
  const redis = await startRedis(t)
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  await shared.connection.send('SET', 'kept', 'yes')
  const restored = new Promise<void>((resolve) => shared.connection.onRestored(resolve))
  await redis.stop()
  await t.rejects(shared.connection.send('GET', 'kept'), {
    code: 'STANDIN_ERR_STORE_UNREACHABLE',
    statusCode: 503,
  })
  t.equal(shared.connection.reachability.up, false)
  await redis.start()
  await restored
  t.equal(await shared.connection.send('GET', 'kept'), 'yes')
  t.strictSame(shared.connection.reachability, { up: true })
})
