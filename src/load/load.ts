import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { errors } from '../errors.js'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { kindOf } from '../parse/kind.js'
import { ReadCache, readSources } from '../parse/source.js'
import type { SourceFile } from '../parse/source-file.js'
import { type BasePaths, rebasing } from './base-path.js'
import { FileTexts } from './file-texts.js'
import { findFiles, type FoundFile, shownPath } from './find.js'
import { failedSaves } from './failed-saves.js'

export interface LoadOptions extends BasePaths {
  /** The folder that relative paths start from. */
  readonly cwd: string
  /** What `-` stands for. */
  readonly stdin?: NodeJS.ReadableStream
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

/** How many files are open at once. */
const AT_ONCE = 64

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
  readonly #texts: FileTexts
  readonly #folders = new Set<string>()
  #stdin: Promise<string> | undefined
  #attempted: ReadonlyMap<string, string | undefined> | undefined
  #attempts = 0
  #last: { description: ApiDescription; texts: ReadonlyMap<string, string | undefined> } | undefined

  constructor(
    private readonly sources: readonly string[],
    private readonly options: LoadOptions,
  ) {
    this.#texts = new FileTexts(options.cwd)
  }

  /** Absolute paths of the folders in which a change may change what was read. */
  get folders(): ReadonlySet<string> {
    return this.#folders
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
    const { files, findings } = await this.#readFiles()
    const context = this.#texts.context()
    const read = readSources(files, context, {
      ...rebasing(this.options, (source) => shownPath(resolve(cwd, source), cwd)),
      ...(this.options.onRead && { onRead: this.options.onRead }),
      cache: this.#cache,
    })
    const description = { ...read, findings: [...findings, ...read.findings] }
    const texts = new Map<string, string | undefined>(files.map((file) => [file.path, file.text]))
    for (const path of this.#cache.references) if (!texts.has(path)) texts.set(path, context.read(path))
    for (const path of texts.keys()) if (path !== '-') this.#watch(dirname(resolve(cwd, path)))
    if (changes(this.#attempted, texts).size > 0) this.#attempts++
    this.#attempted = texts
    const changed = changes(this.#last?.texts, texts)
    if (this.#last) failedSaves(this.#last.description, description, texts, changed)
    if (description.operations.length === 0) throw nothingRead(this.sources, description.findings)
    this.#last = { description, texts }
    return { description, files: files.map(({ path }) => path), changed }
  }

  async #readFiles(): Promise<{ files: SourceFile[]; findings: Finding[] }> {
    const files: SourceFile[] = []
    const findings: Finding[] = []
    const seen = new Set<string>()
    for (const source of this.sources) {
      try {
        for (const file of await this.#readSource(source)) {
          if (!seen.has(file.path)) files.push(file)
          seen.add(file.path)
        }
      } catch (error) {
        findings.push(unreadable(source, error))
      }
    }
    return { files, findings }
  }

  async #readSource(source: string): Promise<SourceFile[]> {
    const { cwd, stdin } = this.options
    if (source === '-') {
      // It can be read only once, and stays what it was.
      this.#stdin ??= text(stdin ?? process.stdin)
      return [{ path: '-', text: await this.#stdin }]
    }
    // Where it is missing now it may come to be.
    this.#watch(dirname(resolve(cwd, source)))
    const found = await findFiles(source, cwd, (folder) => this.#watch(folder))
    const files: SourceFile[] = []
    for (let start = 0; start < found.length; start += AT_ONCE) {
      const batch = await Promise.all(
        found.slice(start, start + AT_ONCE).map((file) => this.#readFound(file)),
      )
      files.push(...batch.filter((file) => file !== undefined))
    }
    return files
  }

  /** A file that was come upon in a folder is read only if it looks like documentation, and may vanish meanwhile. */
  async #readFound({ path, named }: FoundFile): Promise<SourceFile | undefined> {
    try {
      const file = { path, text: await this.#texts.read(path) }
      return named || kindOf(file) !== undefined ? file : undefined
    } catch (error) {
      if (named) throw error
      return undefined
    }
  }

  #watch(folder: string): void {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) this.#folders.add(folder)
  }
}

function changes(
  before: ReadonlyMap<string, string | undefined> | undefined,
  after: ReadonlyMap<string, string | undefined>,
): ReadonlySet<string> {
  const paths = new Set([...(before?.keys() ?? []), ...after.keys()])
  return new Set([...paths].filter((path) => before?.get(path) !== after.get(path)))
}

const unreadable = (source: string, error: unknown): Finding => ({
  rule: 'source-unreadable',
  severity: 'error',
  message: error instanceof Error ? error.message : String(error),
  source: { file: source, line: 1 },
})

function nothingRead(sources: readonly string[], findings: readonly Finding[]): Error {
  const first = findings.find(({ severity }) => severity === 'error')
  return new errors.STANDIN_ERR_SOURCE_UNREADABLE(
    first ? `${first.source.file}:${first.source.line}` : sources.join(', '),
    first?.message ?? 'Nothing in it documents an operation.',
  )
}
