import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errors } from '../errors.js'
import type { Options } from './options.js'
import type { Terminal } from './terminal.js'

/** Writes a command's result to `--out`, or to stdout. */
export async function writeResult(text: string, { out }: Options, terminal: Terminal): Promise<void> {
  if (out === undefined) {
    terminal.stdout.write(text)
    return
  }
  try {
    await writeFile(resolve(terminal.cwd, out), text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_OUTPUT_UNWRITABLE(out, reason), { cause: error })
  }
}
