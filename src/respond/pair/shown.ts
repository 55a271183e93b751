import { isLosslessNumber } from '../../operation/json.js'
import { normalise } from './member-names.js'

/** A value in an example, by the keys that lead to it. */
export interface Shown {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}

/** The deepest level that is looked at; identifiers stand near the top. */
const LEVELS = 6

/**
 * Where an exact JSON value (see parseExact) shows a member of one of the names: for the first name
 * that occurs at all, its places on the outermost level, because deeper ones belong to other things.
 */
export function shownIn(value: unknown, names: readonly string[]): Shown[] {
  for (const name of names) {
    let level: Shown[] = [{ path: [], value }]
    for (let depth = 0; depth < LEVELS && level.length > 0; depth++) {
      const inner = level.flatMap(membersOf)
      const found = inner.filter(
        (member) => normalise(String(member.path.at(-1))) === name && textOf(member.value) !== undefined,
      )
      if (found.length > 0) return found
      level = inner
    }
  }
  return []
}

function membersOf({ path, value }: Shown): Shown[] {
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return []
  // Items stand on the level of their list: a list of things shows each of them.
  if (Array.isArray(value))
    return value.flatMap((item, index) => membersOf({ path: [...path, index], value: item as unknown }))
  return Object.entries(value).map(([name, member]) => ({ path: [...path, name], value: member as unknown }))
}

/** A scalar as it would stand in a URL, with all its digits; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  return isLosslessNumber(value) ? value.value : undefined
}
