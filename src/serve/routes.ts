import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toRoute } from '../operation/path.js'
import type { SessionState } from '../respond/behaviour.js'
import type { RequestInput } from '../respond/check.js'
import type { Reply } from '../respond/reply.js'
import type { Store } from '../store/store.js'
import type { OperationRuntime } from './operation-runtime.js'
import { refuse } from './refuse.js'
import { send } from './send.js'

/** How the mocked operations answer. */
export interface RouteOptions {
  /** Undefined is stateless: pure replay, behaviours are not asked. */
  readonly store: Store | undefined
  /** Milliseconds to wait before a reply is sent. */
  readonly delay: (() => number) | undefined
  /** Told of every reply; without it nothing is recorded. */
  readonly onReply: ((request: FastifyRequest, operationId: string, reply: Reply) => void) | undefined
}

/** One route an operation. GET also answers HEAD, as RFC 9110 section 9.3.2 wants. */
export function addRoutes(
  app: FastifyInstance,
  runtimes: readonly OperationRuntime[],
  options: RouteOptions,
): void {
  const heads = new Set(
    runtimes.filter((one) => one.operation.method === 'HEAD').map((one) => one.operation.path),
  )
  for (const runtime of runtimes) {
    const { method, path } = runtime.operation
    const methods = method === 'GET' && !heads.has(path) ? ['GET', 'HEAD'] : method
    app.route({ method: methods, url: toRoute(path), handler: createHandler(runtime, options) })
  }
}

function createHandler(runtime: OperationRuntime, { store, delay, onReply }: RouteOptions) {
  const { operation, behaviour } = runtime
  const state = store && defaultSession(store)

  const finish = (request: FastifyRequest, reply: FastifyReply, decided: Reply): void => {
    onReply?.(request, operation.operationId, decided)
    if (delay) setTimeout(() => send(reply, decided), delay())
    else send(reply, decided)
  }

  return (request: FastifyRequest, reply: FastifyReply): void => {
    const input = toInput(request)
    const result = runtime.check(input)
    if ('rejection' in result) finish(request, reply, refuse(runtime, result.rejection))
    else if (behaviour && state && !runtime.steers(input)) {
      runtime.behave(behaviour, result.request, state).then(
        (decided) => finish(request, reply, decided),
        (error: unknown) => reply.send(error),
      )
    } else finish(request, reply, runtime.replay(input, result.request))
  }
}

/** Until a request names a session, all share the default one. */
const defaultSession = (store: Store): SessionState => ({
  read: () => store.read(''),
  update: (change) => store.update('', change),
})

function toInput({ raw, body }: FastifyRequest): RequestInput {
  return {
    method: raw.method ?? '',
    url: raw.url ?? '',
    headers: raw.headers,
    body: typeof body === 'string' || body instanceof Uint8Array ? body : undefined,
  }
}
