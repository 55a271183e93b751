import t, { type Test } from 'tap'
import { request } from 'undici'
import { objectOf } from '../serve/helper.js'
import { CONFIGURATIONS, type Configuration, skipWithoutNginx } from './nginx.js'
import { skipWithoutRedis } from './redis-server.js'
import { Client } from './replicas-load/client.js'
import type { Note } from './replicas-load/notes.js'
import { Progress } from './replicas-load/progress.js'
import { GREETED, OVERRIDDEN, SessionLoad } from './replicas-load/session-load.js'
import { replicated, type ReplicatedStandIn } from './replicas-load/stand-in.js'

const SESSIONS = 100
/** At once in each session. */
const WORKERS = ['first', 'second'] as const
/** Of each worker; each is two to five requests. */
const STEPS = 12
const ALL_STEPS = SESSIONS * WORKERS.length * STEPS

/** How Redis ends, by the file that is in front. Killed it loses nothing where each change waits for the disk. */
const ends: Readonly<Record<Configuration, End>> = {
  'nginx.conf': { signal: 'SIGTERM', redis: ['--appendfsync', 'everysec'], repeats: false },
  'nginx-http.conf': { signal: 'SIGKILL', redis: ['--appendfsync', 'always'], repeats: true },
}
interface End {
  readonly signal: NodeJS.Signals
  readonly redis: readonly string[]
  /** Whether nginx sends what HTTP calls idempotent to another replica when one breaks it off. */
  readonly repeats: boolean
}

t.setTimeout(600_000)
for (const configuration of CONFIGURATIONS) {
  const skip = skipWithoutRedis() || skipWithoutNginx()
  void t.test(`three replicas behind ${configuration}, one killed, Redis restarted`, { skip }, async (t) => {
    const { signal, redis, repeats } = ends[configuration]
    const standIn = await replicated(t, configuration, redis)
    const client = new Client(standIn.url, SESSIONS * WORKERS.length)
    t.teardown(() => client.close())
    const sessions = Array.from(
      { length: SESSIONS },
      (_, index) => new SessionLoad(client, `squad-${index}`, repeats),
    )
    await Promise.all(sessions.map((session) => session.begin()))
    t.equal(client.unanswered, 0, 'nothing is refused while all is well')

    await underLoad(t, standIn, sessions, signal)
    t.comment(`${client.unanswered} calls were not acknowledged`)
    t.ok(client.unanswered < ALL_STEPS / 2, 'most calls were')

    for (const { url } of standIn.replicas) await judge(t, url, sessions)
    await steer(t, standIn, sessions)
  })
}

/** One replica is killed and comes back, and Redis is restarted, while all sessions are at work. */
async function underLoad(
  t: Test,
  { redis, replicas }: ReplicatedStandIn,
  sessions: readonly SessionLoad[],
  signal: NodeJS.Signals,
): Promise<void> {
  const [first, second] = replicas
  if (!first || !second) throw new Error('There are three')
  const progress = new Progress()
  const events = [
    progress.at(ALL_STEPS / 4, () => second.stop('SIGKILL')),
    progress.at(ALL_STEPS / 2, async () => {
      await redis.stop(signal)
      await withoutRedis(t, first.url)
      await redis.start()
    }),
    progress.at((ALL_STEPS * 3) / 4, () => second.start()),
  ]
  const work = sessions.flatMap((session) =>
    WORKERS.map((worker) => session.work(worker, STEPS, () => progress.step())),
  )
  await Promise.all([...events, ...work])
}

/** What needs no state goes on; what needs it is refused, and said when to come again. */
async function withoutRedis(t: Test, url: string): Promise<void> {
  const part = await request(`${url}/part`, { method: 'POST' })
  t.strictSame([part.statusCode, await part.body.json()], [200, { text: 'goodbye' }], 'a documented reply')
  const note = await request(`${url}/notes`)
  t.equal(note.statusCode, 503)
  t.match(note.headers, { 'retry-after': /^\d+$/, 'content-type': /^application\/problem\+json/ })
  await note.body.dump()
  const [health, live, ready] = await Promise.all(
    ['health', 'live', 'ready'].map(async (probe) => {
      const { statusCode, body } = await request(`${url}/_standin/${probe}`)
      return { statusCode, said: objectOf(await body.json()) }
    }),
  )
  t.match(health, { statusCode: 200, said: { status: 'degraded' } })
  t.strictSame([live?.statusCode, ready?.statusCode], [200, 200], 'to start it anew would help nobody')
}

/** Everything that was acknowledged is there, and nothing else, whichever replica is asked. */
async function judge(t: Test, url: string, sessions: readonly SessionLoad[]): Promise<void> {
  const client = new Client(url, 20)
  const complaints = await Promise.all(
    sessions.map(async (session) => {
      const { body } = await client.repeat('GET', '/notes', session.name)
      const found = session.judge(body as readonly Note[])
      const { body: override } = await client.repeat('GET', '/_standin/v1/overrides/o1', session.name)
      const { used } = objectOf(override)
      const { name, greeted, greetedPerhaps } = session
      const lost = Number(used) - greeted
      if (!(lost >= 0 && lost <= greetedPerhaps && Number(used) <= GREETED)) {
        found.push(
          `${name}: ${greeted} were overridden, perhaps ${greetedPerhaps} more, used is ${String(used)}`,
        )
      }
      return found
    }),
  )
  t.strictSame(complaints.flat().slice(0, 20), [])
  await client.close()
}

/** What is set through one replica is so at every other one, at once; calls are counted over all of them. */
async function steer(
  t: Test,
  { replicas }: ReplicatedStandIn,
  sessions: readonly SessionLoad[],
): Promise<void> {
  const clients = replicas.map(({ url }) => new Client(url, 20))
  const complaints = await Promise.all(
    sessions.map(async ({ name }, index) => {
      const here = clients[index % clients.length]
      if (!here) throw new Error('There are three')
      const parted = () =>
        Promise.all(clients.map(async (client) => (await client.send('POST', '/part', name))?.status))
      const override = { operationId: 'part', status: OVERRIDDEN }
      const made = await here.send('POST', '/_standin/v1/overrides', name, override)
      const before = await parted()
      const removed = await here.send(
        'DELETE',
        `/_standin/v1/overrides/${String(objectOf(made?.body)['id'])}`,
        name,
      )
      const after = await parted()
      const counted = await Promise.all(
        clients.map(async (client) => {
          const verify = { match: { operationId: 'part' }, times: 2 * clients.length }
          const reply = await client.send('POST', '/_standin/v1/journal/verify', name, verify)
          return objectOf(reply?.body)['verified']
        }),
      )
      const seen = [made?.status, ...before, removed?.status, ...after, ...counted].join(' ')
      return seen === '201 418 418 418 204 200 200 200 true true true' ? [] : [`${name}: ${seen}`]
    }),
  )
  t.strictSame(complaints.flat().slice(0, 20), [])
  await Promise.all(clients.map((client) => client.close()))
}
