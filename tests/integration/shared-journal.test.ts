import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import t from 'tap'
import { createStandin, type Standin, type StandinOptions } from '../../src/standin.js'
import { ask } from '../serve/control/helper.js'
import { type RedisServer, startRedis, redisTest } from './redis-server.js'

t.setTimeout(300_000)

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

const urls = ({ entries }: { entries: readonly Entry[] }): string[] =>
  entries.map(({ request }) => request.url)

void redisTest('every replica tells of the calls of all', async (t) => {
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

void redisTest('a wait at one replica ends by calls at others', async (t) => {
  const at = await replicas(t, await startRedis(t))
  const wait = (index: number, more: object = {}) =>
    ask(at(index), 'POST', '/journal/wait', { match: { path: '/wanted' }, timeout: 60_000, ...more })
  await call(at(0), '/wanted')
  t.equal((await wait(1)).status, 200, 'what came before counts')
  const coming = wait(2, { times: 3 })
  await call(at(0), '/other')
  await call(at(0), '/wanted')
  await call(at(1), '/wanted')
  const { status, json } = await coming
  t.equal(status, 200)
  t.strictSame(
    (json['entries'] as Entry[]).map(({ request }) => request.url),
    ['/wanted', '/wanted', '/wanted'],
  )
  const dropped = ask(at(2), 'POST', '/journal/wait?session=a', {
    match: { path: '/never' },
    timeout: 60_000,
  })
  await call(at(0), '/x', 'a')
  await call(at(2), '/x', 'a')
  while (urls(await list(at(2), '&session=a')).length < 2);
  t.equal((await ask(at(0), 'DELETE', '/sessions/a')).status, 204)
  t.match((await dropped).json, { detail: /the session was dropped/ })
  t.strictSame((await list(at(1), '&session=a')).entries, [])
})

/** Reads the ids of a stream of calls as they come. */
class Stream {
  readonly told: string[] = []
  readonly #response: IncomingMessage
  #text = ''
  #waiting: (() => void) | undefined

  constructor(response: IncomingMessage) {
    this.#response = response
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const blocks = (this.#text + chunk).split('\n\n')
      this.#text = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id = ''] = /^id: (.*)$/m.exec(block) ?? []
        const [, event] = /^event: (.*)$/m.exec(block) ?? []
        if (event !== undefined) this.told.push(event === 'entry' ? id : event)
      }
      this.#waiting?.()
    })
    response.on('error', () => {})
  }

  static async open(t: Test, url: string, headers = {}): Promise<Stream> {
    const asked = get(`${url}/_standin/v1/journal/stream`, { headers, agent: false })
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    t.teardown(() => void response.destroy())
    return new Stream(response)
  }

  async until(count: number): Promise<readonly string[]> {
    while (this.told.length < count) await new Promise<void>((go) => (this.#waiting = go))
    return this.told
  }

  close(): void {
    this.#response.destroy()
  }
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

void redisTest(
  'a live stream shows the calls of all replicas once each, wherever it is opened again',
  async (t) => {
    const at = await replicas(t, await startRedis(t))
    const addresses = await Promise.all([0, 1].map((index) => at(index).listen()))
    const one = await Stream.open(t, addresses[0] ?? '')
    for (let index = 0; index < 60; index++) await call(at(index), `/${index}`)
    t.strictSame(await one.until(60), numbers(1, 60))
    one.close()
    for (let index = 0; index < 30; index++) await call(at(index), `/${index}`)
    const two = await Stream.open(t, addresses[1] ?? '', { 'last-event-id': '60' })
    t.strictSame(await two.until(30), numbers(61, 90))
    t.equal((await ask(at(2), 'DELETE', '/journal')).status, 204)
    await two.until(31)
    await call(at(2), '/after')
    t.strictSame((await two.until(32)).slice(30), ['cleared', '91'])
    t.strictSame(urls(await list(at(0))), ['/after'])
  },
)

void redisTest(
  'a call that is under way at one replica is told at others, and again when it is done',
  async (t) => {
    const at = await replicas(t, await startRedis(t), 2)
    const url = await at(1).listen()
    const stream = await Stream.open(t, url)
    await at(0).session().override({ operationId: 'resetPin', delay: 600_000 })
    const slow = at(0).inject({ method: 'POST', url: '/onboarding/user/resetPin/v1' })
    await stream.until(1)
    t.notOk('ms' in ((await list(at(1))).entries[0] ?? {}), 'under way')
    // What is held back is sent then.
    await at(0).close()
    await slow
    t.strictSame(await stream.until(2), ['1', '1'])
    t.type((await list(at(1))).entries[0]?.ms, 'number')
  },
)

void redisTest('only the newest calls are kept, over all replicas, and others are counted', async (t) => {
  const at = await replicas(t, await startRedis(t), 3, { journal: 50 })
  for (let index = 0; index < 70; index++) await call(at(index), `/${index}`)
  const found = await list(at(0))
  t.strictSame(
    found.entries.map(({ id }) => String(id)),
    numbers(21, 70),
  )
  t.equal(found.dropped, 20)
  for (let index = 0; index < 70; index++) await call(at(index), `/${index}`)
  for (const index of [0, 1]) {
    const { entries, dropped } = await list(at(index))
    t.strictSame(
      entries.map(({ id }) => String(id)),
      numbers(91, 140),
    )
    t.equal(dropped, 90)
  }
})

void redisTest('coverage sums what all replicas were asked', async (t) => {
  const redis = await startRedis(t)
  const at = await replicas(t, redis)
  const asked = { method: 'POST', url: '/onboarding/user/resetPin/v1' } as const
  for (let index = 0; index < 6; index++) await at(index).inject(asked)
  for (let index = 0; index < 4; index++) await call(at(index), '/unknown', 'a')
  const total = await at(0).coverage()
  t.equal(total.byOperation.find(({ operationId }) => operationId === 'resetPin')?.calls, 6)
  t.match(total.unknown, [{ method: 'GET', path: '/unknown', times: 4 }])
  t.strictSame((await ask(at(2), 'GET', '/coverage')).json, JSON.parse(JSON.stringify(total)))
  t.match(await at(1).unknownRequests(), [{ times: 4 }])
  const { json } = await ask(at(1), 'GET', '/coverage?session=a')
  t.match(json, { operations: { covered: 0 }, unknown: [{ times: 4 }] })
  await ask(at(0), 'DELETE', '/journal?session=a')
  t.match((await ask(at(1), 'GET', '/coverage?session=a')).json, { unknown: { length: 0 } })
  t.match(await at(0).unknownRequests(), [{ times: 4 }], 'what was cleared in a session still counts in all')

  await Promise.all([0, 1, 2].map((index) => at(index).close()))
  t.strictSame(await at(1).coverage(), total, 'after the end as it was then')
  const later = await replicas(t, redis, 2)
  t.match((await later(0).coverage()).operations, { covered: 0 }, 'the first of a run counts anew')
})

void redisTest('what came while Redis was away is there when it is back', async (t) => {
  const redis = await startRedis(t)
  const at = await replicas(t, redis)
  const url = await at(1).listen()
  const stream = await Stream.open(t, url)
  for (let index = 0; index < 6; index++) await call(at(index), `/${index}`)
  await stream.until(6)
  await redis.stop()
  for (let index = 6; index < 12; index++) await call(at(index), `/${index}`)
  t.equal((await ask(at(0), 'GET', '/journal')).status, 503)
  await redis.start()
  t.strictSame(await stream.until(12), numbers(1, 12))
  let found = await ask(at(2), 'GET', '/journal?limit=1000')
  while (found.status !== 200) found = await ask(at(2), 'GET', '/journal?limit=1000')
  t.equal((found.json['entries'] as Entry[]).length, 12)
  t.equal(found.json['dropped'], 0)
})

void redisTest('fifty sessions under load see their own calls, all of them, and no others', async (t) => {
  const at = await replicas(t, await startRedis(t))
  const sessions = Array.from({ length: 50 }, (_, index) => `s${index}`)
  await Promise.all(
    sessions.map(async (session, first) => {
      for (let index = 0; index < 100; index++) await call(at(first + index), `/${session}/${index}`, session)
    }),
  )
  for (const [index, session] of sessions.entries()) {
    const found = await list(at(index), `&session=${session}`)
    const wanted = Array.from({ length: 100 }, (_, index) => `/${session}/${index}`)
    if (found.dropped > 0 || urls(found).toSorted().join() !== wanted.toSorted().join()) {
      t.strictSame(urls(found).toSorted(), wanted.toSorted(), session)
    }
    const { json } = await ask(at(index + 1), 'POST', `/journal/verify?session=${session}`, {
      match: { method: 'GET' },
      times: 100,
    })
    t.equal(json['verified'], true, session)
  }
  t.equal((await at(0).unknownRequests()).length, 1000, 'those that are listed are bounded')
})
