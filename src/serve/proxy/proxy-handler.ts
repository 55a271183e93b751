import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatNotes, type Note } from '../../respond/decision.js'
import { problemReply } from '../../respond/problem.js'
import type { RequestInput } from '../../respond/check.js'
import type { Reply } from '../../respond/reply.js'
import { refuse } from '../refuse.js'
import type { CallCheck } from './call-check.js'
import { abortWith, type Forwarder, type UpstreamReply } from './forwarder.js'
import { headersByName, type RawHeaders } from './hop-by-hop.js'
import { allowsOrigins, corsHeaders, isPreflight, preflightHeaders } from './own-cors.js'
import {
  type Checked,
  NOT_CHECKED,
  type ProxiedCall,
  undocumented,
  violationsHeader,
} from './proxied-call.js'
import { replyBody } from './reply-body.js'
import { RequestSide } from './request-side.js'
import { deprecationHeader, sendOn, sendReply } from './send.js'
import { failureOf, type UpstreamFailure } from './upstream-failure.js'

/** The mock's answer to a request, with the request's body; undefined where it cannot be asked. */
export type Mock = (
  request: IncomingMessage,
  body: Uint8Array | undefined,
) => Promise<Pick<Reply, 'status' | 'headers' | 'body'> | undefined>

export interface HandlerOptions {
  readonly forwarder: Forwarder
  /** Milliseconds until a reply must have begun, and for which it may stand still while it is read here. */
  readonly timeout: number
  /** Refuse requests that break the docs, and keep replies back that do. */
  readonly errors: boolean
  /** Hold requests against the docs, too. */
  readonly validateRequest: boolean
  readonly cors: boolean
  /** Bytes of a body that are looked at. */
  readonly limit: number
  /** Answers while the upstream is down. */
  readonly fallback: Mock | undefined
  /** Answers where the upstream says 501, not implemented, and the docs do not list that. */
  readonly unimplemented: Mock | undefined
  /** The answer to a request for which the docs have no operation. */
  readonly notFound: (method: string, url: string) => Reply
}

/** Answers one request through the upstream; `check` is undefined where the docs have no such operation. */
export type ProxyHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  check: CallCheck | undefined,
  onCall: (call: ProxiedCall) => void,
) => Promise<void>

/** What is known of a call so far. */
type Facts = Omit<ProxiedCall, 'status' | 'outcome'>

export function createProxyHandler(options: HandlerOptions): ProxyHandler {
  return async (request, response, check, onCall) => {
    const call = new Call(options, request, response, check, onCall)
    try {
      await call.run()
    } catch (error) {
      call.fail(failureOf(error, options.forwarder.upstream, options.timeout))
    }
  }
}

class Call {
  readonly #side: RequestSide
  readonly #signal: AbortSignal
  readonly #url: string
  readonly #method: string
  readonly #requestNotes: readonly Note[]
  #request: Checked = NOT_CHECKED

  constructor(
    private readonly options: HandlerOptions,
    private readonly raw: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly check: CallCheck | undefined,
    private readonly onCall: (call: ProxiedCall) => void,
  ) {
    this.#url = raw.url ?? ''
    this.#method = raw.method ?? ''
    this.#side = new RequestSide(raw, options.validateRequest ? check : undefined, options.limit)
    this.#requestNotes = check?.notesOn(raw) ?? []
    this.#signal = abortWith(response)
  }

