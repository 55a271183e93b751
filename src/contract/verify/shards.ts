import type { PlannedInteraction } from './plan.js'

/** The verifier's time for one interaction grows with the size of its file; that of a new file is small. */
const SHARD = 25

/** Parts of a run that are verified one by one, in order; interactions of one specification together. */
export function shardsOf(plan: readonly PlannedInteraction[]): PlannedInteraction[][] {
  const shards: PlannedInteraction[][] = []
  for (const version of new Set(plan.map(({ specification }) => specification))) {
    const same = plan.filter(({ specification }) => specification === version)
    for (let at = 0; at < same.length; at += SHARD) shards.push(same.slice(at, at + SHARD))
  }
  return shards
}

/**
 * Runs the tasks, so many at a time, each by a worker that no other uses meanwhile. The first that
 * fails fails all, once those that run have ended; no other begins.
 */
export async function runAll<Worker extends { close(): Promise<void> }, Result>(
  tasks: readonly ((worker: Worker) => Promise<Result>)[],
  { atOnce, open }: { readonly atOnce: number; readonly open: () => Worker },
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const work = async (): Promise<void> => {
    const worker = open()
    try {
      for (let at = next++; at < tasks.length; at = next++) {
        const result = await tasks[at]?.(worker)
        if (result !== undefined) results[at] = result
      }
    } finally {
      next = tasks.length
      await worker.close()
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, tasks.length) }, work))
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason
  return results
}
