import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errors } from '../errors.js'
import type { Run } from './commands.js'

/** `standin openapi [SOURCE…]`: the same document that a server of these sources serves. */
export const openapi: Run = async ({ options, positionals, terminal, createStandin }) => {
  const { config: _config, out, sources = [], ...rest } = options
  const standin = await createStandin({
    ...rest,
    // Nothing is asked of it but its description, so no folder is made or locked.
    store: 'memory',
    sources: positionals.length > 0 ? positionals : sources,
    logger: false,
  })
  try {
    const text = `${(await standin.openapi()).trimEnd()}\n`
    if (out === undefined) terminal.stdout.write(text)
    else await write(resolve(terminal.cwd, out), out, text)
  } finally {
    await standin.close()
  }
  return 0
}

async function write(path: string, shown: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_OUTPUT_UNWRITABLE(shown, reason), { cause: error })
  }
}
