import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** How often a request that may be repeated is, before it is given up. */
const TRIES = 100
/** Milliseconds. */
const PAUSE = 100

/**
 * A client with as many connections as requests at once. What it got no answer to, it does not know: only
 * what may be repeated is.
 */
export class Client {
  readonly #pool: Pool
  /** Calls that got no answer, or one that says that none can be given now. */
  unanswered = 0

  constructor(url: string, connections: number) {
    this.#pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 30_000 })
  }

  /** Undefined where nobody knows what became of the request: no answer, 502, 503 or 504. */
  async send(method: Method, path: string, session: string, body?: unknown): Promise<Reply | undefined> {
    const reply = await this.ask(method, path, session, body)
    if (reply && ![502, 503, 504].includes(reply.status)) return reply
    this.unanswered++
    // Who is asked to wait waits.
    await sleep(reply?.headers['retry-after'] === undefined ? PAUSE : 1000)
    return undefined
  }

  /** A request that changes nothing, or that comes to the same when it is sent again. */
  async repeat(method: Method, path: string, session: string, body?: unknown): Promise<Reply> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const reply = await this.send(method, path, session, body)
      if (reply) return reply
    }
    throw new Error(`${method} ${path} got no answer in ${TRIES} tries`)
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  /** What came, if anything did. */
  async ask(method: Method, path: string, session: string, body?: unknown): Promise<Reply | undefined> {
    try {
      const {
        statusCode,
        headers,
        body: sent,
      } = await this.#pool.request({
        method,
        path,
        headers: {
          'standin-session': session,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await sent.text()
      const isJson = /json/.test(String(headers['content-type']))
      return { status: statusCode, headers, body: isJson ? JSON.parse(text) : text }
    } catch (error) {
      if (isNoAnswer(error)) return undefined
      throw error
    }
  }
}

const SOCKET_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
])

const isNoAnswer = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SOCKET_CODES.has(String(error.code))
