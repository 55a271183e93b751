import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { errors } from '../errors.js'
import type { PactSource } from './pact-reader.js'

/**
 * The pacts of files, and of folders with all `.json` in them, at any depth. Files are named as they
 * were given, relative to `cwd`, in the order of their names. A folder without any is an error: it
 * would pass every check.
 */
export async function readPactFiles(paths: readonly string[], cwd: string): Promise<PactSource[]> {
  const found: PactSource[] = []
  for (const path of paths) {
    for (const file of await filesOf(path, cwd)) {
      found.push({ file, text: await reading(file, readFile(resolve(cwd, file), 'utf8')) })
    }
  }
  return found
}

async function filesOf(path: string, cwd: string): Promise<string[]> {
  const info = await reading(path, stat(resolve(cwd, path)))
  if (!info.isDirectory()) return [path]
  const entries = await reading(path, readdir(resolve(cwd, path), { recursive: true, withFileTypes: true }))
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(path, entry.parentPath.slice(resolve(cwd, path).length), entry.name))
  if (files.length === 0) throw new errors.STANDIN_ERR_PACT_UNREADABLE(path, 'the folder has no .json file')
  return files.toSorted()
}

async function reading<Value>(path: string, action: Promise<Value>): Promise<Value> {
  try {
    return await action
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const reason = error instanceof Error ? error.message : String(error)
    const told = missing ? 'there is no such file or folder' : reason
    throw Object.assign(new errors.STANDIN_ERR_PACT_UNREADABLE(path, told), { cause: error })
  }
}
