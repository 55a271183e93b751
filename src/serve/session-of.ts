import type { IncomingHttpHeaders } from 'node:http'
import { problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'
import { sessionNameOf } from '../steer/session-name.js'
import type { Session, Sessions } from '../steer/sessions.js'

/** The session that a request belongs to, or the answer to one that can have none. */
export function sessionOf(sessions: Sessions, headers: IncomingHttpHeaders): Session | Reply {
  const found = sessions.get(sessionNameOf(headers))
  return 'code' in found ? problemReply(found.code, { detail: found.detail }) : found
}
