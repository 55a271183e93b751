import type { Adapter } from 'lowdb'
import { constants, copyFile, lstat, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Stamp, sameStamp, stampOf, syncFolder, writeAtomically } from './atomic-write.js'
import { errorCode, errorMessage } from './failure.js'

/** Told to people: one sentence or two, with the file, what was done, and what they can do. */
export type OnMessage = (message: string) => void

export interface Codec<Data> {
  /** Throws an Error whose message says what is wrong with the text, and where. */
  parse(text: string): Data
  /** The text of the file; a promise where it is long in the making. */
  stringify(data: Data): string | Promise<string>
}

export interface JsonFileOptions {
  /** Survive a loss of power, not only the end of the process. */
  readonly fsync?: boolean | undefined
  /** Keep the last good copy beside the file, as `NAME.bak`. */
  readonly backup?: boolean | undefined
  readonly onMessage: OnMessage
}

/** Thrown instead of overwriting what somebody else wrote. See {@link JsonFile.edited}. */
export class EditedElsewhere extends Error {}

/** `same`: as we left it. `lost`: removed, or broken and set aside; it should be written again. */
export type Edit<Data> = 'same' | 'lost' | { readonly data: Data }

/** An editor may be in the middle of saving: a file counts as broken once it has not changed for this long, in ms. */
const PATIENCE = 100

/**
 * A lowdb adapter for a file that people edit too. It never overwrites what it did not write or
 * read itself, and sets aside what it cannot read.
 */
export class JsonFile<Data> implements Adapter<Data> {
  readonly path: string
  readonly #codec: Codec<Data>
  readonly #options: JsonFileOptions
  /** Of the file as we last read or wrote it. */
  #stamp: Stamp | undefined
  #good = false
  #missing = false
  /** Good text of which the backup does not know yet. */
  #unsaved: string | undefined

  constructor(path: string, codec: Codec<Data>, options: JsonFileOptions) {
    this.path = path
    this.#codec = codec
    this.#options = options
  }

  /** What the file holds, else its last good copy if the file is broken, else null. */
  async read(): Promise<Data | null> {
    const loaded = await this.#load()
    if (typeof loaded === 'object') {
      await this.#noticeBackup()
      return loaded.data
    }
    this.#missing = loaded === 'missing'
    return loaded === 'missing' ? null : this.#readBackup(loaded)
  }

  /** Rejects with {@link EditedElsewhere} when the file is no longer what was last read or written here. */
  async write(data: Data): Promise<void> {
    const text = await this.#codec.stringify(data)
    try {
      await this.#replace(text)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
      // Somebody removed the folder while we run.
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
      await this.#replace(text)
    }
    if (this.#options.backup) this.#unsaved = text
    if (this.#options.fsync) await syncFolder(dirname(this.path))
  }

  /** Removes file and backup. Rejects as {@link JsonFile.write} does. */
  async remove(): Promise<void> {
    if (!sameStamp(await stampOf(this.path), this.#stamp)) throw new EditedElsewhere()
    await rm(this.path, { force: true })
    if (this.#options.backup) await rm(this.#backup, { force: true })
    this.#stamp = undefined
    this.#unsaved = undefined
  }

  /** Takes the file as read and good, if it is still the version that `stamp` tells of. */
  async trust(stamp: Stamp): Promise<boolean> {
    if (!sameStamp(await stampOf(this.path), stamp)) return false
    this.#stamp = stamp
    this.#good = true
    return true
  }

  /** The version of the file that was last read or written here. */
  get stamp(): Stamp | undefined {
    return this.#stamp
  }

  /** Whether the file is there and is what was last read from it or written to it. */
  get good(): boolean {
    return this.#good
  }

  /** Whether there was no file when it was first read. */
  get missing(): boolean {
    return this.#missing
  }

  /** What somebody else made of the file since we last read or wrote it. */
  async edited(): Promise<Edit<Data>> {
    if (sameStamp(await stampOf(this.path), this.#stamp)) return 'same'
    const loaded = await this.#load()
    if (typeof loaded === 'object') return loaded
    if (loaded !== 'missing') this.#options.onMessage(`${loaded} What was there before stays in force.`)
    return 'lost'
  }

  /** Brings the backup up to date. Not part of each write, which it would make twice as long. */
  async keepCopy(): Promise<void> {
    const text = this.#unsaved
    if (text === undefined) return
    await writeAtomically(this.#backup, text, this.#options.fsync ?? false)
    if (this.#unsaved === text) this.#unsaved = undefined
  }

  get #backup(): string {
    return `${this.path}.bak`
  }

  async #replace(text: string): Promise<void> {
    this.#stamp = await writeAtomically(this.path, text, this.#options.fsync ?? false, async () => {
      if (!sameStamp(await stampOf(this.path), this.#stamp)) throw new EditedElsewhere()
    })
    this.#good = true
  }

  /** The data; or, of a file that was broken and set aside, what to tell people. */
  async #load(): Promise<{ readonly data: Data } | 'missing' | `${string}.`> {
    for (;;) {
      const stamp = await stampOf(this.path)
      const problem = stamp && (await this.#attempt(stamp))
      if (typeof problem === 'object') return problem
      if (problem !== undefined) await delay(PATIENCE)
      if (!sameStamp(await stampOf(this.path), stamp)) continue
      this.#stamp = stamp
      this.#good = false
      if (problem === undefined) return 'missing'
      return this.#setAside(problem)
    }
  }

  /** The data, or what is wrong with the text. */
  async #attempt(stamp: Stamp): Promise<{ readonly data: Data } | string | undefined> {
    try {
      const text = await readFile(this.path, 'utf8')
      const data = this.#codec.parse(text)
      this.#stamp = stamp
      this.#good = true
      if (this.#options.backup) this.#unsaved = text
      return { data }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined
      // Not to be confused with a file that is broken: nothing is known of its content.
      if (errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM') throw error
      return errorMessage(error)
    }
  }

  /** Copied, so that a process that dies before it has written a better file leaves this one. */
  async #setAside(problem: string): Promise<`${string}.`> {
    const aside = `${this.path}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
    try {
      await copyFile(this.path, aside, constants.COPYFILE_EXCL)
    } catch (error) {
      if (!(await isFolder(this.path))) throw error
      await rename(this.path, aside)
      this.#stamp = undefined
    }
    return `${this.path}: ${problem}. It was set aside as ${basename(aside)}.`
  }

  async #readBackup(problem: string): Promise<Data | null> {
    try {
      const data = this.#codec.parse(await readFile(this.#backup, 'utf8'))
      this.#options.onMessage(`${problem} The last good copy, ${basename(this.#backup)}, is used instead.`)
      return data
    } catch {
      this.#options.onMessage(`${problem} There is no good copy, so it starts afresh.`)
      return null
    }
  }

  async #noticeBackup(): Promise<void> {
    const backup = await stampOf(this.#backup)
    if (backup !== undefined && this.#stamp !== undefined && backup.mtimeMs >= this.#stamp.mtimeMs) {
      this.#unsaved = undefined
    }
  }
}

const isFolder = async (path: string): Promise<boolean> => (await lstat(path)).isDirectory()
