import t from 'tap'
import { skipWithoutRedis } from './redis-server.js'

const reason = skipWithoutRedis()
// It starts servers before its first test.
if (reason === false) await import('./redis-store/cluster.js')
else t.plan(0, reason)
