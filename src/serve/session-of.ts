import type { IncomingHttpHeaders } from 'node:http'
import { problemReply, type ProblemCode } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'
import { Refused } from '../steer/refused.js'
import { beginningAskedIn, sessionNameOf, sessionTextOf } from '../steer/session-name.js'
import type { Session, Sessions } from '../steer/sessions.js'
import type { Staging } from '../steer/staging.js'

/** The session that a request belongs to, or the answer to one that can have none. */
export function sessionOf(sessions: Sessions, headers: IncomingHttpHeaders): Session | Reply {
  const found = sessions.get(sessionNameOf(headers))
  return 'code' in found ? problemReply(found.code, { detail: found.detail }) : found
}

/**
 * What a request waits for until its session is what it is to begin from; undefined where it need not wait.
 * Resolves with the answer where it cannot begin so; rejects with errors of the store.
 */
export function begun(
  staging: Staging,
  session: Session,
  headers: IncomingHttpHeaders,
): Promise<Reply | undefined> | undefined {
  if (session.name === '') return undefined
  const asked = beginningAskedIn(sessionTextOf(headers))
  if (typeof asked === 'string') return Promise.resolve(problemReply('bad-session', { detail: asked }))
  if (asked) return staging.begin(session, asked).then(nothing, refusal)
  return session.beginning?.then(nothing, nothing)
}

const nothing = (): undefined => undefined

const CODE_OF = {
  invalid: 'bad-session',
  unknown: 'bad-session',
  taken: 'session-begun',
  begun: 'session-begun',
  full: 'limit-reached',
  stateless: 'no-state',
} as const satisfies Record<Refused['kind'], ProblemCode>

function refusal(error: unknown): Reply {
  if (error instanceof Refused) return problemReply(CODE_OF[error.kind], { detail: error.message })
  if (error instanceof Error && 'code' in error && error.code === 'STANDIN_ERR_SCENARIO') {
    return problemReply('bad-scenario', { detail: error.message })
  }
  throw error
}
