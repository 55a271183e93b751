import t from 'tap'
import { Shared } from '../../src/store/redis/shared.js'
import { failure, until } from '../store/helper.js'
import { redisTest, startRedis } from './redis-server.js'

// A busy machine takes its time for each server.
t.setTimeout(240_000)

// It answers in between, and takes its time (microseconds) for each command that it has to read again.
const SLOW = ['--key-load-delay', '100']
const COMMANDS = 20_000

void redisTest('a Redis that is still reading its data is told as such', async (t) => {
  const redis = await startRedis(t, SLOW)
  const shared = await Shared.open(redis.url)
  t.teardown(() => shared.close())
  const { connection } = shared
  await connection.send('EVAL', `for i = 1, ${COMMANDS} do redis.call('SET', 'k' .. i, i) end`, 0)
  await redis.stop()
  await until(() => !connection.reachability.up)
  const started = redis.start()
  const reasons = new Set<string>()
  await until(async () => {
    if (connection.reachability.up) return true
    const { code, message } = await failure(connection.send('PING'))
    t.equal(code, 'STANDIN_ERR_STORE_UNREACHABLE', message)
    reasons.add(message)
    return false
  })
  await started
  t.match([...reasons].join(' '), /still reading its data/)
})
