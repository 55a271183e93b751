import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { startStandin } from './command-server.js'
import type { BenchRedis } from './redis.js'
import { request } from './replay.js'

const SESSIONS = 1000
const AT_ONCE = 20
/** Milliseconds until everything that is written after the reply is written. */
const SETTLED = 2000

/** What sessions cost in Redis that have changed little, each with its journal. */
export async function sessionMemory(redis: BenchRedis, folder: string): Promise<string> {
  const standin = await startStandin(['--store', `${redis.url}/?prefix=memory`], folder)
  const pool = new Pool(standin.url, { connections: AT_ONCE })
  const change = async (session: string): Promise<void> => {
    const { path, method, headers, body } = request
    const reply = await pool.request({
      path,
      method,
      headers: { ...headers, 'standin-session': session },
      ...(body !== undefined && { body }),
    })
    if (reply.statusCode !== 200) throw new Error(`Answered ${reply.statusCode}: ${await reply.body.text()}`)
    await reply.body.dump()
  }
  const used = async (): Promise<number> => {
    await sleep(SETTLED)
    return (await redis.figures()).get('used_memory') ?? 0
  }
  try {
    await change('first')
    const lines = [`${SESSIONS} sessions, bytes of Redis' memory for each:`]
    const before = await used()
    for (const [calls, name] of [
      [1, 'one change'],
      [9, 'ten changes of one document, in the journal each'],
    ] as const) {
      for (let first = 0; first < SESSIONS; first += AT_ONCE) {
        await Promise.all(
          Array.from({ length: AT_ONCE }, async (_, index) => {
            for (let call = 0; call < calls; call++) await change(`session-${first + index}`)
          }),
        )
      }
      const bytes = ((await used()) - before) / SESSIONS
      lines.push(`  ${name.padEnd(50)} ${bytes.toFixed(0).padStart(6)}`)
    }
    return lines.join('\n')
  } finally {
    await pool.close()
    await standin.stop()
  }
}
