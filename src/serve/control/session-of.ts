import type { IncomingHttpHeaders } from 'node:http'
import { type Static, Type } from '@sinclair/typebox'
import { sessionNameOf } from '../../steer/session-name.js'
import type { Session, Sessions } from '../../steer/sessions.js'
import { ControlProblem } from './problems.js'

/** `?session=NAME`, for those who would rather not set the header. Any other name could be this one mistyped. */
export const SessionQuery = Type.Object(
  { session: Type.Optional(Type.String()) },
  { additionalProperties: false },
)

export interface ControlRequest {
  readonly query: Static<typeof SessionQuery>
  readonly headers: IncomingHttpHeaders
}

/** The session that a control request is about: by query, header or cookie, else the default one. */
export function controlledSession(sessions: Sessions, { query, headers }: ControlRequest): Session {
  const found = sessions.get(query.session ?? sessionNameOf(headers))
  if ('code' in found) throw new ControlProblem(found.code, found.detail)
  return found
}
