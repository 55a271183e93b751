import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { errors } from '../errors.js'
import type { Finding } from '../operation/finding.js'
import { kindOf } from '../parse/kind.js'
import type { ReadContext, SourceFile } from '../parse/source-file.js'
import { FileTexts } from './file-texts.js'
import { findFiles, type FoundFile } from './find.js'

export interface FileOptions {
  /** The folder that relative paths start from. */
  readonly cwd: string
  /** What `-` stands for. */
  readonly stdin?: NodeJS.ReadableStream
}

export interface LoadedFiles {
  readonly files: readonly SourceFile[]
  /** Sources that could not be read. */
  readonly findings: readonly Finding[]
}

/** How many files are open at once. */
const AT_ONCE = 64

/**
 * The texts of some sources, each file once; a source that cannot be read is a finding.
 * @throws STANDIN_ERR_SOURCE_UNREADABLE where none could be read
 */
export async function loadFiles(sources: readonly string[], options: FileOptions): Promise<LoadedFiles> {
  const loaded = await new SourceFiles(sources, options).read()
  if (loaded.files.length === 0) throw nothingRead(sources, loaded.findings)
  return loaded
}

/** Files that sources refer to. */
export const localFiles = (cwd: string): ReadContext => new FileTexts(cwd).context()

/** The files of some sources, to be read again and again. */
export class SourceFiles {
  readonly texts: FileTexts
  /** Absolute paths of the folders in which a change may change what was read. */
  readonly folders = new Set<string>()
  #stdin: Promise<string> | undefined

  constructor(
    private readonly sources: readonly string[],
    private readonly options: FileOptions,
  ) {
    this.texts = new FileTexts(options.cwd)
  }

  /** Each file once; a source that cannot be read is a finding. */
  async read(): Promise<LoadedFiles> {
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

  watch(folder: string): void {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) this.folders.add(folder)
  }

  async #readSource(source: string): Promise<SourceFile[]> {
    const { cwd, stdin } = this.options
    if (source === '-') {
      // It can be read only once, and stays what it was.
      this.#stdin ??= text(stdin ?? process.stdin)
      return [{ path: '-', text: await this.#stdin }]
    }
    // Where it is missing now it may come to be.
    this.watch(dirname(resolve(cwd, source)))
    const found = await findFiles(source, cwd, (folder) => this.watch(folder))
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
      const file = { path, text: await this.texts.read(path) }
      return named || kindOf(file) !== undefined ? file : undefined
    } catch (error) {
      if (named) throw error
      return undefined
    }
  }
}

const unreadable = (source: string, error: unknown): Finding => ({
  rule: 'source-unreadable',
  severity: 'error',
  message: error instanceof Error ? error.message : String(error),
  source: { file: source, line: 1 },
})

export function nothingRead(sources: readonly string[], findings: readonly Finding[]): Error {
  const first = findings.find(({ severity }) => severity === 'error')
  return new errors.STANDIN_ERR_SOURCE_UNREADABLE(
    first ? `${first.source.file}:${first.source.line}` : sources.join(', '),
    first?.message ?? 'Nothing in it documents an operation.',
  )
}
