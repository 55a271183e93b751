import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Reply } from '../respond/reply.js'
import type { Session, Sessions } from '../steer/sessions.js'
import { Trail } from '../steer/trail.js'
import { failureReply, isUnavailable } from './failures.js'
import type { CallCounts } from './metrics/call-counts.js'
import type { Observer } from './observer.js'
import type { Elsewhere } from './pass-on.js'
import { Received } from './request-input.js'
import { send } from './send.js'
import { sessionOf } from './session-of.js'

export interface AsideOptions {
  readonly sessions: Sessions
  /** The answer to what no documented operation takes. */
  readonly notFound: (method: string, url: string) => Reply
  /** The documented operation that takes a request, if one does. */
  readonly operationIdOf: (method: string, url: string) => string | undefined
  /** Where what no documented operation takes goes; undefined answers it here. */
  readonly elsewhere: Elsewhere | undefined
  /** Bytes. */
  readonly bodyLimit: number
  readonly observer: Observer | undefined
  readonly counts: CallCounts
}

/** Answers requests that leave the one way of a request, and has them journalled too. */
export class Aside {
  readonly #options: AsideOptions

  constructor(options: AsideOptions) {
    this.#options = options
  }

  /** No documented operation takes it. */
  unknown(request: FastifyRequest, reply: FastifyReply): void {
    const { observer, notFound, elsewhere } = this.#options
    if (observer?.active === true) observer.onUnknown(request.method, request.url, request.headers)
    if (elsewhere) return this.#passOn(elsewhere, request, reply)
    this.#answer(request, reply, notFound(request.method, request.url), undefined)
  }

  /** A preflight, which whoever allows origins is about to answer. */
  preflight(request: FastifyRequest, { raw }: FastifyReply): void {
    if (!this.#options.sessions.default.journal) return
    const { session, refused } = this.#sessionOf(request)
    const { journal } = session
    if (!journal) return
    const trail = new Trail(session.name, performance.now(), undefined, new Received(request), 'preflight')
    trail.refused = refused
    raw.once('finish', () => {
      trail.reply = preflightReply(raw)
      journal.record(trail)
      journal.ended(trail)
    })
  }

  /** It can have no session. */
  refused(request: FastifyRequest, reply: FastifyReply, answer: Reply, operationId: string): void {
    this.#answer(request, reply, answer, operationId, undefined, answer.reason)
  }

  /** Something was thrown on its way. */
  failed(error: unknown, request: FastifyRequest, reply: FastifyReply, trail?: Trail): void {
    const known: Partial<FastifyError> = error instanceof Error ? error : {}
    const answer = failureReply(known, this.#options.bodyLimit)
    // A store that is away is told by its own line and by health, not by one with a stack for each request.
    if (isUnavailable(known)) request.log.debug({ err: error }, 'the store is not available')
    else if (answer.status >= 500) request.log.error({ err: error }, 'failed to answer')
    const operationId = this.#options.operationIdOf(request.method, request.url)
    this.#answer(request, reply, answer, operationId, trail)
  }

  #passOn(elsewhere: Elsewhere, request: FastifyRequest, reply: FastifyReply): void {
    const { session, refused } = this.#sessionOf(request)
    const { journal } = session
    const trail = journal && new Trail(session.name, performance.now(), undefined, new Received(request))
    if (trail && refused !== undefined) trail.refused = refused
    elsewhere
      .passOn(request, reply, (answer) => {
        this.#options.counts.of(undefined).replied(answer.status)
        if (!trail) return
        trail.reply = answer
        journal.record(trail)
      })
      .finally(() => trail && journal.ended(trail))
      .catch((error: unknown) => request.log.error({ err: error }, 'failed to pass a request on'))
  }

  /** Where a request is journalled: in the default session where it can have none of its own. */
  #sessionOf({ raw }: FastifyRequest): { session: Session; refused: string | undefined } {
    const { sessions } = this.#options
    const found = sessionOf(sessions, raw.headers)
    return 'status' in found
      ? { session: sessions.default, refused: found.reason }
      : { session: found, refused: undefined }
  }

  #answer(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: Reply,
    operationId: string | undefined,
    known?: Trail,
    why?: string,
  ): void {
    this.#options.counts.of(operationId).replied(answer.status)
    if (!this.#options.sessions.default.journal) return send(reply, answer)
    const { session, refused } = this.#sessionOf(request)
    const trail = known ?? new Trail(session.name, performance.now(), operationId, new Received(request))
    trail.refused = refused ?? why
    trail.reply = answer
    session.journal?.record(trail)
    send(reply, answer)
    session.journal?.ended(trail)
  }
}

const preflightReply = (raw: FastifyReply['raw']): Reply => ({
  status: raw.statusCode,
  headers: Object.fromEntries(
    Object.entries(raw.getHeaders()).map(([name, value]) => [name, [value].flat().join(', ')]),
  ),
  body: undefined,
  notes: [],
  reason: 'a browser asks whether a page of another origin may call (CORS), before it does',
})
