import { existsSync, type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** How long after the first sign of a change it is acted on, in milliseconds: editors write a file in several steps. */
const SETTLE = 80

/**
 * Watches folders, each by itself: a file that is replaced by another of its name, as many editors
 * save, is noticed in its folder only. The folders are asked for again after each change; in place of one
 * that is gone, the nearest that is there is watched until it comes back.
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
    const folders = new Set([...this.#folders()].map(nearest))
    for (const folder of folders) {
      if (this.#watchers.has(folder)) continue
      const watcher = this.#open(folder)
      if (!watcher) continue
      found = true
      this.#watchers.set(folder, watcher)
    }
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    return found
  }

  #open(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, (event, name) => {
        // Its own name: it is gone, and what has that name next is another folder, or a file in it is called so.
        if (event === 'rename' && name === basename(folder)) this.#drop(folder, watcher)
        this.#touch()
      })
      watcher.on('error', () => {
        this.#drop(folder, watcher)
        this.#touch()
      })
      return watcher
    } catch {
      return undefined
    }
  }

  /** It is watched anew after the change that this is. */
  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close()
    if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder)
  }
}

/** The folder, or the nearest above it that is there. */
const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder))
