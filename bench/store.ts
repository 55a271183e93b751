import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Collections } from '../src/respond/state.js'
import { openStore } from '../src/store/open.js'
import type { Store } from '../src/store/store.js'
import { median, table } from './statistics.js'

const ROUNDS = 5
/** How long a round takes, in ms: long enough for the files to be saved a few times. */
const ROUND = 1500

interface Engine {
  readonly name: string
  readonly memory?: boolean
  readonly fsync?: boolean
}
const engines: readonly Engine[] = [
  { name: 'memory', memory: true },
  { name: 'file' },
  { name: 'file, fsync', fsync: true },
]

const accounts = (count: number): Collections => ({
  accounts: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `user-${index}`,
      { id: `user-${index}`, name: 'Ada Lovelace', pin: 'f4cq0kZlVZ0XzQYxJ4o1W4pM3mHn0o7l', attempts: 0 },
    ]),
  ),
})

/** CPU microseconds a change, saving included, and changes a second. */
async function round(store: Store, documents: number, inFlight: number): Promise<[number, number]> {
  let changes = 0
  const begun = performance.now()
  const before = process.cpuUsage()
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() < begun + ROUND) {
        const attempts = ++changes
        const id = `user-${(attempts * 7919) % documents}`
        await store.update('', (state) =>
          state.put('accounts', id, { ...state.get('accounts', id), attempts }),
        )
      }
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return [(user + system) / changes, (changes * 1000) / (performance.now() - begun)]
}

async function measure(engine: Engine, documents: number, inFlight: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'standin-bench-'))
  const store = await openStore({
    location: engine.memory ? 'memory' : folder,
    fsync: engine.fsync,
    seed: async () => accounts(documents),
  })
  try {
    // The first one warms up the compiler, and is not counted.
    await round(store, documents, inFlight)
    const costs: number[] = []
    const rates: number[] = []
    for (let turn = 0; turn < ROUNDS; turn++) {
      const [cost, rate] = await round(store, documents, inFlight)
      costs.push(cost)
      rates.push(rate)
    }
    return [
      engine.name,
      String(documents),
      String(inFlight),
      `${median(costs).toFixed(1)} (${Math.min(...costs).toFixed(1)}-${Math.max(...costs).toFixed(1)})`,
      median(rates).toFixed(0),
    ]
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a durable change costs, by engine, size of the state, and changes at once. */
export async function store(): Promise<string> {
  const rows: string[][] = []
  for (const engine of engines) {
    for (const documents of [10, 10_000]) {
      for (const inFlight of [1, 50]) rows.push(await measure(engine, documents, inFlight))
    }
  }
  return table(['store', 'documents', 'in flight', 'CPU µs/change', 'changes/s'], rows)
}
