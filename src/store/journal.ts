import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from './failure.js'
import { JournalFile, JournalGone } from './journal-file.js'

/** The number of a journal's file, `state.NUMBER.journal`; undefined for other files. */
export function journalNumber(name: string): number | undefined {
  const number = /^state\.(\d{1,15})\.journal$/.exec(name)?.[1]
  return number === undefined ? undefined : Number(number)
}

export interface JournalOptions {
  readonly folder: string
  readonly fsync: boolean
  /** The files of earlier runs, whose lines are in memory but in no other file yet. */
  readonly earlier: readonly string[]
  /** The highest number that is in use. */
  readonly last: number
}

interface Waiting {
  readonly line: string
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/**
 * The lines that say what was changed since the other files were written. One append is in flight
 * at a time, and the lines that come meanwhile share the next. It is never emptied: it goes on in a
 * fresh file, and the old ones are removed once what they say is elsewhere.
 */
export class Journal {
  readonly #options: JournalOptions
  #number: number
  #current: JournalFile | undefined
  #full: string[]
  #waiting: Waiting[] = []
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: JournalOptions) {
    this.#options = options
    this.#number = options.last
    this.#full = [...options.earlier]
  }

  /** Resolves when the line is durable. Rejects with JournalGone when what was appended before is lost. */
  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      if (this.#waiting.length === 1) void this.#inTurn(() => this.#flush())
    })
  }

  /** Leaves all lines so far in files that are not appended to any more, and tells which. */
  rotate(): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      await this.#retire()
      return [...this.#full]
    })
  }

  /** Removes files whose lines are elsewhere now. The lowest go first: a file is worth nothing without the later ones. */
  async drop(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await rm(path, { force: true })
      this.#full = this.#full.filter((full) => full !== path)
    }
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#retire())
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(task)
    this.#last = turn.catch(() => {})
    return turn
  }

  async #flush(): Promise<void> {
    const group = this.#waiting
    this.#waiting = []
    try {
      this.#current ??= await this.#create()
      await this.#current.append(group.map(({ line }) => line).join(''))
      for (const { resolve } of group) resolve()
    } catch (error) {
      // Whatever is wrong with this file, the next one is not blamed for it.
      await this.#retire().catch(() => {})
      for (const { reject } of group) reject(error)
    }
  }

  async #create(): Promise<JournalFile> {
    const path = join(this.#options.folder, `state.${++this.#number}.journal`)
    try {
      return await JournalFile.create(path, this.#options.fsync)
    } catch (error) {
      // The whole folder was removed, and with it the files that the lines are about.
      throw errorCode(error) === 'ENOENT' ? new JournalGone(`${path} cannot be made`) : error
    }
  }

  async #retire(): Promise<void> {
    const file = this.#current
    if (file === undefined) return
    this.#current = undefined
    this.#full.push(file.path)
    await file.close()
  }
}
