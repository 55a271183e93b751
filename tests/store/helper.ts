import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

/**
 * What a process that is killed at this moment leaves of a store's folder. Synchronous, so that
 * nothing but an operation that the system has under way already goes on meanwhile.
 */
export function crashImage(folder: string, image: string): string {
  mkdirSync(image, { recursive: true })
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('lock.'),
  )
  for (const { name, parentPath } of files) {
    const from = join(parentPath, name)
    const to = join(image, from.slice(folder.length))
    mkdirSync(dirname(to), { recursive: true })
    try {
      copyFileSync(from, to)
    } catch (error) {
      // Removed, or given its name, by just such an operation.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return image
}

/** The names of the journal's files. */
export const journals = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.journal'))
