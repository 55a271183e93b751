import { type FSWatcher, watch } from 'node:fs'
import { resolve } from 'node:path'

/** How long after the first sign of a change it is acted on, in milliseconds: editors write a file in several steps. */
const SETTLE = 80

/**
 * Calls back when something under the sources may have changed, once for a burst of changes, and
 * not again before the callback is done. Returns the way to stop.
 */
export function watchSources(
  sources: readonly string[],
  cwd: string,
  onChange: () => Promise<void>,
): () => void {
  let timer: NodeJS.Timeout | undefined
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    running = true
    await onChange()
    running = false
    if (again) touch()
    again = false
  }
  const touch = (): void => {
    if (running) again = true
    else timer ??= setTimeout(() => ((timer = undefined), void run()), SETTLE)
  }
  const watchers = sources
    .filter((source) => source !== '-')
    .map((source): FSWatcher => watch(resolve(cwd, source), { recursive: true }, touch))
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
