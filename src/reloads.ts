import type { FastifyBaseLogger } from 'fastify'
import type { ApiModule } from './apis/api-module.js'
import type { ApiSource } from './load/api.js'
import { FolderWatch } from './load/watch.js'
import type { ApiDescription } from './operation/description.js'
import { tellFailedReload, tellReload } from './reload-log.js'

export interface ReloadsOptions {
  readonly source: ApiSource
  readonly description: () => ApiDescription
  /** Serves what the sources say now. */
  readonly serve: (api: ApiModule) => Promise<void>
  readonly logger: FastifyBaseLogger | undefined
  /** Told of the files that were served anew because they are watched. */
  readonly onReload: ((files: readonly string[]) => void) | undefined
}

/** Reads the sources of a running stand-in again, one time after the other: what was read last is served. */
export class Reloads {
  readonly #options: ReloadsOptions
  #watch: FolderWatch | undefined
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(options: ReloadsOptions) {
    this.#options = options
  }

  /** Reads them again whenever they change. */
  watch(): void {
    this.#watch = new FolderWatch(
      () => this.#options.source.folders,
      () => this.#reloadOrTell(),
    )
  }

  /** Resolves with what has changed. Rejects where the sources cannot be read or served. */
  reload(): Promise<ReadonlySet<string>> {
    const turn = this.#last.then(() => this.#serveChanges())
    this.#last = turn.catch(() => {})
    return turn
  }

  /** Reads nothing any more. Resolves when what was under way is done, since it opens what somebody has to close. */
  async close(): Promise<void> {
    this.#closed = true
    this.#watch?.close()
    await this.#last
  }

  async #serveChanges(): Promise<ReadonlySet<string>> {
    if (this.#closed) return new Set()
    const { api, changed } = await this.#options.source.load()
    if (changed.size > 0) await this.#options.serve(api)
    return changed
  }

  async #reloadOrTell(): Promise<void> {
    const { source, description, logger, onReload } = this.#options
    const before = description()
    const { attempts } = source
    try {
      const changed = await this.reload()
      if (changed.size === 0) return
      const files = tellReload(logger, before, description(), changed)
      onReload?.(files)
    } catch (error) {
      // Something else in a watched folder was touched (this very log, say): it has been told already.
      if (source.attempts !== attempts) tellFailedReload(logger, error)
    }
  }
}
