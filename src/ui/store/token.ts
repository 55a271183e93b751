import { signal } from '@preact/signals'

const KEY = 'standin-token'

/** What the control API is asked with; `''` for none. Forgotten when the tab is closed. */
export const token = signal(sessionStorage.getItem(KEY) ?? '')

/** Whether the control API has refused to answer without a token, or with the one it got. */
export const tokenWanted = signal(false)

export function askForToken(): void {
  tokenWanted.value = true
}

export function keepToken(given: string): void {
  sessionStorage.setItem(KEY, given)
  tokenWanted.value = false
  token.value = given
}
