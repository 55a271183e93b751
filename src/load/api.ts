import type { ApiModule } from '../apis/api-module.js'
import { loadSources, type LoadOptions } from './load.js'

export interface LoadedApi {
  readonly api: ApiModule
  /** The files that were read; none for a bundled API. */
  readonly files: readonly string[]
}

/** What the sources stand for: the bundled onboarding API where there are none, else what they document. */
export async function loadApi(sources: readonly string[], options: LoadOptions): Promise<LoadedApi> {
  if (sources.length === 0) {
    const { onboarding } = await import('../apis/onboarding/index.js')
    return { api: onboarding, files: [] }
  }
  const { description, files } = await loadSources(sources, options)
  return {
    api: { name: description.title, description, behaviours: () => ({}), seed: async () => ({}) },
    files,
  }
}
