import { setTimeout as delay } from 'node:timers/promises'
import type { Collections } from '../../src/respond/state.js'
import type { Seed, Store } from '../../src/store/store.js'

/** Waits as long as it takes; the test's own time limit ends it if it never comes. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10)
}

export const seedOf =
  (collections: Collections): Seed =>
  async () =>
    collections

export const demo: Collections = {
  accounts: { '100': { name: 'Ada', pin: '1111' }, '200': { name: 'Grace', pin: '2222' } },
}

export const put = (
  store: Store,
  id: string,
  document: Record<string, unknown>,
  session = '',
): Promise<void> =>
  store.update(session, (state) => {
    state.put('accounts', id, document)
  })

export const parseObject = (text: string): Record<string, unknown> => JSON.parse(text)

/** The error that a promise rejects with, as its code and message. */
export async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error)
      return { code: 'code' in error ? String(error.code) : '', message: error.message }
  }
  return { code: 'none', message: '' }
}
