import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type EmittedFile, GENERATED } from '../emit/typebox.js'
import { errors } from '../errors.js'
import { isObject } from '../operation/json-object.js'
import { parseExact, stringifyExact } from '../operation/json.js'
import { writeAtomically } from '../store/atomic-write.js'

/** What became of a file. */
export interface FolderChange {
  readonly change: 'written' | 'unchanged' | 'removed' | 'kept'
  /** Relative to the folder. */
  readonly path: string
  readonly note?: string
}

/** Beside the files: which of them were generated, with digests of those that can carry no mark. */
const MANIFEST = 'standin-import.json'

type Digests = Readonly<Record<string, string>>

/**
 * Brings a folder to the given files. A file that somebody else has written, or that was changed by hand
 * where that can be told, is never overwritten: then nothing is written at all. Generated files that are
 * not among the given ones any more are removed.
 * @param shown the folder as it was asked for
 * @throws STANDIN_ERR_NOT_GENERATED, STANDIN_ERR_OUTPUT_UNWRITABLE
 */
export async function writeFolder(
  folder: string,
  shown: string,
  files: readonly EmittedFile[],
): Promise<FolderChange[]> {
  const before = await readManifest(folder)
  const found = new Map<string, string | undefined>()
  for (const { path } of files) found.set(path, await readText(join(folder, path)))
  for (const { path, text, written } of files) {
    const old = found.get(path)
    if (written === 'once' || old === undefined || old === text) continue
    const reason = notOurs(path, old, before)
    if (reason !== undefined) throw new errors.STANDIN_ERR_NOT_GENERATED(join(shown, path), reason)
  }
  try {
    return await apply(folder, files, found, before)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_OUTPUT_UNWRITABLE(shown, reason), { cause: error })
  }
}

async function apply(
  folder: string,
  files: readonly EmittedFile[],
  found: ReadonlyMap<string, string | undefined>,
  before: Digests,
): Promise<FolderChange[]> {
  const changes: FolderChange[] = []
  for (const { path, text, written } of files) {
    const old = found.get(path)
    if (written === 'once' && old !== undefined) changes.push({ change: 'kept', path, note: 'yours' })
    else if (old === text) changes.push({ change: 'unchanged', path })
    else {
      await write(join(folder, path), text)
      changes.push({ change: 'written', path, ...(written === 'once' && { note: 'yours from now on' }) })
    }
  }
  const given = new Set(files.map(({ path }) => path))
  for (const path of Object.keys(before)) {
    if (!given.has(path) && isPathInside(path)) changes.push(...(await removeStale(folder, path, before)))
  }
  const generated = files
    .filter(({ written }) => written === 'always')
    .map(({ path, text }) => [path, digest(path, text)] as const)
  await write(
    join(folder, MANIFEST),
    `${JSON.stringify({ generated: Object.fromEntries(generated) }, undefined, 2)}\n`,
  )
  return changes
}

async function removeStale(folder: string, path: string, before: Digests): Promise<FolderChange[]> {
  const text = await readText(join(folder, path))
  if (text === undefined) return []
  const reason = notOurs(path, text, before)
  if (reason !== undefined) return [{ change: 'kept', path, note: `no longer generated, but ${reason}` }]
  await rm(join(folder, path))
  // Only if that was the last file in it.
  if (path.includes('/')) await rmdir(dirname(join(folder, path))).catch(() => undefined)
  return [{ change: 'removed', path, note: 'no longer documented' }]
}

/** Why a file may not be overwritten or removed; undefined where it may. */
function notOurs(path: string, text: string, before: Digests): string | undefined {
  if (path.endsWith('.ts'))
    return text.startsWith(GENERATED) ? undefined : 'it does not begin with the mark of a generated file'
  const known = before[path]
  if (known === undefined) return 'it was not written by standin import'
  return known === digest(path, text) ? undefined : 'it was changed by hand'
}

const hash = (content: string): string => createHash('sha256').update(content).digest('base64url')

/** Of JSON as a value, so that a formatter may lay it out in its own way. */
function digest(path: string, text: string): string {
  if (!path.endsWith('.json')) return hash(text.replaceAll('\r\n', '\n'))
  try {
    return hash(stringifyExact(parseExact(text)))
  } catch {
    return hash(text)
  }
}

async function readManifest(folder: string): Promise<Digests> {
  const text = await readText(join(folder, MANIFEST))
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    const generated = isObject(value) ? value['generated'] : undefined
    const entries = Object.entries(isObject(generated) ? generated : {})
    return Object.fromEntries(entries.map(([path, known]) => [path, String(known)]))
  } catch {
    // A broken one only means that nothing is known to be generated.
    return {}
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw error
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeAtomically(path, text, false)
}

const isPathInside = (path: string): boolean => !/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)/.test(path)
