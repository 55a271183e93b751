import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toRoute } from '../operation/path.js'
import type { Reply } from '../respond/reply.js'
import type { StateReader } from '../respond/state.js'
import type { StateChange } from '../steer/journal/entry.js'
import { templateContext } from '../steer/template-context.js'
import { recordedState } from '../steer/recorded-state.js'
import type { Sessions } from '../steer/sessions.js'
import { newTrail } from '../steer/trail.js'
import type { Aside } from './aside.js'
import { deliver } from './deliver.js'
import type { Deliveries } from './deliveries.js'
import type { OperationRuntime } from './operation-runtime.js'
import { toInput } from './request-input.js'
import { refuse } from './refuse.js'
import { sessionOf } from './session-of.js'
import { send } from './send.js'
import { hasReply, marked, steeredReply } from './steered-reply.js'
import { createPlan } from './plan.js'

/** How the mocked operations answer. */
export interface RouteOptions {
  readonly sessions: Sessions
  /** Replies that are not sent at once. */
  readonly deliveries: Deliveries
  /** The clock that templates tell, in milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds to wait before a reply is sent. */
  readonly delay: (() => number) | undefined
  /** Told of every reply; without it nothing is recorded. */
  readonly onReply: ((request: FastifyRequest, operationId: string, reply: Reply) => void) | undefined
  /** Answers what leaves this way. */
  readonly aside: Aside
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
    app.route({
      method: methods,
      url: toRoute(path),
      config: { operationId: runtime.operation.operationId },
      handler: createHandler(runtime, options),
    })
  }
}

/** The one way of a request: session, check, steer, behave, choose, send. */
function createHandler(runtime: OperationRuntime, options: RouteOptions) {
  const { sessions, delay, onReply, deliveries, now, aside } = options
  const { operation, behaviour } = runtime
  const { operationId } = operation
  const plan = createPlan(operation)

  return (request: FastifyRequest, reply: FastifyReply): void => {
    const began = performance.now()
    const session = sessionOf(sessions, request.raw.headers)
    if ('status' in session) return aside.refused(request, reply, session, operationId)
    const input = toInput(request)
    const result = runtime.check(input)
    const rejection = 'rejection' in result ? result.rejection : undefined
    const planned = session.steered ? plan(session.overrides, input, !rejection) : undefined
    const trail = session.journal && newTrail(session.name, began, operationId, input)
    if (trail) {
      trail.rejection = rejection
      trail.planned = planned
    }

    const finish = (made: Reply): void => {
      const decided = planned ? marked(made, planned, rejection) : made
      onReply?.(request, operationId, decided)
      if (trail) {
        trail.reply = decided
        session.journal?.record(trail)
      }
      const wait = planned?.delay ?? delay?.() ?? 0
      const done = trail && (() => session.journal?.ended(trail))
      if (wait === 0 && planned?.fault === undefined) {
        send(reply, decided)
        done?.()
      } else deliver(reply, decided, { wait, fault: planned?.fault, done, deliveries })
    }

    if (planned && hasReply(planned)) {
      const { state } = session
      const fill = (read?: StateReader): void =>
        finish(
          steeredReply(runtime, planned, {
            context: () => templateContext(input, planned.path, session, read),
            now,
          }),
        )
      if (!state || planned.body?.usesState !== true) return fill()
      state
        .read()
        .then(fill)
        .catch((error: unknown) => aside.failed(error, request, reply, trail))
      return
    }
    if ('rejection' in result) return finish(refuse(runtime, result.rejection))
    const { stored: state } = session
    if (!behaviour || !state || runtime.steers(input)) return finish(runtime.replay(input, result.request))
    const changes: StateChange[] = []
    const behaved = runtime.behave(behaviour, result.request, trail ? recordedState(state, changes) : state)
    behaved
      .then(({ reply: decided, reason }) => {
        if (trail) Object.assign(trail, { behaved: reason, changes })
        return finish(decided)
      })
      .catch((error: unknown) => aside.failed(error, request, reply, trail))
  }
}
