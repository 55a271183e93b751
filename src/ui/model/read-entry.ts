import { parseExact } from '../../operation/json.js'
import type { JournalEntry } from '../../steer/journal/entry.js'

/** An entry from JSON text. Documents keep the digits of their numbers; all else has plain ones. */
export function readEntry(text: string): JournalEntry {
  const entry: JournalEntry = JSON.parse(text)
  return withExactChanges(entry, parseExact(text))
}

/** The entries of a list as the control API answers it. */
export function readEntries(text: string): JournalEntry[] {
  const { entries }: { entries: JournalEntry[] } = JSON.parse(text)
  const exact = listAt(parseExact(text), 'entries')
  return entries.map((entry, index) => withExactChanges(entry, exact[index]))
}

function withExactChanges(entry: JournalEntry, exact: unknown): JournalEntry {
  const changes = listAt(exact, 'changes')
  if (changes.length === 0) return entry
  return {
    ...entry,
    changes: entry.changes.map((change, index) => ({
      ...change,
      before: memberOf(changes[index], 'before'),
      after: memberOf(changes[index], 'after'),
    })),
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}
