import { eventReader, type ServerEvent } from '../model/server-events.js'
import { open } from './client.js'
import { ApiFailure } from './problem.js'

export interface StreamOptions {
  /** Called before each connection, with what is known at that time: resolves with the id after which it begins. */
  readonly begin: () => Promise<number>
  readonly onEvent: (event: ServerEvent) => void
  readonly onOpen: () => void
  readonly onLost: (error: unknown) => void
  readonly signal: AbortSignal
}

/** Milliseconds before a lost stream is opened again, doubled each time. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 10_000

/**
 * The live journal until `signal` says stop. Read with fetch and not with EventSource, which cannot
 * send the token.
 */
export async function followJournal(options: StreamOptions): Promise<void> {
  const { signal } = options
  let wait = FIRST_WAIT
  while (!signal.aborted) {
    try {
      await readOnce(options, () => {
        wait = FIRST_WAIT
      })
      if (!signal.aborted) options.onLost(new Error('The live journal was closed by the stand-in'))
    } catch (error) {
      if (signal.aborted) return
      options.onLost(error)
      // A refusal stays one; whoever is asked for a token begins anew.
      if (error instanceof ApiFailure && error.status >= 400 && error.status < 500) return
    }
    await pause(wait, signal)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
}

async function readOnce(
  { begin, onEvent, onOpen, signal }: StreamOptions,
  opened: () => void,
): Promise<void> {
  const reply = await open('GET', '/journal/stream', {
    scoped: true,
    query: { after: String(await begin()) },
    headers: { accept: 'text/event-stream' },
    signal,
  })
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  onOpen()
  opened()
  const read = eventReader(onEvent)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    read(value)
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
