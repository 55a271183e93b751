import { setImmediate as nextTurn } from 'node:timers/promises'
import { errorMessage } from './failure.js'
import type { Journal } from './journal.js'
import { JournalGone } from './journal-file.js'
import type { OnMessage } from './json-file.js'
import type { SessionFolder } from './session-folder.js'
import type { StoredSession } from './stored-session.js'

/** How often to look whether there is something to save, or somebody edited the state, in ms. */
const EVERY = 400
/** A large state is saved less often, so that saving takes a twentieth of the time at most... */
const SHARE = 20
/** ...as long as nobody who reads the file has to wait for more than so many times the usual. */
const LONGEST = 12

export interface SaverOptions {
  readonly journal: Journal
  readonly main: () => StoredSession
  readonly named: () => SessionFolder
  readonly onMessage: OnMessage
  /** See {@link EVERY}. */
  readonly every?: number | undefined
}

/** Brings the files that people read up to date with the journal, now and then and at the end. */
export class Saver {
  readonly #options: SaverOptions
  readonly #every: number
  #timer: NodeJS.Timeout | undefined
  #last: Promise<unknown> = Promise.resolve()
  #notBefore = 0
  #failing = false

  constructor(options: SaverOptions) {
    this.#options = options
    this.#every = options.every ?? EVERY
  }

  /** Makes a line of the journal durable. */
  async append(line: string): Promise<void> {
    try {
      await this.#options.journal.append(line)
    } catch (error) {
      if (!(error instanceof JournalGone)) throw error
      // What it held is in memory, and has to be somewhere else before anything new is promised.
      await this.save()
      await this.#options.journal.append(line)
    }
  }

  start(): void {
    void this.#now()
    this.#timer = setInterval(() => {
      if (performance.now() >= this.#notBefore) void this.#now()
      // Whatever fails here fails again, and is told, when the state is saved.
      else
        void this.#options
          .main()
          .look()
          .catch(() => {})
    }, this.#every).unref()
  }

  /** Saves a last time. What cannot be saved stays in the journal, for the next start. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#now()
    await this.#options.journal.close()
  }

  /** Resolves when the files hold everything that was durable at the time of the call. */
  save(): Promise<void> {
    const turn = this.#last.then(() => this.#save())
    this.#last = turn.catch(() => {})
    return turn
  }

  async #save(): Promise<void> {
    const { journal, main, named } = this.#options
    const full = await journal.rotate()
    // Whoever waits for a line in those files takes it over into memory in this turn, and only what is there is saved.
    await nextTurn()
    const begun = performance.now()
    await main().look()
    await main().save()
    await named().save()
    await journal.drop(full)
    const ended = performance.now()
    this.#notBefore = ended + Math.min(SHARE * (ended - begun), LONGEST * this.#every) - this.#every
  }

  async #now(): Promise<void> {
    try {
      await this.save()
      this.#failing = false
    } catch (error) {
      if (!this.#failing) {
        this.#options.onMessage(
          `The files of the store could not be brought up to date (${errorMessage(error)}). Nothing is lost: the changes are in its journal, and it is tried again.`,
        )
      }
      this.#failing = true
    }
  }
}
