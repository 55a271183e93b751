import { parseExact, toPlain } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import type { Operation } from '../operation/operation.js'
import type {
  Behaviour,
  BehaviourReply,
  CheckedRequest,
  FindBehaviour,
  SessionState,
} from '../respond/behaviour.js'
import { type Check, type CheckOptions, createCheck, type RequestInput } from '../respond/check.js'
import { type Choice, chooseDefault, chooseStatus } from '../respond/choose.js'
import { type Note, OWN_REPLY } from '../respond/decision.js'
import { type DeprecatedUse, deprecatedUse } from '../respond/deprecated-parameters.js'
import { type FindPair, prepareEcho, preparePairs } from '../respond/pair.js'
import { chosenBy, formOf, fromState, problemOf, undocumentedReply, withDecision } from './behaviour-reply.js'
import { preferencesOf } from '../respond/prefer.js'
import { problemReply } from '../respond/problem.js'
import { type Reply, type ReplyMaker, reasonOf } from '../respond/reply.js'
import { select } from '../respond/select.js'
import { summarize } from '../respond/violation.js'

/** What stays the same for all operations of a description. */
export interface RuntimeParts extends CheckOptions {
  readonly maker: ReplyMaker
  /** Identifiers of the path are written into the example that is chosen. */
  readonly echo: boolean
  /** Bodies are made anew for each reply, unless the request prefers otherwise or names an example. */
  readonly dynamic: boolean
  /** A reply that breaks its own schema is a problem, not only said. */
  readonly errors: boolean
  readonly seed: string
}

/** What a behaviour decided, as a reply. */
export interface Behaved {
  readonly reply: Reply
  readonly reason: string
}

/**
 * One operation, ready to answer. Whatever does not depend on the request is made at its first use
 * and kept: the checks, and the bytes of each documented reply.
 */
export class OperationRuntime {
  readonly operation: Operation
  readonly #find: FindBehaviour
  /** False where there is none. */
  #behaviour: Behaviour | false | undefined
  readonly #parts: RuntimeParts
  #check: Check | undefined
  #deprecated: DeprecatedUse | undefined
  #default: Reply | undefined
  /** False where there are none. */
  #pairs: FindPair | false | undefined
  #generated = 0
  readonly #byChoice = new Map<string, Reply>()
  readonly #headers = new Map<string, Reply['headers']>()

  constructor(operation: Operation, find: FindBehaviour, parts: RuntimeParts) {
    this.operation = operation
    this.#find = find
    this.#parts = parts
  }

  /** What it does beyond replaying its examples. */
  get behaviour(): Behaviour | undefined {
    this.#behaviour ??= this.#find(this.operation) ?? false
    return this.#behaviour || undefined
  }

  get check(): Check {
    this.#check ??= createCheck(this.operation, this.#parts)
    return this.#check
  }

  /** What is to be said of a request that uses deprecated parameters. */
  deprecated(input: RequestInput): Note | undefined {
    const { documents } = this.#parts.description
    this.#deprecated ??= deprecatedUse(this.operation, (id) => documents[id])
    return this.#deprecated(input)
  }

  /** Forgets the prepared replies, since an example has changed. */
  refresh(): void {
    this.#default = undefined
    this.#byChoice.clear()
  }

  /** The reply when nothing is asked for and nothing else decides. */
  get default(): Reply {
    this.#default ??= this.made(chooseDefault(this.operation))
    return this.#default
  }

