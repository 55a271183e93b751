import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { errors } from '../errors.js'
import { isObject } from '../operation/json-object.js'
import { packageVersion } from '../package.js'
import { http } from './http.js'

const PREFIX = '/_standin/v1'

type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface ControlCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/_standin/v1`. */
  readonly path: string
  /** What is undefined is left out. */
  readonly query?: Query
  /** Sent as JSON. */
  readonly body?: unknown
}

/** A refusal: a problem document (RFC 9457) of the control API. */
export class ControlRefusal extends errors.STANDIN_ERR_CONTROL {
  readonly status: number
  /** The problem's code, `unknown-control-target` for one. */
  readonly problem: string | undefined
  /** The whole document. */
  readonly document: Readonly<Record<string, unknown>>

  constructor({ method = 'GET', path }: ControlCall, status: number, document: unknown) {
    const members = isObject(document) ? document : {}
    const { detail, message, code } = members
    super(`${method} ${PREFIX}${path}`, String(status), textOf(detail ?? message ?? document))
    this.status = status
    this.problem = typeof code === 'string' ? code : undefined
    this.document = members
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 2000) : 'no reason')

/** Asks the control API. Both reject with STANDIN_ERR_CONTROL or STANDIN_ERR_UNREACHABLE. */
export interface Asks {
  /** The reply, held against its schema. */
  get<T extends TSchema>(schema: T, call: ControlCall): Promise<Static<T>>
  /** The reply as JSON; undefined where there is none. */
  call(call: ControlCall): Promise<unknown>
}

/** The same for one session; `''` is the default one. */
export function inSession(asks: Asks, session: string): Asks {
  const named = (call: ControlCall): ControlCall => ({ ...call, query: { ...call.query, session } })
  return {
    get: (schema, call) => asks.get(schema, named(call)),
    call: (call) => asks.call(named(call)),
  }
}

/** Speaks the control API of a running stand-in. */
export class Control implements Asks {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>

  /** @param url without a slash at the end */
  constructor(url: string, token: string | undefined) {
    this.#url = url
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  }

  async get<T extends TSchema>(schema: T, call: ControlCall): Promise<Static<T>> {
    const reply = await this.call(call)
    if (Value.Check(schema, reply)) return reply
    const fault = Value.Errors(schema, reply).First()
    const where = fault ? ` (${fault.path}: ${fault.message})` : ''
    throw new errors.STANDIN_ERR_CONTROL(
      `${call.method ?? 'GET'} ${PREFIX}${call.path}`,
      'something unknown',
      `these helpers are of version ${packageVersion}; have the stand-in be of the same${where}`,
    )
  }

  async call(call: ControlCall): Promise<unknown> {
    const { method = 'GET', path, query = {}, body } = call
    const url = new URL(`${this.#url}${PREFIX}${path}`)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    const { status, ok, text } = await this.#send(url, {
      method,
      headers: { ...this.#headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const reply = text === '' ? undefined : parsed(text)
    if (!ok) throw new ControlRefusal(call, status, reply)
    return reply
  }

  async #send(url: URL, init: RequestInit): Promise<{ status: number; ok: boolean; text: string }> {
    try {
      const reply = await http(url, init)
      return { status: reply.status, ok: reply.ok, text: await reply.text() }
    } catch (error) {
      throw new errors.STANDIN_ERR_UNREACHABLE(url.origin, causeOf(error))
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What fetch says is `fetch failed`; why is in its cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? causeOf(error.cause) : error.message || error.name
}
