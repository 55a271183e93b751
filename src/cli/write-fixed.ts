import { readFile, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errors } from '../errors.js'
import type { SourceFile } from '../parse/source-file.js'
import { writeAtomically } from '../store/atomic-write.js'

/**
 * Writes the files that were mended, each at once, with the permissions it had. A file is left
 * alone where it is no longer what was read, or where writing it would change more than was mended.
 * @throws STANDIN_ERR_NOT_MENDED
 */
export async function writeFixed(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
  cwd: string,
): Promise<void> {
  for (const [index, { path, text }] of after.entries()) {
    const original = before[index]?.text
    if (original === undefined || original === text) continue
    try {
      await replace(await realpath(resolve(cwd, path)), path, original, text)
    } catch (error) {
      if (error instanceof errors.STANDIN_ERR_NOT_MENDED) throw error
      throw notMended(path, error instanceof Error ? error.message : String(error))
    }
  }
}

async function replace(file: string, shown: string, original: string, text: string): Promise<void> {
  const bytes = await readFile(file)
  if (!bytes.equals(Buffer.from(original))) {
    throw notMended(
      shown,
      bytes.toString() === original
        ? 'it is not UTF-8, and would lose what is not; save it as UTF-8.'
        : 'it has changed since it was read; run the command again.',
    )
  }
  const { mode } = await stat(file)
  await writeAtomically(file, text, false, undefined, mode & 0o7777)
}

const notMended = (path: string, reason: string) => new errors.STANDIN_ERR_NOT_MENDED(path, reason)
