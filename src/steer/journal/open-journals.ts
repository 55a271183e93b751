import type { Shared } from '../../store/redis/shared.js'
import { Journals, type JournalsOptions } from './journals.js'
import type { SessionJournals } from './session-journal.js'
import { SharedJournals } from './shared-journals.js'

export interface OpenOptions extends JournalsOptions {
  /** Undefined where no other process answers calls of the same sessions. */
  readonly shared: Shared | undefined
  /** Told of calls that could not be written for now. */
  readonly onFailure: (error: unknown) => void
}

/** Undefined where none is to be kept. */
export function openJournals({ shared, ...options }: OpenOptions): SessionJournals | undefined {
  if (options.entries === 0) return undefined
  if (!shared) return new Journals(options)
  const { calls, replicas } = shared
  const journals = new SharedJournals({
    ...options,
    log: calls,
    begin: () => calls.beginCounting(replicas),
    flushAll: () => replicas.tell('flush', ''),
    discardAll: (session) => replicas.tell('discard', session),
  })
  replicas.on('flush', () => journals.flush())
  replicas.on('discard', (session) => journals.discard(session))
  return journals
}
