import type { Operation } from '../operation/operation.js'
import { parseExact, stringifyExact } from '../operation/json.js'
import type { Behaviour, BehaviourReply, CheckedRequest, SessionState } from '../respond/behaviour.js'
import { type Check, type CheckOptions, createCheck, type Rejection } from '../respond/check.js'
import { type Choice, chooseDefault, chooseStatus } from '../respond/choose.js'
import { formatNotes, headerText, OWN_REPLY } from '../respond/decision.js'
import { PROBLEMS, problemReply } from '../respond/problem.js'
import type { Reply, ReplyMaker } from '../respond/reply.js'
import { summarize } from '../respond/violation.js'

/** What stays the same for all operations of a description. */
export interface RuntimeParts extends CheckOptions {
  readonly maker: ReplyMaker
}

/** How many prepared replies an operation keeps. */
const KEPT = 1000

/**
 * One operation, ready to answer. Whatever does not depend on the request is made at its first use
 * and kept: the checks, and the bytes of each documented reply.
 */
export class OperationRuntime {
  readonly operation: Operation
  readonly behaviour: Behaviour | undefined
  readonly #parts: RuntimeParts
  #check: Check | undefined
  #default: Reply | undefined
  readonly #byStatus = new Map<string, Reply>()

  constructor(operation: Operation, behaviour: Behaviour | undefined, parts: RuntimeParts) {
    this.operation = operation
    this.behaviour = behaviour
    this.#parts = parts
  }

  get check(): Check {
    this.#check ??= createCheck(this.operation, this.#parts)
    return this.#check
  }

  /** Forgets the prepared replies, since an example has changed. */
  refresh(): void {
    this.#default = undefined
    this.#byStatus.clear()
  }

  /** The reply when nothing else decides. */
  get default(): Reply {
    this.#default ??= this.#made(chooseDefault(this.operation))
    return this.#default
  }

  /** What the docs show for a status. */
  documented(status: number, reason: string): Reply {
    const key = `${status} ${reason}`
    const known = this.#byStatus.get(key)
    if (known) return known
    const reply = this.#made(chooseStatus(this.operation, status, reason))
    // Reasons name accounts, of which there is no end.
    if (this.#byStatus.size >= KEPT) this.#byStatus.clear()
    this.#byStatus.set(key, reply)
    return reply
  }

  /**
   * A request that breaks the description: the documented example of the fitting status where there
   * is one. A documented 401 without an example is still the API's own word for missing credentials,
   * so it is answered in the documented envelope, marked. Everything else is a problem document.
   */
  refuse({ code, violations }: Rejection): Reply {
    const summary = summarize(violations)
    const documented = this.#fitting(code)
    if (documented) {
      const reply = this.#made(documented)
      return {
        ...reply,
        reason: summary,
        headers: { ...reply.headers, 'standin-violations': headerText(summary) },
      }
    }
    return problemReply(code, { detail: summary, operation: this.operation, violations })
  }

  async behave(request: CheckedRequest, state: SessionState): Promise<Reply> {
    if (!this.behaviour) return this.default
    const decided = await this.behaviour({
      operation: this.operation,
      request,
      state,
      example: (status) => this.#exampleValue(status),
    })
    return this.#decided(decided)
  }

  #decided({ status, body, headers, reason }: BehaviourReply): Reply {
    const choice = chooseStatus(this.operation, Number(status), reason)
    if (!choice && body !== undefined) return undocumentedReply(Number(status), body, headers, reason)
    const reply =
      body === undefined ? this.documented(Number(status), reason) : this.#made(choice, stringifyExact(body))
    const refused = Number(status) >= 400
    if (!headers && !refused) return reply
    // Who is refused should not need the log to know why.
    const why = refused && { 'standin-reason': headerText(reason) }
    return { ...reply, headers: { ...reply.headers, ...headers, ...why } }
  }

  #exampleValue(status: string): unknown {
    const choice = chooseStatus(this.operation, Number(status), '')
    const text = choice && this.#parts.maker.exampleText(this.operation, choice)
    return text === undefined ? undefined : parseExact(text)
  }

  #fitting(code: Rejection['code']): Choice | undefined {
    const { status } = PROBLEMS[code]
    const candidates = status === 422 ? [422, 400] : [status]
    for (const candidate of candidates) {
      const choice = chooseStatus(this.operation, candidate, 'the request breaks the docs')
      if (choice && choice.response.status !== 'default' && (choice.example || candidate === 401))
        return choice
    }
    return undefined
  }

  #made(choice: Choice | undefined, body?: string): Reply {
    if (choice) return this.#parts.maker.reply(this.operation, choice, body)
    return problemReply('no-documented-reply', {
      detail: `The docs of ${this.operation.method} ${this.operation.path} show no reply that fits`,
      operation: this.operation,
    })
  }
}

/** A reply that a behaviour makes up because the docs have no such status: marked as nobody's word but its own. */
const undocumentedReply = (
  status: number,
  body: unknown,
  headers: BehaviourReply['headers'],
  reason: string,
): Reply => ({
  status,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    'standin-note': formatNotes([OWN_REPLY]),
    'standin-reason': headerText(reason),
  },
  body: stringifyExact(body),
  notes: [OWN_REPLY],
  reason,
})
