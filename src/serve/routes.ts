import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CheckResult, Rejection, RequestInput } from '../respond/check.js'
import type { Note } from '../respond/decision.js'
import { type Reply, withNote } from '../respond/reply.js'
import type { StateReader } from '../respond/state.js'
import type { StateChange } from '../steer/journal/entry.js'
import { templateContext } from '../steer/template-context.js'
import { recordedState } from '../steer/recorded-state.js'
import type { Staging } from '../steer/staging.js'
import type { Session, Sessions } from '../steer/sessions.js'
import { Trail } from '../steer/trail.js'
import type { Planned } from '../steer/active-override.js'
import type { Aside } from './aside.js'
import type { CallCounts } from './metrics/call-counts.js'
import { deliver } from './deliver.js'
import type { Deliveries } from './deliveries.js'
import { type Handler, routeOperations } from './matching.js'
import type { OperationRuntime } from './operation-runtime.js'
import { Received } from './request-input.js'
import { refuse } from './refuse.js'
import { begun, sessionOf } from './session-of.js'
import { send } from './send.js'
import { hasReply, marked, steeredReply } from './steered-reply.js'
import { createPlan } from './plan.js'

/** How the mocked operations answer. */
export interface RouteOptions {
  readonly sessions: Sessions
  /** Puts what a session begins from in place. */
  readonly staging: Staging
  /** Replies that are not sent at once. */
  readonly deliveries: Deliveries
  /** The clock that templates tell, in milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds to wait before a reply is sent. */
  readonly delay: (() => number) | undefined
  /** Told of every reply; without it nothing is recorded. */
  readonly onReply: ((request: FastifyRequest, operationId: string, reply: Reply) => void) | undefined
  readonly counts: CallCounts
  /** Answers what leaves this way. */
  readonly aside: Aside
}

export function addRoutes(
  app: FastifyInstance,
  runtimes: readonly OperationRuntime[],
  options: RouteOptions,
): void {
  routeOperations(
    app,
    runtimes.map((runtime) => [runtime.operation, createHandler(runtime, options)] as const),
  )
}

/** A request that has come as far as what steers it. */
interface Call {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly note: Note | undefined
  readonly session: Session
  readonly input: RequestInput
  readonly result: CheckResult
  /** From `performance.now()`. */
  readonly began: number
  readonly trail: Trail | undefined
}

/** The one way of a request: session, check, steer, behave, choose, send. */
function createHandler(runtime: OperationRuntime, options: RouteOptions): Handler {
  const { sessions, staging, delay, onReply, deliveries, now, aside, counts } = options
  const { operation } = runtime
  const { operationId } = operation
  const plan = createPlan(operation)
  const counted = counts.of(operationId)

  const finish = (call: Call, planned: Planned | undefined, made: Reply): void => {
    const { request, reply, note, session, input, result, trail } = call
    const deprecated = runtime.deprecated(input)
    const onPath = note ? withNote(made, note) : made
    const noted = deprecated ? withNote(onPath, deprecated) : onPath
    const decided = planned ? marked(noted, planned, rejectionOf(result)) : noted
    onReply?.(request, operationId, decided)
    counted.replied(decided.status)
    if (rejectionOf(result)) counted.violations++
    if (trail) {
      trail.reply = decided
      session.journal?.record(trail)
    }
    const wait = planned?.delay ?? delay?.() ?? 0
    if (wait === 0 && planned?.fault === undefined) {
      send(reply, decided)
      const ended = performance.now()
      counts.durations.add(ended - call.began)
      if (trail) session.journal?.ended(trail, ended)
    } else {
      counts.durations.add(performance.now() - call.began)
      const done = trail && (() => session.journal?.ended(trail))
      deliver(reply, decided, { wait, fault: planned?.fault, done, deliveries })
    }
  }

  const answer = (call: Call, planned: Planned | undefined): void => {
    const { request, reply, session, input, result, trail } = call
    if (trail) trail.planned = planned
    if (planned && hasReply(planned)) {
      const { state } = session
      const fill = (read?: StateReader): void => {
        const context = () => templateContext(input, planned.path, session, read)
        finish(call, planned, steeredReply(runtime, planned, { context, now }))
      }
      if (!state || planned.body?.usesState !== true) return fill()
      state
        .read()
        .then(fill)
        .catch((error: unknown) => aside.failed(error, request, reply, trail))
      return
    }
    if ('rejection' in result) return finish(call, planned, refuse(runtime, result.rejection, input))
    const { stored: state } = session
    const behaviour = state && runtime.behaviour
    if (!behaviour || runtime.steers(input)) {
      return finish(call, planned, runtime.replay(input, result.request))
    }
    const changes: StateChange[] = []
    const behaved = runtime.behave(behaviour, result.request, trail ? recordedState(state, changes) : state)
    behaved
      .then(({ reply: decided, reason }) => {
        if (trail) Object.assign(trail, { behaved: reason, changes })
        return finish(call, planned, decided)
      })
      .catch((error: unknown) => aside.failed(error, request, reply, trail))
  }

  const take = (
    session: Session,
    began: number,
    ...[request, reply, url, note]: Parameters<Handler>
  ): void => {
    const input = new Received(request, url)
    const result = runtime.check(input)
    const rejection = rejectionOf(result)
    const trail = session.journal && new Trail(session.name, began, operationId, input)
    if (trail) trail.rejection = rejection
    const call: Call = { request, reply, note, session, input, result, began, trail }
    const planned = session.steered ? plan(session.overrides, input, !rejection) : undefined
    // Only what others count too is waited for.
    if (!(planned instanceof Promise)) return answer(call, planned)
    planned
      .then((claimed) => answer(call, claimed))
      .catch((error: unknown) => aside.failed(error, request, reply, trail))
  }

  return (request, reply, url, note) => {
    const began = performance.now()
    const { headers } = request.raw
    const session = sessionOf(sessions, headers)
    if ('status' in session) return aside.refused(request, reply, session, operationId)
    const beginning = begun(staging, session, headers)
    if (!beginning) return take(session, began, request, reply, url, note)
    beginning
      .then((refusal) => {
        if (refusal) return aside.refused(request, reply, refusal, operationId)
        return take(session, began, request, reply, url, note)
      })
      .catch((error: unknown) => aside.failed(error, request, reply))
  }
}

const rejectionOf = (result: CheckResult): Rejection | undefined =>
  'rejection' in result ? result.rejection : undefined
