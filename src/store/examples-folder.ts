import { Low } from 'lowdb'
import { join } from 'node:path'
import { errors } from '../errors.js'
import { examplesCodec } from './examples-codec.js'
import { type Seeded, readSeeded, writeSeeded } from './examples-seeded.js'
import { once } from '../operation/once.js'
import { type Documented, type Entries, compare, digestOf, digestOfAll, merged } from './examples-set.js'
import { writtenOf } from './example-entry.js'
import { errorMessage } from './failure.js'
import { type Edit, EditedElsewhere, JsonFile, type OnMessage } from './json-file.js'

/** What a folder held when it was opened. */
export interface Opened {
  /** Entries that a person or a program made. */
  readonly edits: Entries
  /** Whether the file lacks something that the docs say now. Reads all of the docs, so that it is asked late. */
  readonly outdated: () => boolean
}

/** `examples.json` of a folder, and beside it the note of what was documented when it was written. */
export class ExamplesFolder {
  readonly #folder: string
  readonly #documented: Documented
  readonly #file: JsonFile<Entries>
  readonly #low: Low<Entries>
  readonly #all = once(() => digestOfAll(this.#documented.all))
  #digests: Record<string, string> | undefined

  constructor(folder: string, documented: Documented, onMessage: OnMessage) {
    this.#folder = folder
    this.#documented = documented
    this.#file = new JsonFile(join(folder, 'examples.json'), examplesCodec, { backup: true, onMessage })
    this.#low = new Low(this.#file, new Map())
  }

  async read(): Promise<Opened> {
    const seeded = await readSeeded(this.#folder)
    // The usual start: the file as we left it. What is an edit in it is known, whatever the docs say now.
    if (seeded && (await this.#file.trust(seeded.stamp))) {
      return {
        edits: this.#still(examplesCodec.parse(seeded.edits)),
        outdated: () => {
          const same = seeded.all === this.#all()
          if (same) this.#digests = seeded.digests
          return !same
        },
      }
    }
    await this.#low.read()
    if (this.#file.missing) return { edits: new Map(), outdated: () => true }
    const { edits, outdated } = compare(this.#low.data, this.#documented.all, seeded?.digests ?? {})
    return { edits, outdated: () => outdated || !this.#file.good || seeded?.all !== this.#all() }
  }

  /** False if somebody else changed the file meanwhile; see {@link edited}. */
  async write(edits: Entries): Promise<boolean> {
    this.#low.data = merged(this.#documented.all, edits)
    try {
      await this.#low.write()
    } catch (error) {
      if (error instanceof EditedElsewhere) return false
      throw new errors.STANDIN_ERR_STORE_WRITE(this.#file.path, errorMessage(error))
    }
    const stamp = this.#file.stamp
    if (stamp) await this.#note(stamp, edits)
    return true
  }

  edited(): Promise<Edit<Entries>> {
    return this.#file.edited()
  }

  keepCopy(): Promise<void> {
    return this.#file.keepCopy()
  }

  async close(): Promise<void> {
    await this.#file.keepCopy().catch(() => {})
  }

  /** Without those that the docs say themselves by now. */
  #still(edits: Entries): Entries {
    const different = [...edits].filter(([key, edit]) => {
      const now = this.#documented.get(key)
      return now === undefined || writtenOf(now).essence !== writtenOf(edit).essence
    })
    return new Map(different)
  }

  async #note(stamp: Seeded['stamp'], edits: Entries): Promise<void> {
    this.#digests ??= Object.fromEntries(
      Array.from(this.#documented.all, ([key, entry]) => [key, digestOf(entry)]),
    )
    await writeSeeded(this.#folder, {
      all: this.#all(),
      edits: await examplesCodec.stringify(edits),
      stamp,
      digests: this.#digests,
    })
  }
}
