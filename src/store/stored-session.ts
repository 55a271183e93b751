import { Low } from 'lowdb'
import { errors } from '../errors.js'
import type { Contents } from './document.js'
import { Durable } from './durable.js'
import { errorMessage } from './failure.js'
import { type JournalLine, layerOf, lineText } from './journal-line.js'
import type { Codec, JsonFileOptions } from './json-file.js'
import { EditedElsewhere, JsonFile } from './json-file.js'
import type { Layer, Stack } from './layer.js'
import { Session } from './session.js'
import { flatten, isUnchanged } from './state-file.js'

export interface StoredSessionOptions extends JsonFileOptions {
  /** The default session where it is empty. The file of a named one is there only while it differs from the seed. */
  readonly session: string
  readonly path: string
  readonly codec: Codec<Stack>
  /** Where it starts when there is no file, or from a line of the journal that says so. */
  readonly seed: () => Contents
  /** What the last run left in the journal. */
  readonly replay: readonly JournalLine[]
  /** Resolves when the line is durable. */
  readonly append: (line: string) => Promise<void>
  /** Throws when nothing may be written any more. */
  readonly mayWrite: () => void
}

/** A session, whose changes go to the journal at once, and its file, which follows later. */
export class StoredSession {
  readonly state: Session
  readonly #durable: Durable
  readonly #file: JsonFile<Stack>
  readonly #low: Low<Stack>
  readonly #options: StoredSessionOptions
  /** Whether the file is to be written even though nothing was changed. */
  #due: boolean
  #last: Promise<unknown> = Promise.resolve()

  private constructor(low: Low<Stack>, file: JsonFile<Stack>, options: StoredSessionOptions, due: boolean) {
    this.#low = low
    this.#file = file
    this.#options = options
    this.#due = due
    this.#durable = new Durable(flatten(low.data))
    this.#durable.part()
    this.state = new Session(this.#durable, (layer) => this.#persist(layer))
  }

  static async open(options: StoredSessionOptions): Promise<StoredSession> {
    const { path, session, codec, seed, replay, onMessage } = options
    const file = new JsonFile(path, codec, options)
    const start: Stack = [{ root: seed(), changes: new Map() }]
    const low = new Low(file, start)
    await low.read().catch((error: unknown) => {
      throw new errors.STANDIN_ERR_STORE_UNREADABLE(path, errorMessage(error))
    })
    const isDefault = session === ''
    const stored = new StoredSession(low, file, options, !file.good && (isDefault || low.data !== start))
    if (isDefault && file.missing) {
      if (replay.length > 0)
        onMessage(`${path} was removed, so the changes that followed it are dropped too.`)
    } else for (const line of replay) stored.#durable.add(layerOf(line, seed))
    return stored
  }

  /** Whether it is the same as a session that nobody ever used, for whoever has no change of it under way. */
  get unchanged(): boolean {
    return isUnchanged(flatten(this.#durable.stack))
  }

  /** Whether the file is what the session is. */
  get saved(): boolean {
    return !this.#due && !this.#durable.unsaved
  }

  /** Takes over what somebody did to the file of the default session meanwhile. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#options.session === '') await this.#takeOver()
    })
  }

  /** Brings the file, and its backup, up to date. */
  save(): Promise<void> {
    return this.#inTurn(() => this.#save())
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(task)
    this.#last = turn.catch(() => {})
    return turn
  }

  async #persist(layer: Layer): Promise<void> {
    const { session, path, append, mayWrite } = this.#options
    try {
      mayWrite()
      // Without its file the journal of the default session says nothing: removing the file is how people start over.
      if (session === '' && !this.#file.good) await this.save()
      await append(lineText(session, layer))
    } catch (error) {
      throw new errors.STANDIN_ERR_STORE_WRITE(path, errorMessage(error))
    }
  }

  async #save(): Promise<void> {
    if (!this.saved) {
      this.#options.mayWrite()
      this.#durable.part()
      try {
        await this.#write()
        this.#due = false
        this.#durable.saved()
      } catch (error) {
        this.#durable.notSaved()
        throw error
      }
    }
    // Before any line goes from the journal, so that a backup and the journal are as good as the file.
    await this.#file.keepCopy()
  }

  async #write(): Promise<void> {
    for (;;) {
      const stack = this.#durable.parted
      try {
        if (this.#options.session !== '' && isUnchanged(flatten(stack))) await this.#file.remove()
        else {
          this.#low.data = stack
          await this.#low.write()
        }
        return
      } catch (error) {
        if (!(error instanceof EditedElsewhere)) throw error
        await this.#takeOver()
      }
    }
  }

  async #takeOver(): Promise<void> {
    const edit = await this.#file.edited()
    if (edit === 'lost') this.#due = true
    if (typeof edit !== 'string') this.state.adopt(flatten(edit.data))
  }
}
