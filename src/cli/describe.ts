import type { ApiDescription } from '../operation/description.js'
import type { Invocation } from './commands.js'

/** What sources document, read as the server reads them; without any, the bundled API. */
export async function describe(
  { options, createStandin }: Invocation,
  sources: readonly string[],
): Promise<ApiDescription> {
  // Nothing is asked of it but its description, so no folder is made or locked.
  const standin = await createStandin({ ...options, sources, stateless: true, logger: false })
  await standin.close()
  return standin.description
}
