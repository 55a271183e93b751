import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import type { Test } from 'tap'
import type { Store } from '../../src/store/store.js'
import { seedOf } from './helper.js'

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
  // After so many turns of the event loop, so that it meets the steps of a write wherever it may.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), turns: fc.nat({ max: 30 }) }) },
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

const names = ['', 'one', 'Two']
const sorted = (documents: Iterable<[string, unknown]>): [string, unknown][] =>
  [...documents].toSorted(([a], [b]) => (a < b ? -1 : 1))

/** How a session was after each of its changes since the last reset, and how many were acknowledged. */
interface History {
  readonly states: ReadonlyMap<string, unknown>[]
  acknowledged: number
}
type Histories = Map<string, History>

function noteChange(histories: Histories, model: Model, name: string): () => void {
  const history = histories.get(name) ?? { states: [fresh()], acknowledged: 0 }
  histories.set(name, history)
  const number = history.states.push(new Map(model.get(name))) - 1
  return () => (history.acknowledged = Math.max(history.acknowledged, number))
}

/** Where a run of the model keeps its state. */
export interface Place {
  readonly open: (onMessage: (message: string) => void) => Promise<Store>
  readonly durable: boolean
  /** Opens what is left by a crash at this moment; undefined where nobody can tell. */
  readonly crash?: ((onMessage: (message: string) => void) => Promise<Store>) | undefined
}

/** The seed that the model starts from. */
export const modelSeed = seedOf(seed)

/** What is left by a crash at this moment is a state that was, no older than the last that was acknowledged. */
async function crash(opening: Promise<Store>, histories: Histories, t: Test): Promise<void> {
  const allowed = names.map((name) => {
    const history = histories.get(name)
    return (history?.states.slice(history.acknowledged) ?? [fresh()]).map((state) => sorted(state))
  })
  const store = await opening
  for (const [index, name] of names.entries()) {
    const found = sorted((await store.read(name)).list('things'))
    const states = allowed[index] ?? []
    if (!states.some((state) => isDeepStrictEqual(state, found))) t.strictSame(found, states)
  }
  await store.close()
}

async function run(steps: Step[], place: Place, t: Test): Promise<void> {
  const model: Model = new Map()
  const histories: Histories = new Map()
  const tell = (message: string): void => void t.fail(message)
  let store = await place.open(tell)
  let waiting: Promise<unknown>[] = []
  for (const step of steps) {
    if (step.kind === 'update') {
      applyTo(model, step.session, step.changes)
      const acknowledge = noteChange(histories, model, step.session)
      // Not waited for, so that changes meet writes that are under way.
      waiting.push(update(store, step.session, step.changes, false).then(acknowledge))
    } else if (step.kind === 'throw') {
      waiting.push(t.rejects(update(store, step.session, step.changes, true), RangeError))
    } else if (step.kind === 'crash') {
      for (let turn = 0; turn < step.turns; turn++) await nextTurn()
      if (place.crash) await crash(place.crash(tell), histories, t)
    } else {
      await Promise.all(waiting)
      waiting = []
      if (step.kind === 'reset') {
        await store.reset(step.session)
        model.delete(step.session)
        histories.delete(step.session)
      } else if (place.durable) {
        await store.close()
        store = await place.open(tell)
      }
    }
  }
  await Promise.all(waiting)
  for (const name of names) {
    t.strictSame(sorted((await store.read(name)).list('things')), sorted(model.get(name) ?? fresh()))
  }
  await store.close()
}

/** Holds a store against a Map, with changes, failures, resets, restarts and crashes in any order. */
export async function testModel(
  t: Test,
  place: () => Place,
  parameters: { readonly numRuns: number; readonly seed: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), (steps) => run(steps, place(), t)),
    parameters,
  )
}
