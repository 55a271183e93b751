import type { SessionJournals } from '../../steer/journal/session-journal.js'
import type { Durations } from '../../store/durations.js'
import { type CallCounts, UNKNOWN } from './call-counts.js'
import { counter, gauge, histogram, type MetricFamily } from './family.js'

/** A store on another machine, as metrics see it. */
export interface StoreFigures {
  readonly up: boolean
  /** Changes that were made durable. */
  readonly commits: number
  /** Changes that were run again, since another replica had changed the same session. */
  readonly conflicts: number
  readonly roundTrips: Durations
}

/** What there is to tell of a stand-in. Nothing of it is looked at before somebody asks. */
export interface Measured {
  readonly version: string
  readonly counts: CallCounts
  readonly operations: () => number
  /** Those that were used in this process, the default one among them. */
  readonly sessions: () => number
  readonly journals: () => Pick<SessionJournals, 'bytes' | 'dropped'> | undefined
  /** Undefined where the store is this process's own. */
  readonly store: () => StoreFigures | undefined
}

/** Standin's own metrics; docs/guides/operate.md explains each. */
export function ownFamilies(measured: Measured): MetricFamily[] {
  const { counts, version } = measured
  const operations = [...counts.operations]
  const replies = operations.flatMap(([operation, { replies }]) =>
    replies.flatMap((value, digit) =>
      value === 0 ? [] : [[{ operation, status: `${digit}xx` }, value] as const],
    ),
  )
  const violations = operations.flatMap(([operation, { violations }]) =>
    violations === 0 ? [] : [[{ operation }, violations] as const],
  )
  const unknown = counts.operations.get(UNKNOWN)?.replies.reduce((sum, value) => sum + value, 0) ?? 0
  // Of a shared store several processes may have used the same session; of others each has its own.
  const store = measured.store()
  const journals = measured.journals()
  return [
    gauge('standin_info', 'The version of Standin.', 1, 'first', { version }),
    gauge('standin_workers', 'Processes that serve here and are part of these figures.', 1, 'sum'),
    gauge('standin_operations', 'Documented operations that are served.', measured.operations(), 'max'),
    counter(
      'standin_requests_total',
      'Requests to the mocked API by operation and class of status.',
      replies,
    ),
    counter('standin_violations_total', 'Requests that broke the docs, by operation.', violations),
    counter('standin_unknown_requests_total', 'Requests that no documented operation took.', [[{}, unknown]]),
    histogram(
      'standin_request_duration_seconds',
      "Standin's own time for a request of a documented operation, without any delay that was asked for.",
      counts.durations,
    ),
    gauge(
      'standin_sessions',
      'Sessions in use, the default one among them.',
      measured.sessions(),
      store ? 'max' : 'sum',
    ),
    ...(journals ? journalFamilies(journals) : []),
    ...(store ? storeFamilies(store) : []),
  ]
}

const journalFamilies = ({ bytes, dropped }: Pick<SessionJournals, 'bytes' | 'dropped'>): MetricFamily[] => [
  gauge('standin_journal_bytes', 'What the journals of all sessions take in memory, about.', bytes, 'sum'),
  counter('standin_journal_dropped_total', 'Calls that the bounds of the journals have dropped.', [
    [{}, dropped],
  ]),
]

const storeFamilies = ({ up, commits, conflicts, roundTrips }: StoreFigures): MetricFamily[] => [
  gauge('standin_store_up', 'Whether the shared store answers: 1 or 0.', Number(up), 'min'),
  counter('standin_store_commits_total', 'Changes that the shared store has taken.', [[{}, commits]]),
  counter(
    'standin_store_conflicts_total',
    'Changes that were run again, since another replica had changed the same session meanwhile.',
    [[{}, conflicts]],
  ),
  histogram('standin_store_round_trip_seconds', 'Round trips to the shared store.', roundTrips),
]
