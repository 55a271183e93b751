import type { Mock } from './serve/proxy/proxy-handler.js'
import type { Standin } from './standin.js'

/** Headers of the mock's reply that are about its own, inner connection. */
const INNER = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'])

/** A stand-in for the upstream, made when it is asked for the first time: most proxies never need it. */
export class Substitute {
  readonly #make: () => Promise<Standin>
  #standin: Promise<Standin> | undefined

  constructor(make: () => Promise<Standin>) {
    this.#make = make
  }

  /** Makes it now. Rejects where it cannot be made; whoever asks next tries again. */
  open(): Promise<Standin> {
    this.#standin ??= this.#make().catch((error: unknown) => {
      this.#standin = undefined
      throw error
    })
    return this.#standin
  }

  readonly answer: Mock = async (request, body) => {
    const method = METHODS.find((one) => one === request.method)
    if (!method) return undefined
    const reply = await (
      await this.open()
    ).inject({
      method,
      url: request.url ?? '/',
      headers: request.headers,
      ...(body !== undefined && { payload: Buffer.from(body) }),
    })
    const headers = Object.entries(reply.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || INNER.has(name) ? [] : [[name, String(value)]],
    )
    return { status: reply.statusCode, headers: Object.fromEntries(headers), body: reply.rawPayload }
  }

  /** Where it has been made, it reads the sources again. */
  async reload(): Promise<void> {
    await (await this.#made())?.reload()
  }

  async close(): Promise<void> {
    await (await this.#made())?.close()
  }

  async #made(): Promise<Standin | undefined> {
    return this.#standin?.catch(() => undefined)
  }
}

/** Those that can be asked without a socket. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS'] as const
