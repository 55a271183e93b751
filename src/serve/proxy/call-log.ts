import type { FastifyBaseLogger } from 'fastify'
import { withPlace } from '../../respond/decision.js'
import { traceParentOf } from '../../steer/trace-context.js'
import { type ProxiedCall, withPlaces } from './proxied-call.js'

/** One line a call: a warning where the request, the reply or the upstream was not as it should be. */
export function logCall(logger: FastifyBaseLogger, call: ProxiedCall, milliseconds: number): void {
  const { method, url, status, operation, outcome, failure, request, requestNotes, reply } = call
  const old = requestNotes.find(({ kind }) => kind === 'deprecated-parameter')
  const trace = traceParentOf(call.requestHeaders)
  const wrong = [
    ...(request.violations.length > 0 ? [`request: ${withPlaces(request.violations)}`] : []),
    ...(reply.violations.length > 0 ? [`reply: ${withPlaces(reply.violations)}`] : []),
    ...(old ? [`deprecated: ${withPlace(old)}`] : []),
    ...(failure ? [failure.message] : []),
  ]
  logger[wrong.length > 0 ? 'warn' : 'info'](
    {
      method,
      url,
      status,
      ms: Math.round(milliseconds * 10) / 10,
      ...(trace && { traceId: trace.traceId, parentId: trace.parentId }),
      ...(operation && { operationId: operation.operationId }),
      reason: [outcome, ...wrong].join('; '),
    },
    'answered',
  )
}