  async run(): Promise<void> {
    const { options, raw } = this
    if (raw.headers.upgrade?.toLowerCase() === 'websocket') return this.#refuse(NO_UPGRADE)
    const known = this.check !== undefined || (options.cors && isPreflight(raw))
    if (!known) this.#request = { violations: [undocumented(this.#method, this.#url.split('?', 1)[0] ?? '')] }
    if (!known && options.errors) return this.#refuse(options.notFound(this.#method, this.#url))
    if (options.errors && this.check) {
      const { rejection, ...checked } = await this.#side.checkAhead()
      this.#request = checked
      if (rejection) return this.#refuse(refuse(this.check.runtime, rejection, this.#input))
    }
    let reply: UpstreamReply
    try {
      reply = await options.forwarder.exchange(raw, this.#side.body, this.#signal)
    } catch (error) {
      return await this.#withoutUpstream(failureOf(error, options.forwarder.upstream, options.timeout))
    }
    await this.#pass(reply)
  }

  get #input(): RequestInput {
    return { method: this.#method, url: this.#url, headers: this.raw.headers, body: undefined }
  }

  /** The upstream has answered: its reply is checked as far as it can be, and sent on. */
  async #pass(reply: UpstreamReply): Promise<void> {
    const { options, raw, check } = this
    if (options.cors && isPreflight(raw) && !allowsOrigins(reply.headers)) {
      reply.body.destroy()
      return this.#answerPreflight()
    }
    if (await this.#substituted(reply)) return
    const { held, bytes, reason } = await replyBody(reply, this.#method, check, {
      limit: options.limit,
      timeout: options.timeout,
      url: options.forwarder.upstream.url,
    }).catch((error: unknown) => {
      reply.body.destroy()
      throw error
    })
    if (check && !options.errors) this.#request = await this.#side.check()
    const checked = check ? await check.checkReply(reply.status, reply.headers, bytes, reason) : NOT_CHECKED
    const violations = violationsHeader(this.#request.violations, checked.violations)
    const deprecation = check ? deprecationHeader(check.runtime.operation, reply.headers) : []
    const facts = { reply: checked, replyHeaders: headersByName(reply.headers) }
    if (options.errors && check && checked.violations.length > 0) {
      reply.body.destroy()
      const problem = problemReply('upstream-breaks-description', {
        detail: `The upstream answered ${reply.status}, and its reply is not what the docs say`,
        operation: check.runtime.operation,
        violations: checked.violations,
      })
      this.#send(problem, [])
      return this.#tell('withheld', problem.status, facts)
    }
    const notes = this.#notes(checked)
    const cors = options.cors ? corsHeaders(raw, reply.headers) : []
    const headers = [...reply.headers, ...violations, ...notes, ...deprecation, ...cors]
    const { status, statusText } = reply
    try {
      await sendOn(this.response, { status, statusText, headers, held })
    } catch (error) {
      // The status is out: only breaking off tells the client that this is not all.
      reply.body.destroy()
      this.response.destroy()
      const failure = this.#signal.aborted
        ? undefined
        : failureOf(error, options.forwarder.upstream, options.timeout)
      return this.#tell(failure ? 'failed' : 'aborted', status, { ...facts, failure })
    }
    this.#tell('passed-on', status, facts)
  }

  /** There is no reply. The mock may stand in for it. */
  async #withoutUpstream(failure: UpstreamFailure): Promise<void> {
    const { options, raw, check } = this
    if (this.#signal.aborted) return this.#tell('aborted', 0, {})
    if (check && !options.errors) this.#request = await this.#side.check()
    if (options.cors && isPreflight(raw)) return this.#answerPreflight()
    const note = { kind: 'upstream-down', text: failure.message } as const
    if (failure.isDown && (await this.#mock(options.fallback, note, { failure }))) return
    this.fail(failure)
  }

  /** Whether the mock has answered in place of an upstream that does not have the operation yet. */
  async #substituted({ status, body }: UpstreamReply): Promise<boolean> {
    const { options, check } = this
    if (!options.unimplemented || !check || status !== 501 || check.documents(status)) return false
    if (!options.errors) this.#request = await this.#side.check()
    const { url } = options.forwarder.upstream
    const text = `The upstream ${url} answered 501, so it does not have this operation yet`
    const mocked = await this.#mock(options.unimplemented, { kind: 'upstream-unimplemented', text }, {})
    if (mocked) body.destroy()
    return mocked
  }

  async #mock(mock: Mock | undefined, note: Note, facts: Partial<Facts>): Promise<boolean> {
    const body = mock && (await this.#side.all())
    const mocked = body && (await mock?.(this.raw, body.bytes))
    if (!mocked) return false
    const { 'standin-note': before, ...headers } = mocked.headers
    const notes = [...(before === undefined ? [] : [before]), formatNotes([note])]
    this.#send({ ...mocked, headers }, ['standin-note', notes.join(', ')])
    this.#tell('fallback', mocked.status, facts)
    return true
  }

  fail(failure: UpstreamFailure): void {
    if (this.#signal.aborted) return this.#tell('aborted', 0, {})
    const { reply } = failure
    if (this.response.headersSent) this.response.destroy()
    else this.#send(reply, violationsHeader(this.#request.violations, []))
    this.#tell('failed', reply.status, { failure })
  }

  #refuse(reply: Reply): void {
    this.#send(reply, [])
    this.#tell('refused', reply.status, {})
  }

  #answerPreflight(): void {
    this.response.writeHead(204, preflightHeaders(this.raw))
    this.response.end()
  }

  #send(reply: Pick<Reply, 'status' | 'headers' | 'body'>, more: RawHeaders): void {
    const cors = this.options.cors ? corsHeaders(this.raw, []) : []
    sendReply(this.response, reply, [...more, ...cors])
  }

  #notes(reply: Checked): string[] {
    const notes = [
      ...(this.#request.unchecked === undefined ? [] : [`the request body: ${this.#request.unchecked}`]),
      ...(reply.unchecked === undefined ? [] : [`the reply body: ${reply.unchecked}`]),
    ].map((text): Note => ({ kind: 'not-checked', text }))
    const all = [...this.#requestNotes, ...notes]
    return all.length === 0 ? [] : ['standin-note', formatNotes(all)]
  }

  #tell(outcome: ProxiedCall['outcome'], status: number, facts: Partial<Facts>): void {
    this.onCall({
      method: this.#method,
      url: this.#url,
      operation: this.check?.runtime.operation,
      requestHeaders: this.raw.headers,
      request: this.#request,
      requestNotes: this.#requestNotes,
      replyHeaders: {},
      reply: NOT_CHECKED,
      failure: undefined,
      ...facts,
      status,
      outcome,
    })
  }
}

const NO_UPGRADE = problemReply('upgrade-not-passed-on', {
  detail: 'The proxy passes on HTTP requests, and no WebSockets. Connect to the upstream itself for those',
})
