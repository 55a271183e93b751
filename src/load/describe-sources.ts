import type { ApiDescription } from '../operation/description.js'
import { apiSource } from './api.js'
import type { LoadOptions } from './load.js'

/**
 * What files, folders or a module document, read as `standin serve` reads them; without any, the
 * bundled API.
 * @throws STANDIN_ERR_SOURCE_UNREADABLE
 */
export async function describeSources(
  sources: readonly string[],
  options: Partial<LoadOptions> = {},
): Promise<ApiDescription> {
  const source = await apiSource(sources, { cwd: process.cwd(), ...options })
  const { api } = await source.load()
  return api.description
}
