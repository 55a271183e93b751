import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { ApiModule } from '../apis/api-module.js'
import { errors } from '../errors.js'
import type { LoadOptions } from './load.js'
import { isModule, moduleIn } from './module-path.js'

/** What a stand-in stands in for, and how it is loaded again. */
export interface ApiSource {
  /** `changed` names what is new, gone or different since the last loading that succeeded; all of it the first time. */
  load(): Promise<{ api: ApiModule; changed: ReadonlySet<string> }>
  /** Absolute paths of the folders in which a change may matter. */
  readonly folders: ReadonlySet<string>
  /** Goes up with each loading that met something new, whether it succeeded or not. */
  readonly attempts: number
}

/**
 * What the sources stand for: the bundled onboarding API where there are none, a TypeScript module or a
 * folder of them, else what the sources document.
 */
export async function apiSource(sources: readonly string[], options: LoadOptions): Promise<ApiSource> {
  const { cwd } = options
  const [module] = sources.flatMap((source) => moduleOf(source, cwd) ?? [])
  if (module !== undefined) {
    if (sources.length > 1)
      throw new errors.STANDIN_ERR_SOURCE_UNREADABLE(
        relative(cwd, module),
        'An API module is served by itself. Name it alone, or import the other sources into a module of their own.',
      )
    const { ModuleSource } = await import('./module-source.js')
    return new ModuleSource(module, cwd)
  }
  if (sources.length === 0) return bundled
  // The readers are many; the bundled API starts without them.
  const { Sources } = await import('./load.js')
  const documented = new Sources(sources, options)
  return {
    load: async () => {
      const { description, changed } = await documented.load()
      return { api: { name: description.title, description }, changed }
    },
    get folders() {
      return documented.folders
    },
    get attempts() {
      return documented.attempts
    },
  }
}

/** The API that comes with Standin, which never changes. */
const bundled: ApiSource = {
  load: async () => {
    const { onboarding } = await import('../apis/onboarding/index.js')
    return { api: onboarding, changed: new Set() }
  },
  folders: new Set(),
  attempts: 0,
}

/** The module that a source is, or that its folder has; undefined where it is documentation. */
function moduleOf(source: string, cwd: string): string | undefined {
  if (source === '-') return undefined
  const path = resolve(cwd, source)
  if (isModule(path)) return path
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? moduleIn(path) : undefined
}
