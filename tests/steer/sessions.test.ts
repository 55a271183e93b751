import { join } from 'node:path'
import t, { type Test } from 'tap'
import { folderFor } from '../folder.js'
import { description } from './journal/helper.js'
import { openStore } from '../../src/store/open.js'
import { prepareOverride } from '../../src/steer/prepared-override.js'
import type { Journal } from '../../src/steer/journal/journal.js'
import { Journals } from '../../src/steer/journal/journals.js'
import { type Session, Sessions, type SessionsOptions } from '../../src/steer/sessions.js'

const seed = async () => ({ cups: { 1: { full: true } } })

async function made(t: Test, options: Partial<SessionsOptions> = {}) {
  const clock = { ms: 0 }
  const store = await openStore({ location: 'memory', fsync: false, seed })
  const sessions = new Sessions({
    store,
    journals: undefined,
    limit: 3,
    idle: 1000,
    now: () => clock.ms,
    ...options,
  })
  t.teardown(async () => {
    sessions.close()
    await store.close()
  })
  return { sessions, store, clock }
}

const got = (sessions: Sessions, name: string): Session => {
  const session = sessions.get(name)
  if ('code' in session) throw new Error(session.detail)
  return session
}
const names = async (sessions: Sessions): Promise<string[]> => (await sessions.list()).map(({ name }) => name)
const fill = (session: Session, id: string) =>
  session.state?.update((state) => state.put('cups', id, { full: false }))
const cups = async (session: Session) => [...((await session.state?.read())?.list('cups').keys() ?? [])]

void t.test('an idle session is dropped with all that it holds', async (t) => {
  const { sessions, store, clock } = await made(t)
  const [a, b] = [got(sessions, 'a'), got(sessions, 'b')]
  await fill(a, '2')
  await fill(b, '3')
  a.overrides.add(await prepareOverride({ status: 500 }))
  await fill(sessions.default, '4')
  clock.ms = 999
  await sessions.sweep()
  t.strictSame(await names(sessions), ['', 'a', 'b'])
  got(sessions, 'b')
  clock.ms = 1500
  await sessions.sweep()
  t.strictSame(await names(sessions), ['', 'b'])
  t.strictSame(await store.sessions(), ['b'])
  t.strictSame(await cups(got(sessions, 'a')), ['1'], 'made anew, from the fixtures')
  t.equal(got(sessions, 'a').steered, false)
  clock.ms = 10_000
  await sessions.sweep()
  t.strictSame(await names(sessions), [''], 'the default one never')
  t.strictSame(await cups(sessions.default), ['1', '4'])
})

void t.test('a session that is made anew while it is dropped keeps what is put into it', async (t) => {
  const { sessions } = await made(t)
  await fill(got(sessions, 'a'), '2')
  const dropped = sessions.drop('a')
  const again = got(sessions, 'a')
  const filled = fill(again, '3')
  await Promise.all([dropped, filled])
  t.strictSame(await cups(again), ['1', '3'])
  t.equal(await sessions.drop('nobody'), false)
})

void t.test('a session whose journal cannot be dropped gives back its state all the same', async (t) => {
  class Failing extends Journals {
    override open(): Journal {
      return Object.assign(super.open(), { drop: () => Promise.reject(new Error('the store is full')) })
    }
  }
  const { sessions, store } = await made(t, {
    journals: new Failing({ entries: 10, description: () => description }),
  })
  await fill(got(sessions, 'a'), '2')
  await t.rejects(sessions.drop('a'), { message: 'the store is full' })
  t.strictSame(await store.sessions(), [])
})

void t.test('the timer drops sessions by itself', async (t) => {
  const { sessions } = await made(t, { idle: 30, now: Date.now })
  got(sessions, 'a')
  while ((await names(sessions)).length > 1) await new Promise((resolve) => setTimeout(resolve, 10))
  t.strictSame(await names(sessions), [''])
})

void t.test('0 keeps sessions for good', async (t) => {
  const { sessions, clock } = await made(t, { idle: 0 })
  got(sessions, 'a')
  clock.ms = 1e12
  await sessions.sweep()
  t.strictSame(await names(sessions), ['', 'a'])
})

void t.test('as many as are allowed, and names that are none', async (t) => {
  const { sessions } = await made(t)
  for (const name of ['a', 'b', 'c']) got(sessions, name)
  t.match(sessions.get('d'), { code: 'too-many-sessions', detail: /^3 sessions .*--max-sessions/ })
  t.equal(got(sessions, 'a').name, 'a', 'those that are there go on')
  await sessions.drop('b')
  got(sessions, 'd')
  for (const name of ['.a', 'a b', 'snapshot:a', 'a/b', 'é', 'a'.repeat(65)]) {
    t.match(sessions.get(name), { code: 'bad-session' }, name)
  }
})

void t.test('sessions that an earlier run has left are there, and end like others', async (t) => {
  const location = join(folderFor(t), 'store')
  const before = await openStore({ location, fsync: false, seed })
  await before.update('left', (state) => state.put('cups', '2', {}))
  await before.update('snapshot:a', (state) => state.put('snapshot', 'about', { made: 1 }))
  await before.close()
  const store = await openStore({ location, fsync: false, seed })
  const { sessions, clock } = await made(t, { store })
  await sessions.adopt()
  t.strictSame(await names(sessions), ['', 'left'], 'a snapshot is none')
  clock.ms = 1000
  await sessions.sweep()
  t.strictSame(await store.sessions('snapshot'), ['snapshot:a'])
  await store.close()
})

void t.test('a failure to drop is told, and the session is gone from the list', async (t) => {
  const failures: unknown[] = []
  const { sessions, clock, store } = await made(t, { onFailure: (error) => failures.push(error) })
  got(sessions, 'a')
  await store.close()
  clock.ms = 1000
  await sessions.sweep()
  t.match(failures, [{ code: 'STANDIN_ERR_STORE_CLOSED' }])
})
