import { type FSWatcher, watch } from 'node:fs'

/** How long after the first sign of a change it is acted on, in milliseconds: editors write a file in several steps. */
const SETTLE = 80

/**
 * Watches folders, each by itself: a file that is replaced by another of its name, as many editors
 * save, is noticed in its folder only. The folders are asked for again after each change.
 */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #folders: () => ReadonlySet<string>
  readonly #onChange: () => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #running = false
  #again = false
  #closed = false

  /** Calls back once for a burst of changes, and not again before the callback is done. It must not reject. */
  constructor(folders: () => ReadonlySet<string>, onChange: () => Promise<void>) {
    this.#folders = folders
    this.#onChange = onChange
    this.#watchAll()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers.values()) watcher.close()
  }

  #touch(): void {
    if (this.#closed) return
    if (this.#running) this.#again = true
    else this.#timer ??= setTimeout(() => ((this.#timer = undefined), void this.#run()), SETTLE)
  }

  async #run(): Promise<void> {
    this.#running = true
    await this.#onChange()
    this.#running = false
    // Files may have been put into a new folder before it was watched.
    const found = this.#watchAll()
    if (this.#again || found) this.#touch()
    this.#again = false
  }

  /** Whether there were folders that had not been watched. */
  #watchAll(): boolean {
    let found = false
    if (this.#closed) return found
    for (const folder of this.#folders()) {
      if (this.#watchers.has(folder)) continue
      const watcher = open(folder, () => this.#touch())
      if (!watcher) continue
      found = true
      this.#watchers.set(folder, watcher)
      // Its folder is gone; when it comes back it is watched anew.
      watcher.on('error', () => this.#drop(folder))
      watcher.on('close', () => this.#watchers.delete(folder))
    }
    return found
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
    this.#touch()
  }
}

function open(folder: string, onEvent: () => void): FSWatcher | undefined {
  try {
    return watch(folder, onEvent)
  } catch {
    return undefined
  }
}
