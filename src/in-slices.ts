import { setImmediate } from 'node:timers/promises'

/** Milliseconds for which a request may have to wait. */
const SLICE = 8

/** Takes steps that can wait, and lets requests be answered in between. Ends early once `signal` is aborted. */
export async function inSlices(steps: Iterable<unknown>, signal: AbortSignal): Promise<void> {
  let until = performance.now() + SLICE
  const taken = steps[Symbol.iterator]()
  while (taken.next().done !== true) {
    if (performance.now() < until) continue
    await setImmediate()
    if (signal.aborted) return
    until = performance.now() + SLICE
  }
}
