import t from 'tap'
import { openStore } from '../../src/store/open.js'
import { Session } from '../../src/steer/session.js'
import { Snapshots } from '../../src/steer/snapshots.js'
import { Staging } from '../../src/steer/staging.js'

const LATE = {
  name: 'late',
  file: 'late.yaml',
  description: undefined,
  snapshot: undefined,
  state: undefined,
  overrides: [],
}

/** A session as each of several processes has it, the first of which is lost when it sets what steers it. */
async function inTwoProcesses(t: { teardown(end: () => Promise<void>): void }) {
  const seed = async () => ({ cups: { 1: { full: true } } })
  const store = await openStore({ location: 'memory', fsync: false, seed })
  t.teardown(() => store.close())
  const snapshots = new Snapshots(store, Date.now, (state) => state)
  const staging = new Staging({ snapshots, scenarios: { list: async () => [], read: async () => LATE } })
  const switched: string[] = []
  const session = (process: string, isLost: () => boolean): Session => {
    const made = new Session('w1', { store, shown: (state) => state, journals: undefined, made: 0 })
    Object.defineProperty(made, 'isShared', { value: true })
    made.steer = async (change) => {
      if (isLost()) throw new Error('The store is away')
      switched.push(process)
      return change(made.overrides)
    }
    return made
  }
  return { staging, switched, session }
}

void t.test('a beginning that failed half way is done by who comes next', async (t) => {
  const { staging, switched, session } = await inTwoProcesses(t)
  const [lost, next] = [session('first', () => true), session('second', () => false)]
  const asked = { scenario: 'late' }
  await t.rejects(staging.begin(lost, asked), { message: 'The store is away' })
  await t.rejects(staging.begin(lost, asked), { message: 'The store is away' }, 'and again')
  await staging.begin(next, asked)
  await staging.begin(next, asked)
  await staging.begin(lost, asked)
  t.strictSame(switched, ['second'], 'once, and known to be done')
})
