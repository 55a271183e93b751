import { readFile } from 'node:fs/promises'
import { Redis } from 'ioredis'
import { errors } from '../../errors.js'
import { errorMessage } from '../failure.js'
import type { RedisLocation } from './location.js'
import { breakWhenSilent } from './silence.js'

/** Milliseconds. */
const CONNECTING = 5000
/** Between two attempts to come back. */
const RETRY = { least: 50, most: 2000 }

/** One client that asks, and one that listens. */
export interface Clients {
  readonly asking: Redis
  readonly listening: Redis
}

/** Neither is connected yet. Rejects with STANDIN_ERR_STORE_LOCATION where the file of authorities cannot be read. */
export async function createClients(location: RedisLocation): Promise<Clients> {
  const options = {
    ...location.options,
    ...(await trusting(location)),
    replyMapping: 'legacy' as const,
    lazyConnect: true,
    // Whoever asks while Redis is away is refused at once.
    enableOfflineQueue: false,
    // What was under way when Redis went may have been done: nobody but who asked can say what to do then.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Whether it can be used is found out by what is asked of it when it has come: see Connection.
    enableReadyCheck: false,
    connectTimeout: CONNECTING,
    keepAlive: 10_000,
    retryStrategy: (attempts: number) => Math.min(RETRY.least * 2 ** Math.min(attempts, 6), RETRY.most),
  }
  const asking = new Redis(options)
  const listening = new Redis({ ...options, enableOfflineQueue: true, maxRetriesPerRequest: null })
  for (const client of [asking, listening]) breakWhenSilent(client)
  return { asking, listening }
}

async function trusting({
  ca,
  shown,
  options,
}: RedisLocation): Promise<Pick<RedisLocation['options'], 'tls'>> {
  if (ca === undefined) return {}
  try {
    return { tls: { ...options.tls, ca: await readFile(ca) } }
  } catch (error) {
    throw new errors.STANDIN_ERR_STORE_LOCATION(
      shown,
      `the file of ca cannot be read (${errorMessage(error)})`,
    )
  }
}

/** Has what is asked in this turn of the event loop sent together: a write to the socket costs more than a command. */
export function gather({ stream, status }: Redis): void {
  if (status !== 'ready' || stream.writableCorked > 0) return
  stream.cork()
  setImmediate(() => stream.uncork())
}
