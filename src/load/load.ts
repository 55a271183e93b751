import { readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { errors } from '../errors.js'
import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { kindOf } from '../parse/kind.js'
import { readSources } from '../parse/source.js'
import type { ReadContext, SourceFile } from '../parse/source-file.js'
import { findFiles, type FoundFile } from './find.js'

export interface LoadOptions {
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

export interface Loaded {
  readonly description: ApiDescription
  /** The files that were read, for whoever watches them. */
  readonly files: readonly string[]
}

/** Bytes; a file beyond it is not documentation. */
const LARGEST_FILE = 256 * 2 ** 20

/** How many files are open at once. */
const AT_ONCE = 64

/**
 * Reads what is documented in files, folders and standard input (`-`), as one description. What
 * cannot be read is a finding of it, as long as something can be.
 * @throws STANDIN_ERR_SOURCE_UNREADABLE where nothing could be read
 */
export async function loadSources(sources: readonly string[], options: LoadOptions): Promise<Loaded> {
  const { files, findings } = await loadFiles(sources, options)
  const description = readSources(files, localFiles(options.cwd))
  const all = [...findings, ...description.findings]
  if (description.operations.length === 0) throw nothingRead(sources, all)
  return { description: { ...description, findings: all }, files: files.map(({ path }) => path) }
}

/**
 * The texts of some sources, each file once; a source that cannot be read is a finding.
 * @throws STANDIN_ERR_SOURCE_UNREADABLE where none could be read
 */
export async function loadFiles(sources: readonly string[], options: LoadOptions): Promise<LoadedFiles> {
  const files: SourceFile[] = []
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const source of sources) {
    try {
      for (const file of await readSourceFiles(source, options)) {
        if (!seen.has(file.path)) files.push(file)
        seen.add(file.path)
      }
    } catch (error) {
      findings.push(unreadable(source, error))
    }
  }
  if (files.length === 0) throw nothingRead(sources, findings)
  return { files, findings }
}

async function readSourceFiles(source: string, { cwd, stdin }: LoadOptions): Promise<SourceFile[]> {
  if (source === '-') return [{ path: '-', text: await text(stdin ?? process.stdin) }]
  const found = await findFiles(source, cwd)
  const files: SourceFile[] = []
  for (let start = 0; start < found.length; start += AT_ONCE) {
    const batch = found.slice(start, start + AT_ONCE)
    const read = await Promise.all(batch.map((file) => readFound(file, cwd)))
    files.push(...read.filter((file) => file !== undefined))
  }
  return files
}

/** A file that was come upon in a folder is read only if it looks like documentation. */
async function readFound({ path, named }: FoundFile, cwd: string): Promise<SourceFile | undefined> {
  const file = { path, text: await readFile(resolve(cwd, path), 'utf8') }
  return named || kindOf(file) !== undefined ? file : undefined
}

/** Files that sources refer to, from this machine only: an address is never fetched. */
export const localFiles = (cwd: string): ReadContext => ({
  read: (path) => {
    try {
      const absolute = resolve(cwd, path)
      const { size } = statSync(absolute)
      return size > LARGEST_FILE ? undefined : readFileSync(absolute, 'utf8')
    } catch {
      // The reader says where it was referred to, which is worth more than the system's error.
      return undefined
    }
  },
})

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
