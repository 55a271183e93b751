import type { FastifyInstance, FastifyRequest } from 'fastify'
import { withPlace } from '../respond/decision.js'
import type { Reply } from '../respond/reply.js'
import { traceParentOf } from '../steer/trace-context.js'

interface Decided {
  readonly operationId: string
  readonly reason: string
  /** How the documented reply breaks its own schema. */
  readonly breaks?: string
  /** Which deprecated parameters the request uses, and where the docs say so. */
  readonly deprecated?: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What was decided for this request, kept only while somebody reads the log. */
    decided: Decided | undefined
  }
}

/** The trace that the client has named. */
function traceOf({ raw }: FastifyRequest): { traceId?: string; parentId?: string } {
  const { traceId, parentId } = traceParentOf(raw.headers) ?? {}
  return traceId === undefined || parentId === undefined ? {} : { traceId, parentId }
}

/** Writes one line a request, once it has been answered, and returns where replies are told of. */
export function logReplies(app: FastifyInstance) {
  app.decorateRequest('decided', undefined)
  app.addHook('onResponse', (request, reply, done) => {
    request.log[request.decided?.deprecated === undefined ? 'info' : 'warn'](
      {
        method: request.method,
        url: request.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...traceOf(request),
        ...request.decided,
      },
      'answered',
    )
    done()
  })
  return (request: FastifyRequest, operationId: string, { reason, notes }: Reply): void => {
    const flaw = notes.find(({ kind }) => kind === 'breaks-schema')
    const old = notes.find(({ kind }) => kind === 'deprecated-parameter')
    request.decided = {
      operationId,
      reason,
      ...(flaw && { breaks: flaw.text }),
      ...(old && { deprecated: withPlace(old) }),
    }
  }
}
