import type { Redis } from 'ioredis'

/** Milliseconds between two looks whether something has come. */
const LOOK = 250
/** Looks that a Redis that has been asked may let go by: two seconds. */
const PATIENCE = 8

/**
 * Breaks the connection of a Redis that says nothing any more: when nothing comes for a while it is asked
 * for a sign of life, and given two seconds. They are counted in turns of the event loop, in each of which
 * what has come is read: a process that was busy for longer does not take its own silence for that of Redis.
 */
export function breakWhenSilent(client: Redis): void {
  client.on('connect', () => {
    const { stream } = client
    let read = stream.bytesRead
    let quiet = 0
    const looking = setInterval(() => {
      if (stream.bytesRead !== read) {
        read = stream.bytesRead
        quiet = 0
        return
      }
      if (quiet === 0) client.ping().catch(() => {})
      else if (quiet === PATIENCE) stream.destroy(new Error('it does not answer'))
      quiet++
    }, LOOK).unref()
    stream.once('close', () => clearInterval(looking))
  })
}
