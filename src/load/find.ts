import { readdir, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { errors } from '../errors.js'

/** What a folder is searched for; a file that is named itself may have any name. */
const DOCUMENT = /\.(md|markdown|mdx|ya?ml|json)$/i

/** Never documentation: dependencies, and (with every folder whose name begins with a dot) tools' own files. */
const SKIPPED = new Set(['node_modules'])

export interface FoundFile {
  /** Relative to the working directory, with `/` between its parts: what locations name. */
  readonly path: string
  /** Named by the person, not come upon in a folder: then it must be something that can be read. */
  readonly named: boolean
}

/**
 * The files of some sources, folders searched recursively, sorted by path and each only once.
 * `onFolder` is told of each folder that was searched.
 * @throws STANDIN_ERR_SOURCE_UNREADABLE where a source is not there
 */
export async function findFiles(
  source: string,
  cwd: string,
  onFolder?: (absolute: string) => void,
): Promise<FoundFile[]> {
  const absolute = resolve(cwd, source)
  const kind = await stat(absolute).catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new errors.STANDIN_ERR_SOURCE_UNREADABLE(
      source,
      missing ? 'There is no such file or folder. Check the path.' : String(error),
    )
  })
  if (!kind.isDirectory()) return [{ path: shownPath(absolute, cwd), named: true }]
  const found: FoundFile[] = []
  await search(absolute, cwd, found, onFolder)
  return found
}

/** Symbolic links are not followed, so that no loop of them is walked. */
async function search(
  folder: string,
  cwd: string,
  found: FoundFile[],
  onFolder: ((absolute: string) => void) | undefined,
): Promise<void> {
  onFolder?.(folder)
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) await search(path, cwd, found, onFolder)
    } else if (entry.isFile() && DOCUMENT.test(entry.name))
      found.push({ path: shownPath(path, cwd), named: false })
  }
}

/** A path as locations name it. */
export const shownPath = (absolute: string, cwd: string): string =>
  (relative(cwd, absolute) || '.').split(sep).join('/')
