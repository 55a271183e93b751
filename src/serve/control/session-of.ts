import type { IncomingHttpHeaders } from 'node:http'
import { type Static, Type } from '@sinclair/typebox'
import { beginningAskedIn, nameIn, sessionTextOf } from '../../steer/session-name.js'
import type { Session, Sessions } from '../../steer/sessions.js'
import { type ControlApp, type ControlContext, CONTROL_PREFIX } from './context.js'
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
export function controlledSession(sessions: Sessions, request: ControlRequest): Session {
  const found = sessions.get(nameIn(saidOfSession(request)))
  if ('code' in found) throw new ControlProblem(found.code, found.detail)
  return found
}

/** Where a session is no matter its query is not looked at, and may be there several times. */
const saidOfSession = ({ query: { session }, headers }: ControlRequest): string =>
  typeof session === 'string' ? session : sessionTextOf(headers)

/** What takes a session back has to reach one that began otherwise. */
const TAKES_BACK = new Set([`${CONTROL_PREFIX}/reset`, `${CONTROL_PREFIX}/sessions/:name`])

/**
 * Has the session of a control request begin from what the request names beside it, so that it does not
 * matter whether that or a call of the API comes first.
 */
export function beginSessions(
  app: ControlApp,
  { sessions, staging }: Pick<ControlContext, 'sessions' | 'staging'>,
): void {
  app.addHook<{ Querystring: Static<typeof SessionQuery> }>('preHandler', async (request) => {
    const asked = beginningAskedIn(saidOfSession(request))
    if (asked === undefined || TAKES_BACK.has(request.routeOptions.url ?? '')) return
    if (typeof asked === 'string') throw new ControlProblem('bad-session', asked)
    await staging.begin(controlledSession(sessions, request), asked)
  })
}
