import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { prepareOverride } from '../src/steer/prepared-override.js'
import { type Session, Sessions } from '../src/steer/sessions.js'
import { replaceContents } from '../src/steer/state-contents.js'
import { openStore } from '../src/store/open.js'

const COUNT = 1000
const FIXTURES = 10_000

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** Bytes of the heap that are in use, after what nobody holds has been let go. */
async function heap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    if (typeof collect === 'function') collect()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return process.memoryUsage().heapUsed
}

const document = (index: number) => ({ index, text: `document ${index} of a session` })
const documents = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, document(index)]))

const change = (session: Session, count: number) =>
  session.state?.update((state) => {
    for (let index = 0; index < count; index++) state.put('documents', `d${index}`, { changed: index })
  })

const uses: readonly (readonly [name: string, use: (session: Session) => Promise<unknown>])[] = [
  ['only made', async () => {}],
  ['one document changed', async (session) => change(session, 1)],
  ['ten documents changed', async (session) => change(session, 10)],
  ['one override', async (session) => session.overrides.add(await prepareOverride({ status: 500 }))],
  [
    'a snapshot that is the fixtures restored',
    async (session) =>
      session.state?.update((state) => replaceContents(state, { documents: documents(FIXTURES) })),
  ],
]

/** Bytes of heap for each session. Apart, so that nothing of one measurement is still held in the next. */
async function costOf(use: (session: Session) => Promise<unknown>): Promise<number> {
  const seed = async () => ({ documents: documents(FIXTURES) })
  const store = await openStore({ location: 'memory', fsync: false, seed })
  const all = new Sessions({ store, journals: undefined, limit: 2 * COUNT, idle: 0, now: Date.now })
  const fill = async (prefix: string, count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const session = all.get(`${prefix}-${index}`)
      if ('code' in session) throw new Error(session.detail)
      await use(session)
    }
  }
  // What the first few cost is code, which all share.
  await fill('first', 20)
  const before = await heap()
  await fill('session', COUNT)
  const after = await heap()
  await store.close()
  return (after - before) / COUNT
}

/** What a session costs by what was changed in it, for many of them over large fixtures. */
export async function sessions(): Promise<string> {
  const lines = [`${COUNT} sessions at once over fixtures of ${FIXTURES} documents, bytes of heap for each:`]
  for (const [name, use] of uses) {
    lines.push(`  ${name.padEnd(42)} ${String(Math.round(await costOf(use))).padStart(6)}`)
  }
  return lines.join('\n')
}
