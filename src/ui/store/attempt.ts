import { type Draft, requestOf } from '../model/request-draft.js'
import { about } from './about.js'
import { sessionName } from './route.js'

/** What came of a request that was tried. */
export type Attempt = Received | Lost

export interface Received {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** Set where the body ended before it was whole. */
  readonly cut?: boolean
  /** Milliseconds, as the browser saw it. */
  readonly ms: number
}

export interface Lost {
  /** Why there is no answer. */
  readonly lost: string
  readonly ms: number
}

/** Where the mocked API is, without a slash at the end. */
export const apiOrigin = (): string => about.state.peek().value?.api ?? location.origin

/** Sends a request to the mocked API, in the chosen session. */
export async function attempt(draft: Draft, signal: AbortSignal): Promise<Attempt> {
  const { method, headers, body } = requestOf(draft)
  const session = sessionName.value
  const began = performance.now()
  const ms = (): number => Math.round(performance.now() - began)
  try {
    const reply = await fetch(apiOrigin() + draft.url, {
      method,
      // Sent with the default session too where a cookie would name another.
      headers: [
        ...headers,
        ...(session !== '' || document.cookie.includes('standin-session')
          ? [['Standin-Session', session] satisfies [string, string]]
          : []),
      ],
      ...(body !== undefined && { body }),
      signal,
      redirect: 'manual',
      cache: 'no-store',
    })
    if (reply.type === 'opaqueredirect') {
      return {
        lost: 'The answer is a redirect, which a browser does not show. The journal has it.',
        ms: ms(),
      }
    }
    const { status, statusText } = reply
    const { text, cut } = await wholeOf(reply, signal)
    return { status, statusText, headers: [...reply.headers], body: text, ...(cut && { cut }), ms: ms() }
  } catch (error) {
    if (signal.aborted) return { lost: 'You stopped waiting before an answer came.', ms: ms() }
    const said = error instanceof Error ? error.message : String(error)
    return { lost: `No answer came: the connection ended without one (${said}).`, ms: ms() }
  }
}

/** The body, or as much of it as came. */
async function wholeOf(reply: Response, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  if (!reader) return { text, cut: false }
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { text, cut: false }
      text += value
    }
  } catch (error) {
    if (signal.aborted) throw error
    return { text, cut: true }
  }
}
