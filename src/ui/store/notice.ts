import { signal } from '@preact/signals'
import { toFailure } from '../api/problem.js'

/** What has just been done, or why it was not; read out by screen readers. */
export interface Notice {
  readonly kind: 'done' | 'failed'
  readonly text: string
}

export const notice = signal<Notice | undefined>(undefined)

/**
 * Does something that a person asked for, and says how it went. Resolves with whether it went well. What
 * is to be seen of it belongs into the action: nothing is said to be done before the page shows it.
 */
export async function perform(done: string, action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action()
    notice.value = { kind: 'done', text: done }
    return true
  } catch (error) {
    const { status, message } = toFailure(error)
    // The form that asks for the token says it.
    notice.value = status === 401 ? undefined : { kind: 'failed', text: message }
    return false
  }
}
