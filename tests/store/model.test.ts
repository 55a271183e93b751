import * as fc from 'fast-check'
import t from 'tap'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'

type Model = Map<string, Map<string, unknown>>

const seed = { things: { '1': { n: 1 }, b: { n: 2 } } }
const fresh = (): Map<string, unknown> => new Map(Object.entries(seed.things))

const session = fc.constantFrom('', 'one', 'Two')
const id = fc.constantFrom('1', '2', 'a', 'b', 'toString', '__proto__')
const json = fc.dictionary(
  fc.string({ maxLength: 3 }).filter((key) => key !== '__proto__'),
  fc.jsonValue({ maxDepth: 1, noUnicodeString: false }),
  { maxKeys: 2 },
)
const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id, document: json }),
  fc.record({ kind: fc.constant('delete' as const), id }),
)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      session,
      changes: fc.array(change, { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('throw' as const),
      session,
      changes: fc.array(change, { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), session }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
)
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

function applyTo(model: Model, name: string, changes: Change[]): void {
  const documents = model.get(name) ?? fresh()
  for (const change of changes) {
    if (change.kind === 'put') documents.set(change.id, asJson(change.document))
    else documents.delete(change.id)
  }
  model.set(name, documents)
}

const update = (store: Store, name: string, changes: Change[], fail: boolean): Promise<void> =>
  store.update(name, (state) => {
    for (const change of changes) {
      if (change.kind === 'put') state.put('things', change.id, change.document)
      else state.delete('things', change.id)
    }
    if (fail) throw new RangeError('as asked')
  })

async function run(steps: Step[], open: () => Promise<Store>, keeps: boolean, t: Tap): Promise<void> {
  const model: Model = new Map()
  let store = await open()
  let waiting: Promise<unknown>[] = []
  for (const step of steps) {
    if (step.kind === 'update') {
      applyTo(model, step.session, step.changes)
      // Not waited for, so that changes meet writes that are under way.
      waiting.push(update(store, step.session, step.changes, false))
    } else if (step.kind === 'throw') {
      waiting.push(t.rejects(update(store, step.session, step.changes, true), RangeError))
    } else {
      await Promise.all(waiting)
      waiting = []
      if (step.kind === 'reset') {
        await store.reset(step.session)
        model.delete(step.session)
      } else if (keeps) {
        await store.close()
        store = await open()
      }
    }
  }
  await Promise.all(waiting)
  for (const name of ['', 'one', 'Two']) {
    const documents = (await store.read(name)).list('things')
    t.strictSame(
      [...documents].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      [...(model.get(name) ?? fresh())].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
  }
  await store.close()
}
type Tap = Pick<typeof t, 'rejects' | 'strictSame'>

void t.test('the store behaves as a Map does, over restarts too', async (t) => {
  const root = t.testdir()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const location = `${root}/${runs++}`
      await run(steps, () => openStore({ location, seed: async () => seed }), true, t)
    }),
    { numRuns: 40, seed: 1 },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), (steps) =>
      run(steps, () => openStore({ location: 'memory', seed: async () => seed }), false, t),
    ),
    { numRuns: 100, seed: 2 },
  )
})
