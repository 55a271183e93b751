import type { Repair } from '../../operation/operation.js'
import type { Locator } from '../locator.js'
import type { Note } from './draft.js'
import { REPAIRS } from './kinds.js'

/** The repairs in the order of the text, one for each kind and line. */
export function repairsOf(notes: readonly Note[], locator: Locator): Repair[] {
  const seen = new Set<string>()
  const repairs: Repair[] = []
  for (const { kind, offset } of notes.toSorted((a, b) => a.offset - b.offset)) {
    const source = locator.locate(offset)
    const key = `${kind} ${source.line}`
    if (seen.has(key)) continue
    seen.add(key)
    repairs.push({ kind, message: REPAIRS[kind], source })
  }
  return repairs
}
