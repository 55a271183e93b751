import { formatSource } from '../operation/source.js'
import type { Operation } from '../operation/operation.js'
import { formatNotes, OWN_REPLY } from './decision.js'
import type { Reply } from './reply.js'
import { summarize, type Violation } from './violation.js'

/** The problems that Standin answers with on its own account, with their HTTP statuses; docs/errors.md explains them. */
export const PROBLEMS = {
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  'bad-preference': { status: 400, title: 'A preference has no meaning' },
  'bad-request': { status: 400, title: 'The request is not valid HTTP' },
  'bad-session': { status: 400, title: 'There is no such session, nor can it be made' },
  'credentials-refused': { status: 401, title: 'Credentials are missing or not accepted' },
  'unknown-path': { status: 404, title: 'No documented operation has this path' },
  'unknown-control-path': { status: 404, title: 'Standin itself has no such path' },
  'unknown-control-target': { status: 404, title: 'There is nothing of this name to steer' },
  'origin-refused': { status: 403, title: 'Only its own pages may steer Standin' },
  'control-token-needed': { status: 401, title: 'The control API needs its token' },
  'already-there': { status: 409, title: 'There is one of this name already' },
  'session-begun': { status: 409, title: 'The session began otherwise' },
  'no-state': { status: 409, title: 'The stand-in keeps no state' },
  'limit-reached': { status: 429, title: 'As many of these are kept as are allowed' },
  'no-token-issuing': { status: 501, title: 'This API has no tokens to issue' },
  'bad-scenario': { status: 422, title: 'The file of the scenario cannot be used' },
  'template-failed': { status: 500, title: 'The template of an override cannot be filled in' },
  'bad-control-request': { status: 400, title: 'The control API does not take this request' },
  'wait-timeout': { status: 408, title: 'The calls did not come in time' },
  'journal-off': { status: 409, title: 'The stand-in keeps no calls' },
  'unknown-example': { status: 404, title: 'The docs have no such example' },
  'no-such-item': { status: 404, title: 'The state holds no such item' },
  'method-not-documented': { status: 405, title: 'The path is documented, but not with this method' },
  'not-acceptable': { status: 406, title: 'The docs have no reply of an acceptable media type' },
  'request-timeout': { status: 408, title: 'The request did not come in time' },
  'item-exists': { status: 409, title: 'There is such an item already' },
  'patch-does-not-fit': { status: 409, title: 'The patch does not fit the item' },
  'body-too-large': { status: 413, title: 'The body is larger than the limit' },
  'unsupported-media-type': { status: 415, title: 'The docs do not take this media type' },
  'too-many-sessions': { status: 429, title: 'As many sessions are in use as are allowed' },
  'too-many-watchers': { status: 429, title: 'As many wait for calls as are allowed' },
  'headers-too-large': { status: 431, title: 'The headers are larger than the limit' },
  'request-breaks-description': { status: 422, title: 'The request does not match the docs' },
  'reply-breaks-description': { status: 500, title: 'The reply does not match the docs' },
  'no-documented-reply': { status: 501, title: 'The docs show no reply for this operation' },
  'upstream-unreachable': { status: 502, title: 'The upstream cannot be reached' },
  'upstream-untrusted': { status: 502, title: 'No secure connection to the upstream can be made' },
  'upstream-failed': { status: 502, title: 'The upstream gave no whole reply' },
  'upstream-breaks-description': { status: 502, title: 'The reply of the upstream does not match the docs' },
  'upstream-timeout': { status: 504, title: 'The upstream did not answer in time' },
  'store-failed': { status: 503, title: 'The change could not be made durable' },
  'store-unavailable': { status: 503, title: 'The state cannot be reached' },
  'upgrade-not-passed-on': { status: 501, title: 'The proxy passes no upgrade on' },
  'internal-error': { status: 500, title: 'Standin failed' },
} as const satisfies Record<string, { status: number; title: string }>
export type ProblemCode = keyof typeof PROBLEMS

/** Members of the problem document beyond RFC 9457's own. */
export interface ProblemDetails {
  readonly detail: string
  /** In place of the problem's usual one, where the docs use another for the same. */
  readonly status?: number
  readonly operation?: Operation
  readonly violations?: readonly Violation[]
  /** Further members, such as the nearest documented operations. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A reply of Standin's own, marked as such: `application/problem+json` (RFC 9457). `type` is a
 * reference to the running server's own page on its errors, so that it can be followed offline.
 */
export function problemReply(code: ProblemCode, details: ProblemDetails): Reply {
  const { violations } = details
  return {
    status: details.status ?? PROBLEMS[code].status,
    headers: {
      'content-type': PROBLEM_JSON,
      'standin-note': formatNotes([OWN_REPLY]),
      ...details.headers,
    },
    body: JSON.stringify(problemDocument(code, details)),
    notes: [OWN_REPLY],
    reason: violations ? summarize(violations) : details.detail,
  }
}

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

/** The body of such a reply, for a behaviour that refuses what the schema cannot express. */
export function problemDocument(code: ProblemCode, details: ProblemDetails): Record<string, unknown> {
  const { title } = PROBLEMS[code]
  const { status = PROBLEMS[code].status } = details
  const { operation, violations } = details
  return {
    type: `/_standin/errors#${code}`,
    title,
    status,
    detail: details.detail,
    code,
    ...(operation && {
      operation: {
        operationId: operation.operationId,
        method: operation.method,
        path: operation.path,
        source: formatSource(operation.source),
      },
    }),
    ...(violations && {
      violations: violations.map(({ source, ...violation }) => ({
        ...violation,
        ...(source && { source: formatSource(source) }),
      })),
    }),
    ...details.more,
  }
}
