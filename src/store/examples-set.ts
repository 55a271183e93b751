import { createHash } from 'node:crypto'
import { type ExampleEntry, type ExamplesFile, textOf } from '../operation/examples-file.js'
import { once } from '../operation/once.js'
import { writtenOf } from './example-entry.js'

/** Entries by operation id, status and name, which no line break can be part of. */
export type Entries = Map<string, ExampleEntry>

export const keyOf = (operationId: string, status: string, name: string): string =>
  `${operationId}\n${status}\n${name}`

export function namesOf(key: string): { operationId: string; status: string; name: string } {
  const [operationId = '', status = '', name = ''] = key.split('\n')
  return { operationId, status, name }
}

export function entriesOf(file: ExamplesFile): Entries {
  const entries: Entries = new Map()
  for (const [operationId, statuses] of Object.entries(file)) {
    for (const [status, names] of Object.entries(statuses)) {
      for (const [name, entry] of Object.entries(names)) entries.set(keyOf(operationId, status, name), entry)
    }
  }
  return entries
}

/** What the docs show, of which no more is read than is asked for. */
export class Documented {
  readonly #file: ExamplesFile
  readonly #all = once(() => entriesOf(this.#file))

  constructor(file: ExamplesFile) {
    this.#file = file
  }

  get(key: string): ExampleEntry | undefined {
    const { operationId, status, name } = namesOf(key)
    return own(own(own(this.#file, operationId), status), name)
  }

  get all(): Entries {
    return this.#all()
  }
}

const own = <Value>(values: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  values && Object.hasOwn(values, name) ? values[name] : undefined

const shortDigest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16)

export const digestOf = (entry: ExampleEntry): string => shortDigest(writtenOf(entry).essence)

/** Of all at once, without parsing any. */
export function digestOfAll(entries: Entries): string {
  const hash = createHash('sha256')
  for (const [key, entry] of entries) hash.update(`${key}\n${entry.mediaType}\n${textOf(entry)}\n`)
  return hash.digest('base64url')
}

export interface Comparison {
  /** Entries that a person or a program made. */
  readonly edits: Entries
  /** Whether the stored entries lack something that the docs say now. */
  readonly outdated: boolean
}

/**
 * Tells edits from what was seeded from earlier docs. `seeded` are the digests of the entries that
 * the docs had when the stored ones were written; what is not among them was put there by somebody.
 */
export function compare(
  stored: Entries,
  documented: Entries,
  seeded: Readonly<Record<string, string>>,
): Comparison {
  const edits: Entries = new Map()
  let outdated = false
  for (const [key, entry] of stored) {
    const now = documented.get(key)
    if (now !== undefined && writtenOf(now).essence === writtenOf(entry).essence) continue
    if (seeded[key] === digestOf(entry)) outdated = true
    else edits.set(key, entry)
  }
  for (const key of documented.keys()) outdated ||= !stored.has(key)
  return { edits, outdated }
}

/** The documented entries with the edits in their places, those that are not documented at the end. */
export const merged = (documented: Entries, edits: Entries): Entries => new Map([...documented, ...edits])
