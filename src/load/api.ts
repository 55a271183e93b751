import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { ApiModule } from '../apis/api-module.js'
import { errors } from '../errors.js'
import type { LoadOptions } from './load.js'
import { isModule, moduleIn } from './module-path.js'

export interface LoadedApi {
  readonly api: ApiModule
  /** The files that were read; none for a bundled API. */
  readonly files: readonly string[]
}

/**
 * What the sources stand for: the bundled onboarding API where there are none, a TypeScript module or a
 * folder of them, else what the sources document.
 */
export async function loadApi(sources: readonly string[], options: LoadOptions): Promise<LoadedApi> {
  const { cwd } = options
  const modules = sources.flatMap((source) => moduleOf(source, cwd) ?? [])
  const [module] = modules
  if (module !== undefined) {
    if (sources.length > 1)
      throw new errors.STANDIN_ERR_SOURCE_UNREADABLE(
        relative(cwd, module),
        'An API module is served by itself. Name it alone, or import the other sources into a module of their own.',
      )
    const { loadModule } = await import('./module.js')
    return { api: await loadModule(module, cwd), files: [relative(cwd, module)] }
  }
  if (sources.length === 0) {
    const { onboarding } = await import('../apis/onboarding/index.js')
    return { api: onboarding, files: [] }
  }
  // The readers are many; the bundled API starts without them.
  const { loadSources } = await import('./load.js')
  const { description, files } = await loadSources(sources, options)
  return { api: { name: description.title, description }, files }
}

/** The module that a source is, or that its folder has; undefined where it is documentation. */
function moduleOf(source: string, cwd: string): string | undefined {
  if (source === '-') return undefined
  const path = resolve(cwd, source)
  if (isModule(path)) return path
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? moduleIn(path) : undefined
}
