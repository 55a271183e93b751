import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text as readAll } from 'node:stream/consumers'
import type { Test } from 'tap'
import { type Broker, createBroker } from '../../src/contract/broker.js'

export interface Call {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface Answer {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly location?: string
  /** Break the connection instead. */
  readonly reset?: boolean
}

/** A server that plays a broker's replies: by method and path, the n-th answer for the n-th such call, then the last. */
export async function playBroker(
  t: Test,
  replies: (base: string) => Readonly<Record<string, readonly Answer[]>>,
  authorization = 'Bearer secret',
): Promise<{ broker: Broker; calls: Call[]; waits: number[] }> {
  const calls: Call[] = []
  const waits: number[] = []
  const counts = new Map<string, number>()
  let known: ReturnType<typeof replies> = {}
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request)
    const key = `${request.method} ${request.url}`
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    calls.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: body && JSON.parse(body),
    })
    const {
      status = 200,
      json,
      text,
      reset,
      location,
    } = known[key]?.at(Math.min(count, known[key].length - 1)) ?? { status: 404, json: {} }
    if (reset) {
      request.socket.destroy()
      return
    }
    response.writeHead(status, { 'content-type': 'application/hal+json', ...(location ? { location } : {}) })
    response.end(text ?? JSON.stringify(json))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  known = replies(url)
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds)
    return Promise.resolve()
  }
  return { broker: createBroker({ url, authorization, sleep }), calls, waits }
}
