import type { Run } from './commands.js'
import { writeResult } from './output.js'

/** `standin openapi [SOURCE…]`: the same document that a server of these sources serves. */
export const openapi: Run = async ({ options, positionals, terminal, createStandin }) => {
  const standin = await createStandin({
    ...options,
    // Nothing is asked of it but its description, so no folder is made or locked.
    stateless: true,
    sources: positionals.length > 0 ? positionals : (options.sources ?? []),
    logger: false,
  })
  try {
    await writeResult(`${(await standin.openapi()).trimEnd()}\n`, options, terminal)
  } finally {
    await standin.close()
  }
  return 0
}
