import { Low } from 'lowdb'
import { join } from 'node:path'
import { errors } from '../errors.js'
import { examplesCodec } from './examples-codec.js'
import { type Seeded, readSeeded, writeSeeded } from './examples-seeded.js'
import { type Comparison, type Entries, compare, digestOf, digestOfAll, merged } from './examples-set.js'
import { errorMessage } from './failure.js'
import { type Edit, EditedElsewhere, JsonFile, type OnMessage } from './json-file.js'

/** `examples.json` of a folder, and beside it the note of what was documented when it was written. */
export class ExamplesFolder {
  readonly #folder: string
  readonly #documented: Entries
  readonly #file: JsonFile<Entries>
  readonly #low: Low<Entries>
  readonly #all: string
  #digests: Record<string, string> | undefined

  constructor(folder: string, documented: Entries, onMessage: OnMessage) {
    this.#folder = folder
    this.#documented = documented
    this.#file = new JsonFile(join(folder, 'examples.json'), examplesCodec, { backup: true, onMessage })
    this.#low = new Low(this.#file, new Map())
    this.#all = digestOfAll(documented)
  }

  async read(): Promise<Comparison> {
    const seeded = await readSeeded(this.#folder)
    // The usual start: same docs, and the file as we left it. Nothing needs to be parsed.
    if (seeded?.all === this.#all) {
      this.#digests = seeded.digests
      if (await this.#file.trust(seeded.stamp)) {
        return { edits: examplesCodec.parse(seeded.edits), outdated: false }
      }
    }
    await this.#low.read()
    const { edits, outdated } = compare(this.#low.data, this.#documented, seeded?.digests ?? {})
    return { edits, outdated: outdated || !this.#file.good || seeded?.all !== this.#all }
  }

  /** False if somebody else changed the file meanwhile; see {@link edited}. */
  async write(edits: Entries): Promise<boolean> {
    this.#low.data = merged(this.#documented, edits)
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

  async #note(stamp: Seeded['stamp'], edits: Entries): Promise<void> {
    this.#digests ??= Object.fromEntries(
      Array.from(this.#documented, ([key, entry]) => [key, digestOf(entry)]),
    )
    await writeSeeded(this.#folder, {
      all: this.#all,
      edits: await examplesCodec.stringify(edits),
      stamp,
      digests: this.#digests,
    })
  }
}
