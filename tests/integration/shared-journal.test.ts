import t from 'tap'
import { createStandin, type Standin, type StandinOptions } from '../../src/standin.js'
import { ask } from '../serve/control/helper.js'
import { type RedisServer, startRedis } from './redis-server.js'

interface Test {
  teardown(handler: () => Promise<void> | void): unknown
}

/** Stand-ins over one Redis. */
async function replicas(
  t: Test,
  { url }: RedisServer,
  count = 3,
  options: StandinOptions = {},
): Promise<(index: number) => Standin> {
  const all = await Promise.all(
    Array.from({ length: count }, () => createStandin({ store: url, stateless: true, ...options })),
  )
  t.teardown(async () => {
    await Promise.all(all.map((one) => one.close()))
  })
  return (index) => {
    const one = all[index % count]
    if (!one) throw new Error('none')
    return one
  }
}

interface Entry {
  readonly id: number
  readonly session: string
  readonly ms?: number
  readonly request: { readonly url: string }
}

const call = async (standin: Standin, path: string, session?: string): Promise<void> => {
  await standin.inject({ url: path, headers: session === undefined ? {} : { 'standin-session': session } })
}

async function list(standin: Standin, query = ''): Promise<{ entries: Entry[]; dropped: number }> {
  const { status, json, body } = await ask(standin, 'GET', `/journal?order=oldest&limit=1000${query}`)
  if (status !== 200) throw new Error(body)
  return json as unknown as { entries: Entry[]; dropped: number }
}

const urls = ({ entries }: { entries: readonly Entry[] }): string[] => entries.map(({ request }) => request.url)

void t.test('every replica tells of the calls of all', async (t) => {
  const at = await replicas(t, await startRedis(t))
  for (let index = 0; index < 9; index++) await call(at(index), `/${index}`)
  for (const index of [0, 1, 2]) {
    const found = await list(at(index))
    t.strictSame(urls(found).toSorted(), ['/0', '/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8'])
    t.strictSame(
      found.entries.map(({ id }) => id),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    t.equal(found.dropped, 0)
    t.ok(found.entries.every(({ ms }) => typeof ms === 'number'))
  }
  const { json } = await ask(at(1), 'POST', '/journal/verify', { match: { method: 'GET' }, times: 9 })
  t.match(json, { verified: true, count: 9 })
})
