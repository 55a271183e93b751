import { type Static, Type } from '@sinclair/typebox'
import type { Trail } from '../trail.js'
import { differences } from './differences.js'
import type { JournalEntry } from './entry.js'
import type { Journal } from './journal.js'
import { JournalMatch } from './match.js'
import type { Teller } from './tell.js'

/** Which entries are asked for, and how many. */
export const JournalQuery = Type.Composite([
  Type.Omit(JournalMatch, ['when']),
  Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    order: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('oldest')], { default: 'newest' })),
  }),
])
export type JournalQuery = Static<typeof JournalQuery>

/** The calls that are meant, the oldest first. */
export const matching = (journal: Journal, match: JournalMatch, teller: Teller): Trail[] =>
  journal.list().filter((trail) => differences(trail, match, teller) === undefined)

/** The entries that are asked for. Only those are made. */
export function query(journal: Journal, asked: JournalQuery, teller: Teller): JournalEntry[] {
  const { limit = 100, order = 'newest', ...match } = asked
  const found = matching(journal, match, teller)
  const ordered = order === 'newest' ? found.toReversed() : found
  return ordered.slice(0, limit).map((trail) => teller.entry(trail))
}
