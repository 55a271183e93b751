import { dirname, resolve } from 'node:path'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { altered } from '../operation/late.js'
import { once } from '../operation/once.js'
import { ReadCache, readSources } from '../parse/source.js'
import { type BasePaths, rebasing } from './base-path.js'
import { failedSaves } from './failed-saves.js'
import { shownPath } from './find.js'
import { type FileOptions, nothingRead, SourceFiles } from './source-files.js'

export interface LoadOptions extends BasePaths, FileOptions {
  /** Told of each file that has been read, for those who wait. */
  readonly onRead?: ((read: number, total: number) => void) | undefined
}

export interface Loaded {
  readonly description: ApiDescription
  /** The sources that were read. */
  readonly files: readonly string[]
  /** Since the last loading: sources and files they refer to that are new, gone, or hold another text. */
  readonly changed: ReadonlySet<string>
}

/**
 * Reads what is documented in files, folders and standard input (`-`), as one description. What
 * cannot be read is a finding of it, as long as something can be.
 * @throws STANDIN_ERR_SOURCE_UNREADABLE where nothing could be read
 */
export const loadSources = (sources: readonly string[], options: LoadOptions): Promise<Loaded> =>
  new Sources(sources, options).load()

/** The sources of one stand-in. Loaded again, only what has changed is read again. */
export class Sources {
  readonly #cache = new ReadCache()
  readonly #files: SourceFiles
  #attempted: ReadonlyMap<string, string | undefined> | undefined
  #attempts = 0
  #last: { description: ApiDescription; texts: ReadonlyMap<string, string | undefined> } | undefined

  constructor(
    private readonly sources: readonly string[],
    private readonly options: LoadOptions,
  ) {
    this.#files = new SourceFiles(sources, options)
  }

  /** Absolute paths of the folders in which a change may change what was read. */
  get folders(): ReadonlySet<string> {
    return this.#files.folders
  }

  /** Goes up with each loading that found another text than the one before, whether it succeeded or not. */
  get attempts(): number {
    return this.#attempts
  }

  /**
   * @throws STANDIN_ERR_SOURCE_UNREADABLE where nothing could be read, STANDIN_ERR_SOURCE_BROKEN where
   *   a file that documented operations when it was last loaded is now broken
   */
  async load(): Promise<Loaded> {
    const { cwd } = this.options
    const { files, findings } = await this.#files.read()
    const context = this.#files.texts.context()
    const read = readSources(files, context, {
      ...rebasing(this.options, (source) => shownPath(resolve(cwd, source), cwd)),
      ...(this.options.onRead && { onRead: this.options.onRead }),
      cache: this.#cache,
    })
    const description = findings.length === 0 ? read : withFindings(read, findings)
    const texts = new Map<string, string | undefined>(files.map((file) => [file.path, file.text]))
    for (const path of this.#cache.references) if (!texts.has(path)) texts.set(path, context.read(path))
    for (const path of texts.keys()) if (path !== '-') this.#files.watch(dirname(resolve(cwd, path)))
    if (changes(this.#attempted, texts).size > 0) this.#attempts++
    this.#attempted = texts
    const changed = changes(this.#last?.texts, texts)
    if (this.#last) failedSaves(this.#last.description, description, texts, changed)
    if (description.operations.length === 0) throw nothingRead(this.sources, description.findings)
    this.#last = { description, texts }
    return { description, files: files.map(({ path }) => path), changed }
  }
}

/** Findings of a description are made when they are asked for. */
function withFindings(read: ApiDescription, before: readonly Finding[]): ApiDescription {
  const findings = once(() => [...before, ...read.findings])
  return altered(read, {
    get findings() {
      return findings()
    },
  })
}

function changes(
  before: ReadonlyMap<string, string | undefined> | undefined,
  after: ReadonlyMap<string, string | undefined>,
): ReadonlySet<string> {
  const paths = new Set([...(before?.keys() ?? []), ...after.keys()])
  return new Set([...paths].filter((path) => before?.get(path) !== after.get(path)))
}
