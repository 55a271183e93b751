import type { FastifyRequest } from 'fastify'
import type { Journal } from '../../steer/journal/journal.js'
import type { SessionJournal, SessionJournals } from '../../steer/journal/session-journal.js'
import type { Teller } from '../../steer/journal/tell.js'
import type { Trail } from '../../steer/trail.js'
import type { ControlContext } from './context.js'
import { ControlProblem } from './problems.js'
import { type ControlRequest, controlledSession } from './session-of.js'

/** The journals, or the answer to who asks for them where there are none. */
export function journalsOf({ journals }: ControlContext): SessionJournals {
  if (journals) return journals
  throw new ControlProblem(
    'journal-off',
    'No calls are kept, since the stand-in was started with --journal 0',
  )
}

/** The journal that a request is about. */
export function journalOf(context: ControlContext, request: ControlRequest): SessionJournal {
  const { journal, name } = controlledSession(context.sessions, request)
  return journal ?? journalsOf(context).open(name)
}

export interface JournalAsked {
  readonly journal: Journal
  /** Tells of calls in the terms of the docs as they are now. */
  readonly teller: Teller
}

/** The calls that a request is about, as they are now. */
export async function readJournal(context: ControlContext, request: ControlRequest): Promise<JournalAsked> {
  const { teller } = journalsOf(context)
  return { journal: await journalOf(context, request).read(), teller }
}

export function callOf(journal: Journal, id: number): Trail {
  const trail = journal.get(id)
  if (trail) return trail
  const { dropped } = journal
  throw new ControlProblem(
    'unknown-control-target',
    `The journal of this session has no call ${id}${dropped > 0 ? `; ${dropped} earlier ones are not kept any more` : ''}`,
  )
}

/** Where a request came to, for calls that named no host. */
export const originOf = ({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>): string =>
  `${protocol}://${host}`
