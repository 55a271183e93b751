import type { PlannedInteraction } from './plan.js'

/** The verifier's time for one interaction grows with the size of its file. */
const SHARD = 50

/** Parts of a run that a process each verifies, in order; interactions of one specification together. */
export function shardsOf(plan: readonly PlannedInteraction[]): PlannedInteraction[][] {
  const shards: PlannedInteraction[][] = []
  for (const version of new Set(plan.map(({ specification }) => specification))) {
    const same = plan.filter(({ specification }) => specification === version)
    for (let at = 0; at < same.length; at += SHARD) shards.push(same.slice(at, at + SHARD))
  }
  return shards
}

/** Runs the tasks, so many at a time. The first that fails fails all, once those that run have ended. */
export async function runAll<Result>(
  tasks: readonly (() => Promise<Result>)[],
  atOnce: number,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < tasks.length; at = next++) {
      const result = await tasks[at]?.()
      if (result !== undefined) results[at] = result
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, work))
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
  return results
}
