import type { FastifyError } from 'fastify'
import { PROBLEMS, problemReply, type ProblemCode } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'

/** Fastify's own refusals (lib/errors.js) in Standin's terms. */
const BY_FASTIFY_CODE: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-body',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
}

/** What a store that others share may be for a while, without the fault of anybody here. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'STANDIN_ERR_STORE_UNREACHABLE',
  'STANDIN_ERR_STORE_UNCERTAIN',
  'STANDIN_ERR_STORE_ACCESS',
  'STANDIN_ERR_STORE_READONLY',
  'STANDIN_ERR_STORE_FULL',
  'STANDIN_ERR_STORE_FOREIGN',
  'STANDIN_ERR_STORE_CLUSTER',
  'STANDIN_ERR_STORE_PROMISE',
])

export const isUnavailable = ({ code }: Partial<FastifyError>): boolean =>
  code !== undefined && UNAVAILABLE.has(code)

/** Seconds, about what a Redis takes to be started anew (RFC 9110 section 10.2.3). */
const RETRY_AFTER = '2'

/** What is answered for a fault of Standin's own, or of a behaviour. */
export const INTERNAL_ERROR: Reply = problemReply('internal-error', {
  detail: 'This is a fault of Standin, not of the request; its log says more',
})

/**
 * The answer to an error that was thrown while a request was handled. What the client did wrong is
 * told; what went wrong inside stays inside, since messages and stacks may hold anything.
 */
export function failureReply(error: Partial<FastifyError>, bodyLimit: number): Reply {
  const code = BY_FASTIFY_CODE[error.code ?? '']
  if (code === 'body-too-large') {
    return problemReply(code, {
      detail: `The body is larger than ${bodyLimit} bytes, which is what --body-limit (bodyLimit) allows`,
    })
  }
  if (code === 'unsupported-media-type') {
    return problemReply(code, {
      detail: 'The Content-Type header is no media type, which is a type and a subtype: application/json',
    })
  }
  if (code) return problemReply(code, { detail: error.message ?? PROBLEMS[code].title })
  if (isUnavailable(error)) {
    return problemReply('store-unavailable', {
      detail: error.message ?? PROBLEMS['store-unavailable'].title,
      headers: { 'retry-after': RETRY_AFTER },
    })
  }
  if (error.code?.startsWith('STANDIN_ERR_STORE_')) {
    return problemReply('store-failed', { detail: error.message ?? PROBLEMS['store-failed'].title })
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problemReply('bad-request', { detail: error.message ?? PROBLEMS['bad-request'].title })
  }
  return INTERNAL_ERROR
}
