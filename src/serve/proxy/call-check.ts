import type { IncomingMessage } from 'node:http'
import { type Note, OTHER_PATH } from '../../respond/decision.js'
import type { Rejection, RequestInput } from '../../respond/check.js'
import { createReplyCheck, type ReplyCheck } from '../../respond/check-reply.js'
import type { ApiDescription } from '../../operation/description.js'
import type { Validation } from '../../respond/validation.js'
import type { OperationRuntime } from '../operation-runtime.js'
import { withoutCoding } from './content-coding.js'
import { headersByName, type RawHeaders } from './hop-by-hop.js'
import type { Checked } from './proxied-call.js'

export interface CheckParts {
  readonly description: ApiDescription
  readonly validation: Validation
  /** Bytes of a body that are looked at. */
  readonly limit: number
}

/** Holds the requests and replies of one operation against the docs, whatever their content coding. */
export class CallCheck {
  readonly runtime: OperationRuntime
  readonly #parts: CheckParts
  /** The path that the docs have, where the request's has a slash more or less at its end. */
  readonly #path: string | undefined
  #reply: ReplyCheck | undefined

  constructor(runtime: OperationRuntime, parts: CheckParts, path?: string) {
    this.runtime = runtime
    this.#parts = parts
    this.#path = path
  }

  /** The check of requests whose path is another than the documented one, but for the slash at its end. */
  insteadOf(path: string): CallCheck {
    return new CallCheck(this.runtime, this.#parts, path)
  }

  /** What is to be said of a request that breaks nothing. */
  notesOn({ method = '', url = '', headers }: IncomingMessage): readonly Note[] {
    const deprecated = this.runtime.deprecated({ method, url, headers, body: undefined })
    return [...(this.#path === undefined ? [] : [OTHER_PATH]), ...(deprecated ? [deprecated] : [])]
  }

  /** @param body undefined where it is not there to be looked at, and why */
  async request(
    { method = '', url = '', headers }: IncomingMessage,
    body: { readonly bytes: Uint8Array } | { readonly reason: string },
  ): Promise<Checked & { readonly rejection?: Rejection }> {
    const { limit } = this.#parts
    const decoded =
      'bytes' in body ? await withoutCoding(body.bytes, headers['content-encoding'], limit) : body
    const input: RequestInput = {
      method,
      url: this.#path === undefined ? url : url.replace(/^[^?]*/, () => this.#path ?? ''),
      headers,
      body: 'bytes' in decoded && decoded.bytes.length > 0 ? decoded.bytes : undefined,
    }
    const result = this.runtime.check(input)
    const rejection = 'rejection' in result ? result.rejection : undefined
    const violations = rejection?.violations ?? []
    if ('bytes' in decoded) return { violations, body: decoded.bytes, ...(rejection && { rejection }) }
    // A body that nobody looked at is not wrong.
    const others = violations.filter((one) => one.in !== 'body')
    return {
      violations: others,
      unchecked: decoded.reason,
      ...(rejection && others.length > 0 && { rejection: { ...rejection, violations: others } }),
    }
  }

  /** Whether the docs name this very status, and not only a range or `default`. */
  documents(status: number): boolean {
    return this.runtime.operation.responses.some((one) => one.status === String(status))
  }

  get reply(): ReplyCheck {
    this.#reply ??= createReplyCheck(this.runtime.operation, this.#parts)
    return this.#reply
  }

  /** @param bytes undefined where there is no body to look at; then `reason` says why, unless there is none at all */
  async checkReply(
    status: number,
    rawHeaders: RawHeaders,
    bytes: Uint8Array | undefined,
    reason?: string,
  ): Promise<Checked> {
    const headers = headersByName(rawHeaders)
    const coding = headers['content-encoding']
    const decoded =
      bytes === undefined
        ? undefined
        : await withoutCoding(bytes, Array.isArray(coding) ? coding.join(',') : coding, this.#parts.limit)
    const body = decoded && 'bytes' in decoded ? decoded.bytes : undefined
    const unchecked = decoded && 'reason' in decoded ? decoded.reason : reason
    return { violations: this.reply.violations({ status, headers, body }), body, unchecked }
  }
}
