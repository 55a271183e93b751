import type { IncomingMessage } from 'node:http'
import type { Rejection } from '../../respond/check.js'
import type { CallCheck } from './call-check.js'
import { Capture, hold, whole } from './capture.js'
import { tooLarge } from './content-coding.js'
import { bodyOf, type ForwardBody, hasBody } from './forwarder.js'
import { type Checked, NOT_CHECKED } from './proxied-call.js'

/** A request on its way to the upstream, of whose body a copy is kept to be held against the docs. */
export class RequestSide {
  readonly #raw: IncomingMessage
  readonly #check: CallCheck | undefined
  readonly #capture: Capture
  readonly #limit: number
  #source: AsyncIterable<Uint8Array>

  /** @param check undefined where it is not to be checked */
  constructor(raw: IncomingMessage, check: CallCheck | undefined, limit: number) {
    this.#raw = raw
    this.#check = check
    this.#limit = limit
    this.#capture = new Capture(limit)
    this.#source = bodyOf(raw)
  }

  /** The body as it is sent on; reading it fills the copy. */
  get body(): ForwardBody {
    return hasBody(this.#raw) ? this.#capture.through(this.#source) : undefined
  }

  /** The check before anything is sent on, for which the body is waited for. */
  async checkAhead(): Promise<Checked & { readonly rejection?: Rejection }> {
    if (!this.#check) return NOT_CHECKED
    if (!hasBody(this.#raw)) return this.#check.request(this.#raw, { bytes: NOTHING })
    const held = await hold(this.#source, this.#limit)
    this.#source = whole(held)
    return this.#check.request(
      this.#raw,
      held.rest ? { reason: tooLarge(this.#limit) } : { bytes: Buffer.concat(held.chunks) },
    )
  }

  /** The check afterwards, of what has been sent on. */
  async check(): Promise<Checked> {
    if (!this.#check) return NOT_CHECKED
    return this.#check.request(this.#raw, this.#seen())
  }

  /** The whole body, read to its end where it was not sent on; undefined where it is beyond the bound. */
  async all(): Promise<{ readonly bytes: Uint8Array | undefined } | undefined> {
    if (!hasBody(this.#raw)) return { bytes: undefined }
    if (!this.#capture.ended) for await (const _ of this.#capture.through(this.#source));
    const { whole } = this.#capture
    return whole && { bytes: whole }
  }

  #seen(): { readonly bytes: Uint8Array } | { readonly reason: string } {
    if (!hasBody(this.#raw)) return { bytes: NOTHING }
    const { whole, overflown } = this.#capture
    if (whole) return { bytes: whole }
    return { reason: overflown ? tooLarge(this.#limit) : 'the upstream answered before all of it was there' }
  }
}

const NOTHING = new Uint8Array()
