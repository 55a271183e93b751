import { Low } from 'lowdb'
import { errors } from '../errors.js'
import type { Contents } from './document.js'
import { errorMessage } from './failure.js'
import type { Codec, JsonFileOptions } from './json-file.js'
import { EditedElsewhere, JsonFile } from './json-file.js'
import type { Stack } from './layer.js'
import { Session } from './session.js'
import { flatten, isUnchanged } from './state-file.js'

export interface StoredSessionOptions extends JsonFileOptions {
  readonly path: string
  readonly codec: Codec<Stack>
  /** Where it starts when there is no file. */
  readonly seed: Contents
  /** Whether the file goes when nothing differs from the seed. */
  readonly sparse: boolean
  /** Throws when nothing may be written any more. */
  readonly mayWrite: () => void
}

/** A session and its file, kept the same in both directions. */
export class StoredSession {
  readonly state: Session
  readonly #file: JsonFile<Stack>
  readonly #low: Low<Stack>
  readonly #options: StoredSessionOptions

  private constructor(low: Low<Stack>, file: JsonFile<Stack>, options: StoredSessionOptions) {
    this.#low = low
    this.#file = file
    this.#options = options
    this.state = new Session(flatten(low.data), (stack) => this.#persist(stack))
  }

  static async open(options: StoredSessionOptions): Promise<StoredSession> {
    const file = new JsonFile(options.path, options.codec, options)
    const start: Stack = [{ root: options.seed, changes: new Map() }]
    const low = new Low(file, start)
    await low.read().catch((error: unknown) => {
      throw new errors.STANDIN_ERR_STORE_UNREADABLE(options.path, errorMessage(error))
    })
    const stored = new StoredSession(low, file, options)
    // A file that is missing, or was set aside, comes back without anybody waiting for it.
    if (!file.good && !(options.sparse && low.data === start)) void stored.state.rewrite().catch(() => {})
    return stored
  }

  /** Takes over what somebody did to the file meanwhile, and brings its backup up to date. */
  async look(): Promise<void> {
    if (this.state.busy) return
    if ((await this.#takeOver()) === 'lost') await this.state.rewrite()
    await this.#file.keepCopy()
  }

  async close(): Promise<void> {
    await this.state.idle()
    // What was promised is in the file; the copy is a convenience that must not stand in the way.
    await this.#file.keepCopy().catch(() => {})
  }

  async #persist(stack: Stack): Promise<void> {
    this.#options.mayWrite()
    for (;;) {
      try {
        if (this.#options.sparse && isUnchanged(flatten(stack))) await this.#file.remove()
        else await this.#write(stack)
        return
      } catch (error) {
        if (!(error instanceof EditedElsewhere)) throw this.#writeError(error)
        await this.#takeOver()
      }
    }
  }

  #writeError(error: unknown): Error {
    return new errors.STANDIN_ERR_STORE_WRITE(this.#options.path, errorMessage(error))
  }

  async #write(stack: Stack): Promise<void> {
    this.#low.data = stack
    await this.#low.write()
  }

  async #takeOver(): Promise<'same' | 'lost' | 'taken'> {
    const edit = await this.#file.edited()
    if (typeof edit === 'string') return edit
    this.state.adopt(flatten(edit.data))
    return 'taken'
  }
}
