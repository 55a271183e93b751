import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { errorCode } from './failure.js'

/** What tells one version of a file from another without reading it. */
export interface Stamp {
  readonly size: number
  /** Milliseconds, with their fraction. */
  readonly mtimeMs: number
  readonly ino: number
}

export const sameStamp = (a: Stamp | undefined, b: Stamp | undefined): boolean =>
  a?.size === b?.size && a?.mtimeMs === b?.mtimeMs && a?.ino === b?.ino

/** The stamp of a file; undefined where there is none. */
export async function stampOf(path: string): Promise<Stamp | undefined> {
  try {
    const { size, mtimeMs, ino } = await stat(path)
    return { size, mtimeMs, ino }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Windows refuses to rename over a file that a scanner or an editor has open at that moment. */
const PASSING = new Set(['EPERM', 'EBUSY', 'EACCES'])

async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const passing = process.platform === 'win32' && PASSING.has(errorCode(error))
      if (!passing || attempt === 10) throw error
      await delay(10 * attempt)
    }
  }
}

/** Makes a rename in the folder survive a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle on a folder, and journals its renames itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function fill(handle: FileHandle, text: string, fsync: boolean): Promise<Stamp> {
  try {
    await handle.writeFile(text)
    if (fsync) await handle.sync()
    const { size, mtimeMs, ino } = await handle.stat()
    return { size, mtimeMs, ino }
  } finally {
    await handle.close()
  }
}

/** State may hold what people typed in, and keys are kept the same way. */
const OWNER_ONLY = 0o600

/**
 * Puts `text` in place of the file at once: whoever reads sees the old or the new, and a process
 * that dies half way leaves the old. `beforeRename` runs last thing before the file is replaced.
 * The stamp is that of the new file. With `fsync` the text is on the disk, the new name only after
 * {@link syncFolder}.
 */
export async function writeAtomically(
  path: string,
  text: string,
  fsync: boolean,
  beforeRename?: () => Promise<void>,
  mode = OWNER_ONLY,
): Promise<Stamp> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    const handle = await open(temporary, 'wx', OWNER_ONLY)
    // Not when it is opened: the process's mask would take from it.
    if (mode !== OWNER_ONLY) await handle.chmod(mode)
    const stamp = await fill(handle, text, fsync)
    await beforeRename?.()
    await renameOver(temporary, path)
    return stamp
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
