import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { errors } from '../../errors.js'
import type { PactSource } from '../pact-reader.js'
import { isObject, memberOf, parsed } from '../value.js'

/** A pact to hold a provider against. */
export interface ContractSource extends PactSource {
  /** Set for a pact that is new to the provider: what fails in it does not fail the run. */
  readonly pending?: boolean
}

/**
 * The pacts in files and folders, in the order of their names. A file that is named must be a pact;
 * of a folder the JSON files that are pacts are taken, those of its folders too.
 * @throws STANDIN_ERR_PACT_UNREADABLE, STANDIN_ERR_CONTRACT_EMPTY
 */
export async function readContracts(paths: readonly string[], cwd: string): Promise<ContractSource[]> {
  const found: ContractSource[] = []
  for (const path of paths) {
    const absolute = resolve(cwd, path)
    const entry = await stat(absolute).catch((error: Error) => unreadable(path, error))
    if (!entry.isDirectory()) {
      found.push({
        file: path,
        text: await readFile(absolute, 'utf8').catch((error) => unreadable(path, error)),
      })
      continue
    }
    const names = await readdir(absolute, { recursive: true })
    for (const name of names
      .filter((one) => one.endsWith('.json') && !one.includes('node_modules'))
      .toSorted()) {
      const file = join(absolute, name)
      const text = await readFile(file, 'utf8')
      if (looksLikePact(text)) found.push({ file: relative(cwd, file), text })
    }
  }
  if (found.length > 0) return found
  throw new errors.STANDIN_ERR_CONTRACT_EMPTY(
    `There is no pact in ${paths.join(', ')}, so nothing would be verified. Write one with standin contract, or name another folder.`,
  )
}

const unreadable = (path: string, error: unknown): never => {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  const reason = missing ? 'there is no such file' : error instanceof Error ? error.message : String(error)
  throw new errors.STANDIN_ERR_PACT_UNREADABLE(path, reason)
}

function looksLikePact(text: string): boolean {
  const value = parsed(text)
  return (
    isObject(value) &&
    memberOf(value.consumer, 'name') !== undefined &&
    memberOf(value.provider, 'name') !== undefined
  )
}
