import { closest } from 'fastest-levenshtein'
import { errors } from '../errors.js'
import { type ExampleEntry, type ExamplesFile, textOf } from '../operation/examples-file.js'
import { writtenOf } from './example-entry.js'
import { ExamplesFolder } from './examples-folder.js'
import { type Entries, compare, Documented, keyOf, namesOf } from './examples-set.js'
import type { OnMessage } from './json-file.js'

export interface ReplayedExample {
  /** The exact body; for `base64` the encoded bytes. */
  readonly text: string
  readonly mediaType: string
  readonly encoding?: 'base64' | undefined
  /** Whether somebody put it in place of the documented one, or beside it. */
  readonly edited: boolean
}

export interface ExamplesOptions {
  /** The folder of the store, whose lock covers them; or `memory`. */
  readonly folder: string
  /** JSON bodies may be given as `text` too, which saves parsing them. */
  readonly documented: ExamplesFile
  readonly onMessage?: OnMessage | undefined
}

export type ExamplesListener = (operationIds: ReadonlySet<string>) => void

/** How often to look whether somebody edited an example, in ms. */
const LOOK = 400

/** Operations whose examples are read at once. To read those of more takes longer than a start should. */
const AT_ONCE = 500

/** The examples that are replayed: the documented ones, and what people and programs put in their place. */
export class Examples {
  readonly #documented: Documented
  readonly #operationIds: ReadonlySet<string>
  readonly #folder: ExamplesFolder | undefined
  readonly #onMessage: OnMessage
  readonly #listeners = new Set<ExamplesListener>()
  readonly #replays = new WeakMap<ExampleEntry, ReplayedExample>()
  #edits: Entries = new Map()
  #last: Promise<unknown> = Promise.resolve()
  #looking: NodeJS.Timeout | undefined
  /** Until it is known whether the file is what the docs say. */
  #outdated: (() => boolean) | undefined
  #closed = false

  constructor({ documented, folder, onMessage = () => {} }: ExamplesOptions) {
    this.#documented = new Documented(documented)
    this.#operationIds = new Set(Object.keys(documented))
    this.#onMessage = onMessage
    this.#folder = folder === 'memory' ? undefined : new ExamplesFolder(folder, this.#documented, onMessage)
  }

  async open(): Promise<void> {
    const folder = this.#folder
    if (folder === undefined) return
    const { edits, outdated } = await folder.read()
    this.#edits = edits
    this.#outdated = outdated
    this.#tellUnknown(edits)
    // Nobody waits for the file: what is replayed is known already.
    if (this.#operationIds.size <= AT_ONCE) void this.settle()
    this.watch()
  }

  /**
   * Brings the file up to date with the docs, for which all of them are read: done by itself where they
   * are few. Never rejects: what goes wrong is told.
   */
  async settle(): Promise<void> {
    const outdated = this.#outdated
    this.#outdated = undefined
    if (this.#closed || outdated?.() !== true) return
    await this.#change(() => {}).catch((error: unknown) => this.#onMessage(String(error)))
  }

  /** Looks after the file from now on; after `close` again, where nothing else has taken it over. */
  watch(): void {
    if (this.#folder === undefined) return
    this.#closed = false
    this.#looking = setInterval(() => void this.#turn(() => this.#look()).catch(() => {}), LOOK).unref()
  }

  get(operationId: string, status: string, name: string): ReplayedExample | undefined {
    const key = keyOf(operationId, status, name)
    const edit = this.#edits.get(key)
    const entry = edit ?? this.#documented.get(key)
    if (entry === undefined) return undefined
    let replay = this.#replays.get(entry)
    if (replay === undefined) {
      const { mediaType, encoding } = entry
      replay = { text: textOf(entry), mediaType, encoding, edited: edit !== undefined }
      this.#replays.set(entry, replay)
    }
    return replay
  }

  /**
   * Puts an example in place of a documented one, or beside them under a new name. Resolves when it
   * is in the file. Media type and source are those of the documented one where they are left out.
   * Rejects with STANDIN_ERR_EXAMPLE_UNKNOWN where there is no such operation.
   */
  async set(operationId: string, status: string, name: string, entry: Partial<ExampleEntry>): Promise<void> {
    if (!this.#operationIds.has(operationId)) {
      throw new errors.STANDIN_ERR_EXAMPLE_UNKNOWN(operationId, closest(operationId, [...this.#operationIds]))
    }
    const key = keyOf(operationId, status, name)
    const documented = this.#documented.get(key)
    const { mediaType = 'application/json', source } = documented ?? {}
    const edit: ExampleEntry = {
      mediaType,
      ...(source !== undefined && { source }),
      ...entry,
      origin: 'edited',
    }
    await this.#change((edits) => {
      if (documented && writtenOf(documented).essence === writtenOf(edit).essence) edits.delete(key)
      else edits.set(key, edit)
    })
  }

  /** Brings the documented examples back, of one operation or of all. */
  async reset(operationId?: string): Promise<void> {
    await this.#change((edits) => {
      for (const key of edits.keys()) {
        if (operationId === undefined || namesOf(key).operationId === operationId) edits.delete(key)
      }
    })
  }

  /** Calls back with the operations whose examples changed, whoever changed them. Returns the way to stop that. */
  onChange(listener: ExamplesListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#looking)
    await this.#last.catch(() => {})
    await this.#folder?.close()
  }

  /** One at a time: a change, or a look at the file. */
  #turn(step: () => Promise<void>): Promise<void> {
    const turn = this.#last.catch(() => {}).then(step)
    this.#last = turn
    return turn
  }

  #change(change: (edits: Entries) => void): Promise<void> {
    return this.#turn(async () => {
      for (;;) {
        const edits: Entries = new Map(this.#edits)
        change(edits)
        if (this.#folder === undefined || (await this.#folder.write(edits))) return this.#replace(edits)
        await this.#takeOver(this.#folder)
      }
    })
  }

  async #look(): Promise<void> {
    if (this.#folder === undefined) return
    if (await this.#takeOver(this.#folder)) await this.#folder.write(this.#edits)
    await this.#folder.keepCopy()
  }

  /** Takes over what somebody did to the file. True if the file should be written again. */
  async #takeOver(folder: ExamplesFolder): Promise<boolean> {
    const edit = await folder.edited()
    if (typeof edit === 'string') return edit === 'lost'
    const { edits, outdated } = compare(edit.data, this.#documented.all, {})
    this.#tellUnknown(edits)
    this.#replace(edits)
    return outdated
  }

  #replace(edits: Entries): void {
    const before = this.#edits
    this.#edits = edits
    const changed = new Set<string>()
    for (const key of new Set([...before.keys(), ...edits.keys()])) {
      const [was, is] = [before.get(key), edits.get(key)]
      const same = was && is && writtenOf(was).essence === writtenOf(is).essence
      if (!same) changed.add(namesOf(key).operationId)
    }
    if (changed.size > 0) for (const listener of this.#listeners) listener(changed)
  }

  #tellUnknown(edits: Entries): void {
    const known = [...this.#operationIds]
    for (const operationId of new Set(Array.from(edits.keys(), (key) => namesOf(key).operationId))) {
      if (this.#operationIds.has(operationId)) continue
      const hint = known.length > 0 ? ` Did you mean "${closest(operationId, known)}"?` : ''
      this.#onMessage(
        `examples.json: no operation is called "${operationId}", so its examples are not used.${hint}`,
      )
    }
  }
}

/** Opens the examples of a store's folder, once the store holds its lock. */
export async function openExamples(options: ExamplesOptions): Promise<Examples> {
  const examples = new Examples(options)
  await examples.open()
  return examples
}
