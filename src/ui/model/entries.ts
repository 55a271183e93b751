import type { JournalEntry } from '../../steer/journal/entry.js'

/** Entries that the page keeps; the journal itself may keep more. */
export const MOST_ENTRIES = 500

/** The newest first, each once: one that comes again, now that it is done, takes the place of what was told before. */
export function mergeEntries(
  known: readonly JournalEntry[],
  come: readonly JournalEntry[],
): readonly JournalEntry[] {
  const fresh = new Map(come.map((entry) => [entry.id, entry]))
  const kept = known.map((entry) => {
    const newer = fresh.get(entry.id)
    fresh.delete(entry.id)
    return newer ?? entry
  })
  return [...fresh.values(), ...kept].toSorted((a, b) => b.id - a.id).slice(0, MOST_ENTRIES)
}

export interface EntryFilter {
  readonly text: string
  /** All, those that no documented operation took or that broke the docs, or those that an override was for. */
  readonly kind: 'all' | 'trouble' | 'steered'
}

export function filterEntries(
  entries: readonly JournalEntry[],
  { text, kind }: EntryFilter,
): readonly JournalEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(
    (entry) => isOfKind(entry, kind) && words.every((word) => textOf(entry).includes(word)),
  )
}

function isOfKind(entry: JournalEntry, kind: EntryFilter['kind']): boolean {
  if (kind === 'trouble') {
    return entry.kind !== 'preflight' && (entry.operationId === null || entry.violations.length > 0)
  }
  if (kind === 'steered')
    return entry.steps.some(({ stage, outcome }) => stage === 'steer' && outcome !== 'none')
  return true
}

/** What takes the place of an operation, in a word. */
export const takenBy = ({ kind, operationId }: JournalEntry): string =>
  kind === 'preflight'
    ? 'preflight'
    : kind === 'unreadable'
      ? 'no HTTP request'
      : (operationId ?? 'not documented')

const textOf = ({ kind, operationId, request, reply }: JournalEntry): string =>
  `${kind ?? 'call'} ${operationId ?? 'unknown'} ${request.method} ${request.url} ${reply?.status ?? 'no reply'}`.toLowerCase()
