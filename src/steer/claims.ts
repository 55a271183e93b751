import { type Active, mostUses, type Planned, planned } from './active-override.js'
import type { Override } from './override.js'
import type { SteeredCall } from './overrides.js'

/**
 * Counts the uses of overrides over several processes. Everything rejects with STANDIN_ERR_STORE_* where
 * that cannot be done.
 */
export interface Claims {
  /**
   * Takes an override for one call. Resolves with the number of calls it was taken for before; undefined
   * where that is as often as it can be, or where it is there no more.
   */
  use(key: string, most: number): Promise<number | undefined>
  /** The number of calls that an override was for before this one; undefined where it is there no more. */
  meet(key: string): Promise<number | undefined>
  /** Says that an override was taken for a call; the sum is known to others somewhat later. */
  count(key: string): void
}

/**
 * The override that a call gets, where others take from the same overrides. Only what depends on how often
 * it was taken before is claimed; the rest is known at once.
 * @param fitting those that the call may get, in their order; the rest of them is asked for when it is needed
 */
export function takeClaimed(
  fitting: Iterator<Active>,
  call: SteeredCall,
  claims: Claims,
): Planned | undefined | Promise<Planned | undefined> {
  for (let next = fitting.next(); next.done !== true; next = fitting.next()) {
    const entry = next.value
    const { override, random } = entry.prepared
    if (isCounted(override)) {
      return claimed(entry, call, claims).then((taken) => taken ?? takeClaimed(fitting, call, claims))
    }
    const drawn = random(0)
    if (override.probability !== undefined && drawn() >= override.probability) continue
    claims.count(entry.key)
    return planned(entry, 0, drawn, call.path)
  }
  return undefined
}

/** Whether what a call gets depends on how many were before it. */
const isCounted = ({ times, sequence, seed }: Override): boolean =>
  times !== undefined || sequence !== undefined || seed !== undefined

async function claimed(entry: Active, call: SteeredCall, claims: Claims): Promise<Planned | undefined> {
  const { override, random } = entry.prepared
  const { probability, seed } = override
  let drawn: (() => number) | undefined
  if (probability !== undefined) {
    const met = seed === undefined ? 0 : await claims.meet(entry.key)
    if (met === undefined) return undefined
    drawn = random(met)
    if (drawn() >= probability) return undefined
  }
  const most = mostUses(override)
  const used = await claims.use(entry.key, most)
  entry.used = Math.max(entry.used, used === undefined ? most : used + 1)
  // Without a limit it can only be gone.
  return used === undefined ? undefined : planned(entry, used, drawn ?? random(used), call.path)
}
