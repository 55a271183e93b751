import { sessionName } from '../store/route.js'
import { askForToken, token } from '../store/token.js'
import { ApiFailure, failureOf } from './problem.js'

/** Where the control API is, as seen from the page: both stand under /_standin/. */
const PREFIX = 'v1'

export interface CallOptions {
  readonly query?: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body?: string
  /** Whether it is about the chosen session. */
  readonly scoped?: boolean
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export function urlOf(path: string, { query, scoped }: CallOptions): string {
  // The default session is named too, so that a cookie cannot stand for another.
  const all = new URLSearchParams({ ...query, ...(scoped === true && { session: sessionName.value }) })
  return `${PREFIX}${path}${all.size > 0 ? `?${all}` : ''}`
}

/** Asks the control API. Rejects with an {@link ApiFailure}; one that a token would mend asks for it. */
export async function open(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const { body, headers, signal } = options
  let reply: Response
  try {
    reply = await fetch(urlOf(path, options), {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token.value !== '' && { authorization: `Bearer ${token.value}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
      cache: 'no-store',
    })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new ApiFailure(0, 'The stand-in cannot be reached. Is it still running?')
  }
  if (reply.ok) return reply
  const failure = failureOf(reply.status, await reply.text())
  if (failure.status === 401) askForToken()
  throw failure
}

/** The JSON of the answer. What shape it has is the control API's promise, tested there. */
export async function get<T>(path: string, options: CallOptions = {}): Promise<T> {
  const reply = await open('GET', path, options)
  const answer: T = await reply.json()
  return answer
}

/** The text of the answer, with the digits that numbers are written with. */
export async function text(method: string, path: string, options: CallOptions = {}): Promise<string> {
  const reply = await open(method, path, options)
  return reply.text()
}

/** Changes something of the chosen session. */
export const change = (method: string, path: string, body?: unknown): Promise<string> =>
  text(method, path, { scoped: true, ...(body !== undefined && { body: JSON.stringify(body) }) })
