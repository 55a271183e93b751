import { type FileHandle, open } from 'node:fs/promises'
import { fstatSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './atomic-write.js'

/** Thrown when somebody removed the file: whatever was appended to it is gone. */
export class JournalGone extends Error {}

/** A file that is only ever appended to, and kept open meanwhile. */
export class JournalFile {
  readonly path: string
  readonly #handle: FileHandle
  readonly #fsync: boolean
  /** Not all file systems count the names of a file. */
  readonly #countsNames: boolean
  #length = 0

  private constructor(path: string, handle: FileHandle, fsync: boolean) {
    this.path = path
    this.#handle = handle
    this.#fsync = fsync
    this.#countsNames = this.#names() > 0
  }

  static async create(path: string, fsync: boolean): Promise<JournalFile> {
    // For its owner only, as the state itself.
    const handle = await open(path, 'ax', 0o600)
    const file = new JournalFile(path, handle, fsync)
    if (fsync) await syncFolder(dirname(path))
    return file
  }

  /** Rejects with nothing of the text in the file, or with {@link JournalGone}. */
  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text)
    try {
      await this.#handle.appendFile(bytes)
      if (this.#fsync) await this.#handle.datasync()
    } catch (error) {
      // A part of it may be there, and would come back at the next start though it was refused.
      await this.#handle.truncate(this.#length).catch(() => {})
      throw error
    }
    if (this.#countsNames && this.#names() === 0) throw new JournalGone(`${this.path} was removed`)
    this.#length += bytes.length
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  /** Synchronous, since it asks about a file that is open: a thread would cost many times more. */
  #names(): number {
    return fstatSync(this.#handle.fd).nlink
  }
}
