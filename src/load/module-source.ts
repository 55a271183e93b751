import { readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { ApiModule } from '../apis/api-module.js'
import type { ApiSource } from './api.js'
import { loadModule } from './module.js'

/** What a module may import or read from its own folder. */
const PART = /\.(?:[cm]?[jt]s|json)$/

/** An API module, loaded anew when a file of its folder has changed. */
export class ModuleSource implements ApiSource {
  readonly folders = new Set<string>()
  attempts = 0
  #loaded: { versions: ReadonlyMap<string, string>; api: ApiModule } | undefined
  #attempted: ReadonlyMap<string, string> = new Map()

  constructor(
    private readonly path: string,
    private readonly cwd: string,
  ) {}

  async load(): Promise<{ api: ApiModule; changed: ReadonlySet<string> }> {
    const versions = new Map<string, string>()
    this.#look(dirname(this.path), versions)
    if (differing(this.#attempted, versions).size > 0) this.attempts++
    this.#attempted = versions
    const changed = differing(this.#loaded?.versions ?? new Map(), versions)
    if (this.#loaded && changed.size === 0) return { api: this.#loaded.api, changed }
    const api = await loadModule(this.path, this.cwd)
    this.#loaded = { versions, api }
    return { api, changed }
  }

  #look(folder: string, versions: Map<string, string>): void {
    this.folders.add(folder)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
        this.#look(path, versions)
      } else if (entry.isFile() && PART.test(entry.name)) {
        const stats = statSync(path, { throwIfNoEntry: false })
        if (stats) versions.set(relative(this.cwd, path), `${stats.ino} ${stats.size} ${stats.mtimeMs}`)
      }
    }
  }
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Set<string> {
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return new Set(paths.filter((path) => before.get(path) !== after.get(path)))
}
