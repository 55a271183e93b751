import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { nearest } from '../../operation/nearest.js'
import { PathTree } from '../../operation/path-tree.js'
import { OWN_REPLY } from '../../respond/decision.js'
import { problemReply, type ProblemCode } from '../../respond/problem.js'
import type { Reply } from '../../respond/reply.js'
import { Refused } from '../../steer/refused.js'
import { failureReply } from '../failures.js'
import { send } from '../send.js'
import { schemaFault } from './schema-fault.js'
import type { ControlApp } from './context.js'

/** A refusal of the control API; thrown by its handlers. */
export class ControlProblem extends Error {
  readonly code: ProblemCode
  readonly more: Readonly<Record<string, unknown>> | undefined
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(
    code: ProblemCode,
    detail: string,
    more?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) {
    super(detail)
    this.code = code
    this.more = more
    this.headers = headers
  }
}

/** Everything that goes wrong in the control API is a problem document too. */
export function answerControlErrors(app: ControlApp, bodyLimit: number): void {
  app.setErrorHandler((error: FastifyError | ControlProblem | Refused, request, reply) => {
    const answer = answerTo(error, bodyLimit)
    if (answer.status >= 500) request.log.error({ err: error }, 'failed to answer')
    return send(reply, answer)
  })
  const routes = new PathTree<string>()
  app.addHook('onRoute', ({ method, url }) => {
    const template = url.replaceAll(/:(\w+)/g, '{$1}')
    for (const one of [method].flat()) routes.add(one, withoutSlash(template), one)
  })
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?', 1)
    const allowed = routes.all(withoutSlash(path))
    send(
      reply,
      allowed.length > 0 ? methodNotTaken(request.method, path, allowed) : nothingAt(request.method, path),
    )
  })
}

/** What Fastify refuses before there is a route, as a path that cannot be decoded: option `frameworkErrors`. */
export const answerUnreadable =
  (bodyLimit: number) =>
  (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void =>
    send(reply, failureReply(error, bodyLimit))

const CODE_OF = {
  invalid: 'bad-control-request',
  unknown: 'unknown-control-target',
  taken: 'already-there',
  begun: 'session-begun',
  full: 'limit-reached',
  stateless: 'no-state',
} as const satisfies Record<Refused['kind'], ProblemCode>

function answerTo(error: FastifyError | ControlProblem | Refused, bodyLimit: number): Reply {
  if (error instanceof Refused) {
    const { pointer, message, kind } = error
    return problemReply(CODE_OF[kind], {
      detail: pointer === '' ? message : `${pointer}: ${message}`,
      more: { pointer },
    })
  }
  if (error instanceof ControlProblem) {
    const { code, message, more, headers } = error
    return problemReply(code, { detail: message, ...(more && { more }), ...(headers && { headers }) })
  }
  if (error.validation) {
    const { detail, pointer } = schemaFault(error)
    return problemReply('bad-control-request', { detail, more: { pointer } })
  }
  if (error.code === 'STANDIN_ERR_SCENARIO') return problemReply('bad-scenario', { detail: error.message })
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return problemReply('unsupported-media-type', {
      detail: 'The control API takes bodies as application/json only: add the header Content-Type',
    })
  }
  return failureReply(error, bodyLimit)
}

/** Where there is something with a slash at its end, there is the same without. */
const withoutSlash = (path: string): string =>
  path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path

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

/** Something that there is not, with the nearest that there is. */
export function unknownTarget(what: string, name: string, known: readonly string[]): ControlProblem {
  const near = nearest(name, known)
  return new ControlProblem(
    'unknown-control-target',
    `There is no ${what} '${name}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
    { known: known.slice(0, 20) },
  )
}
