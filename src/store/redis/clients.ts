import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { Redis, type RedisOptions } from 'ioredis'
import { errors } from '../../errors.js'
import { errorMessage } from '../failure.js'
import type { Address, RedisLocation } from './location.js'
import { breakWhenSilent } from './silence.js'

/** Milliseconds. */
const CONNECTING = 5000
/** Between two attempts to come back. */
const RETRY = { least: 50, most: 2000 }

/** Makes clients, none of which is connected yet. */
export interface Clients {
  readonly asking: (address: Address) => Redis
  /** One that gets nothing but what is published. */
  readonly listening: (address: Address) => Redis
}

/** Rejects with STANDIN_ERR_STORE_LOCATION where a file for TLS cannot be used. */
export async function clientsFor(location: RedisLocation): Promise<Clients> {
  const options = {
    ...location.options,
    ...(await securing(location)),
    replyMapping: 'legacy' as const,
    lazyConnect: true,
    // Whoever asks while Redis is away is refused at once.
    enableOfflineQueue: false,
    // What was under way when Redis went may have been done: nobody but who asked can say what to do then.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // Whether it can be used is found out by what is asked of it when it has come: see Node.
    enableReadyCheck: false,
    connectTimeout: CONNECTING,
    keepAlive: 10_000,
    retryStrategy: (attempts: number) => Math.min(RETRY.least * 2 ** Math.min(attempts, 6), RETRY.most),
  }
  return {
    asking: (address) => watched(new Redis({ ...options, ...address })),
    // Whoever listens subscribes anew itself: nobody would be told of a failure of the client's own attempt.
    listening: (address) =>
      watched(new Redis({ ...options, ...address, enableOfflineQueue: true, autoResubscribe: false })),
  }
}

function watched(client: Redis): Redis {
  breakWhenSilent(client)
  return client
}

/** TLS with what the files of the URL hold. */
async function securing({ files, shown, options }: RedisLocation): Promise<Pick<RedisOptions, 'tls'>> {
  const named = Object.entries(files)
  if (!options.tls || named.length === 0) return {}
  const read = await Promise.all(
    named.map(async ([name, file]) => {
      try {
        return [name, await readFile(file)]
      } catch (error) {
        const why = `the file of ${name} cannot be read (${errorMessage(error)})`
        throw new errors.STANDIN_ERR_STORE_LOCATION(shown, why)
      }
    }),
  )
  const tls = { ...options.tls, ...Object.fromEntries(read) }
  try {
    createSecureContext(tls)
  } catch (error) {
    const why = `what ${named.map(([name]) => name).join(', ')} name is no PEM that can be used (${errorMessage(error)})`
    throw new errors.STANDIN_ERR_STORE_LOCATION(shown, why)
  }
  return { tls }
}

/** Has what is asked in this turn of the event loop sent together: a write to the socket costs more than a command. */
export function gather({ stream, status }: Redis): void {
  if (status !== 'ready' || stream.writableCorked > 0) return
  stream.cork()
  setImmediate(() => stream.uncork())
}
