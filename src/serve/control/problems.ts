import type { FastifyError } from 'fastify'
import { pathMatcher } from '../../operation/path.js'
import { OWN_REPLY } from '../../respond/decision.js'
import { problemReply, type ProblemCode } from '../../respond/problem.js'
import type { Reply } from '../../respond/reply.js'
import { failureReply } from '../failures.js'
import { send } from '../send.js'
import type { ControlApp } from './app.js'

/** A refusal of the control API; thrown by its handlers. */
export class ControlProblem extends Error {
  readonly code: ProblemCode
  readonly more: Readonly<Record<string, unknown>> | undefined

  constructor(code: ProblemCode, detail: string, more?: Readonly<Record<string, unknown>>) {
    super(detail)
    this.code = code
    this.more = more
  }
}

const BODY_LIMIT = 1024 * 1024

/** Everything that goes wrong in the control API is a problem document too. */
export function answerControlErrors(app: ControlApp): void {
  app.setErrorHandler((error: FastifyError | ControlProblem, request, reply) => {
    if (error instanceof ControlProblem) {
      const { code, message, more } = error
      return send(reply, problemReply(code, { detail: message, ...(more && { more }) }))
    }
    if ('validation' in error && error.validation) {
      return send(reply, problemReply('bad-control-request', { detail: error.message }))
    }
    const answer = failureReply(error, BODY_LIMIT)
    if (answer.status >= 500) request.log.error({ err: error }, 'failed to answer')
    return send(reply, answer)
  })
  const routes: { readonly method: string; readonly matches: (path: string) => boolean }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const matches = pathMatcher(url.replaceAll(/:(\w+)/g, '{$1}'))
    for (const one of [method].flat()) routes.push({ method: one, matches })
  })
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?', 1)
    const allowed = routes.filter(({ matches }) => matches(path)).map(({ method }) => method)
    send(
      reply,
      allowed.length > 0 ? methodNotTaken(request.method, path, allowed) : nothingAt(request.method, path),
    )
  })
}

function methodNotTaken(method: string, path: string, allowed: readonly string[]): Reply {
  const allow = [...new Set([...allowed, 'OPTIONS'])].join(', ')
  if (method === 'OPTIONS') return { ...ALLOWED, headers: { ...ALLOWED.headers, allow } }
  return problemReply('method-not-documented', {
    detail: `${path} is Standin's own and takes ${allow}, not ${method}`,
    headers: { allow },
  })
}

/** RFC 9110 section 9.3.7. */
const ALLOWED: Reply = {
  status: 204,
  headers: {},
  body: undefined,
  notes: [OWN_REPLY],
  reason: 'OPTIONS asks which methods there are',
}

const nothingAt = (method: string, path: string): Reply =>
  problemReply('unknown-control-path', {
    detail: `Standin itself has nothing at ${method} ${path}; ${CONTROL_DOCUMENT} lists what it has`,
  })

/** Where the control API describes itself. */
export const CONTROL_DOCUMENT = '/_standin/v1/openapi.json'
