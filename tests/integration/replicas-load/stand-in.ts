import { join } from 'node:path'
import { type Configuration, startNginx } from '../nginx.js'
import { type RedisServer, startRedis } from '../redis-server.js'
import { type ReplicaProcess, startReplica } from '../replica.js'
import { NOTES } from './notes.js'

/** Three replicas, their Redis, and nginx in front. */
export interface ReplicatedStandIn {
  readonly url: string
  readonly redis: RedisServer
  readonly replicas: readonly ReplicaProcess[]
}

interface Scope {
  teardown(handler: () => Promise<void> | void): unknown
  testdir(contents: Record<string, string>): string
}

export async function replicated(
  t: Scope,
  configuration: Configuration,
  redisConfig: readonly string[],
): Promise<ReplicatedStandIn> {
  const folder = t.testdir({ 'notes.yaml': NOTES })
  const redis = await startRedis(t, redisConfig)
  const words = [join(folder, 'notes.yaml'), '--store', redis.url]
  const replicas = await Promise.all([1, 2, 3].map(() => startReplica(t, words)))
  const port = await startNginx(
    t,
    configuration,
    replicas.map(({ port }) => port),
  )
  return { url: `http://127.0.0.1:${port}`, redis, replicas }
}
