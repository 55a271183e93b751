import type { ReadContext, SourceFile } from './source-file.js'

interface Entry<Result> {
  readonly text: string
  /** The files that were asked for on the way, with what they held then. */
  readonly references: ReadonlyMap<string, string | undefined>
  readonly result: Result
}

/**
 * What was read from files, kept for as long as they and all the files that they refer to hold the
 * same text: of a portal of thousands of pages, only what was changed is read again.
 */
export class FileCache<Result> {
  readonly #asked = new Set<string>()
  #entries = new Map<string, Entry<Result>>()
  #kept = new Map<string, Entry<Result>>()

  /** All files that were referred to since {@link settle}, whether they are there or not. */
  get references(): ReadonlySet<string> {
    return this.#asked
  }

  /** The files that a kept reading asked for. */
  referencesOf(path: string): Iterable<string> {
    return this.#kept.get(path)?.references.keys() ?? []
  }

  /** The result of `read` for a file. */
  through(file: SourceFile, context: ReadContext, read: (context: ReadContext) => Result): Result {
    const known = this.#entries.get(file.path)
    if (known?.text === file.text && isCurrent(known, context)) {
      this.#kept.set(file.path, known)
      return known.result
    }
    const references = new Map<string, string | undefined>()
    const result = read({
      read: (path) => {
        const text = context.read(path)
        references.set(path, text)
        return text
      },
    })
    this.#kept.set(file.path, { text: file.text, references, result })
    return result
  }

  /** Ends one reading of all files: what was not asked for in it is forgotten. */
  settle(): void {
    this.#entries = this.#kept
    this.#kept = new Map()
    this.#asked.clear()
    for (const { references } of this.#entries.values()) {
      for (const path of references.keys()) this.#asked.add(path)
    }
  }
}

const isCurrent = ({ references }: Entry<unknown>, context: ReadContext): boolean =>
  [...references].every(([path, text]) => context.read(path) === text)
