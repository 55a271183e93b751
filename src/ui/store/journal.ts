import { effect, signal } from '@preact/signals'
import type { JournalEntry } from '../../steer/journal/entry.js'
import { type ApiFailure, toFailure } from '../api/problem.js'
import { text } from '../api/client.js'
import { followJournal } from '../api/stream.js'
import { mergeEntries, MOST_ENTRIES } from '../model/entries.js'
import { readEntries, readEntry } from '../model/read-entry.js'
import { overrides } from './operations.js'
import { sessionName } from './route.js'
import { token } from './token.js'

/** The calls of the session, the newest first. */
export const entries = signal<readonly JournalEntry[]>([])

/** `live` while calls are shown as they come; else why they are not. */
export const connection = signal<'opening' | 'live' | ApiFailure>('opening')

/** Grows with each call of the session, for whoever shows what a call may have changed. */
export const calls = signal(0)

const attempts = signal(0)

/** Tries again to get at the journal. */
export function restart(): void {
  attempts.value++
}

/** Milliseconds in which many calls are one change. */
const GATHER = 150

/** Follows the journal of whichever session is chosen, for as long as the page is open. */
export function watchJournal(): void {
  effect(() => {
    // Read, so that another session or token begins anew.
    const wanted = `${sessionName.value} ${token.value} ${attempts.value}`
    const stop = new AbortController()
    entries.value = []
    connection.value = 'opening'
    if (wanted !== '') void follow(stop.signal)
    return () => stop.abort()
  })
}

async function follow(signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (come: readonly JournalEntry[]): void => {
    entries.value = mergeEntries(entries.peek(), come)
    timer ??= setTimeout(() => {
      timer = undefined
      if (signal.aborted) return
      calls.value++
      void overrides.refresh()
    }, GATHER)
  }
  await followJournal({
    signal,
    begin: async () => {
      // All of it anew: a stand-in that was started again counts its calls from one.
      const query = { limit: String(MOST_ENTRIES) }
      const kept = readEntries(await text('GET', '/journal', { scoped: true, query, signal }))
      entries.value = []
      show(kept)
      return Math.max(0, ...kept.map(({ id }) => id))
    },
    onOpen: () => {
      connection.value = 'live'
    },
    onLost: (error) => {
      connection.value = toFailure(error)
    },
    onEvent: ({ event, data }) => {
      if (event === 'entry') show([readEntry(data)])
      else if (event === 'cleared') entries.value = []
    },
  })
}