  /** Whether a request asks for a certain reply, so that no behaviour is asked. */
  steers({ headers, url }: RequestInput): boolean {
    if (this.#parts.dynamic) return true
    if (headers['prefer'] === undefined && !url.includes('__')) return false
    // Most preferences (`return=minimal`) and most names with `__` are the API's own.
    return Object.keys(preferencesOf({ headers, url })).length > 0
  }

  /** The documented reply to a request that has passed the checks. */
  replay(input: RequestInput, request: CheckedRequest): Reply {
    const accept = input.headers['accept']
    const pairs = (this.#pairs ??= preparePairs(this.operation) ?? false)
    const pair = pairs
      ? pairs({ path: textsOf(request.path), query: request.query, body: request.body })
      : undefined
    const plain = accept === undefined || accept === '*/*'
    if (plain && !pair && !this.#parts.echo && !this.steers(input)) return this.default
    const preferences = preferencesOf(input)
    const selected = select(this.operation, { preferences, accept: one(accept), pair })
    if (selected && 'problem' in selected) {
      const { problem, ...details } = selected
      return problemReply(problem, { ...details, operation: this.operation })
    }
    const dynamic = preferences.dynamic ?? (this.#parts.dynamic && preferences.example === undefined)
    if (dynamic && selected) return this.#dynamic(selected)
    const reply = this.made(selected)
    return this.#parts.echo && selected ? this.#echoed(reply, selected, request) : reply
  }

  async behave(behaviour: Behaviour, request: CheckedRequest, state: SessionState): Promise<Behaved> {
    const decided = await behaviour({
      operation: this.operation,
      request,
      state,
      example: (status) => this.#exampleValue(status),
    })
    return { reply: this.#decided(decided, request.header('accept')), reason: decided.reason }
  }

  /** The bytes of a choice, made once. */
  made(choice: Choice | undefined): Reply {
    if (!choice) {
      return problemReply('no-documented-reply', {
        detail: `The docs of ${this.operation.method} ${this.operation.path} show no reply that fits`,
        operation: this.operation,
      })
    }
    const key = `${choice.status} ${choice.content?.mediaType} ${choice.example?.name}`
    let reply = this.#byChoice.get(key)
    if (!reply) this.#byChoice.set(key, (reply = this.#judged(choice)))
    const reason = reasonOf(choice)
    return reply.reason === reason ? reply : { ...reply, reason }
  }

  /** How a body that is none of the docs' breaks what they say of a status. */
  flaws(status: number, body: unknown): Note[] {
    const content = chooseStatus(this.operation, status, '')?.response.content ?? []
    const media = content.find(({ mediaType }) => isJson(mediaType))
    if (!media?.schema || typeof body === 'string') return []
    const violations = this.#parts.validation.validator(media.schema, 'response')(toPlain(body))
    if (!violations) return []
    const text = summarize(violations.map((one) => ({ in: 'body', ...one })))
    return [{ kind: 'breaks-schema', text }]
  }

  #judged(choice: Choice): Reply {
    const reply = this.#parts.maker.reply(this.operation, choice)
    const flaw = reply.notes.find(({ kind }) => kind === 'breaks-schema')
    if (!flaw || !this.#parts.errors) return reply
    return problemReply('reply-breaks-description', { detail: flaw.text, operation: this.operation })
  }

  #dynamic(choice: Choice): Reply {
    this.#generated++
    return this.#parts.maker.generated(this.operation, choice, `${this.#parts.seed} ${this.#generated}`)
  }

  #echoed(reply: Reply, { example }: Choice, request: CheckedRequest): Reply {
    // A problem in its place shows no example.
    if (!example || typeof reply.body !== 'string' || reply.notes.includes(OWN_REPLY)) return reply
    const echo = prepareEcho(this.operation, { ...example, text: reply.body })
    return echo ? { ...reply, body: echo(textsOf(request.path)) } : reply
  }

  #decided(reply: BehaviourReply, accept: string | undefined): Reply {
    const { operation } = this
    const choice = chosenBy(operation, reply)
    if (!choice && reply.problem) return problemOf(operation, reply, reply.problem)
    if (!choice && reply.body !== undefined) return undocumentedReply(reply)
    if (!choice || reply.fromState === undefined) return withDecision(this.made(choice), reply)
    if (reply.flaw !== undefined && this.#parts.errors)
      return problemReply('reply-breaks-description', { detail: reply.flaw, operation })
    const { description, maker } = this.#parts
    const form = formOf(choice, accept)
    const key = `${form.status} ${form.content?.mediaType}`
    let headers = this.#headers.get(key)
    if (!headers) this.#headers.set(key, (headers = maker.headers(operation, form)))
    return fromState(form, headers, reply, (id) => description.documents[id])
  }

  #exampleValue(status: string): unknown {
    const choice = chooseStatus(this.operation, Number(status), '')
    const text = choice && this.#parts.maker.exampleText(this.operation, choice)
    if (text === undefined || !isJson(choice?.content?.mediaType ?? '')) return undefined
    return parseExact(text)
  }
}

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header

const textsOf = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
