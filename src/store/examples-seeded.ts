import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from './atomic-write.js'

/**
 * What the docs said when `examples.json` was last written. Kept apart, out of the way of people
 * who edit that file. Losing it loses no example: what differs from the docs then counts as edited.
 */
const SeededFile = Type.Object({
  /** Digest of all documented examples. */
  all: Type.String(),
  /** The entries that are edits, as the text of a file of their own, so that a start need not parse the rest. */
  edits: Type.String(),
  /** The version of the file that this is about. */
  stamp: Type.Object({ size: Type.Number(), mtimeMs: Type.Number(), ino: Type.Number() }),
  /** Digest of each documented example. */
  digests: Type.Record(Type.String(), Type.String()),
})
export type Seeded = Static<typeof SeededFile>

const pathIn = (folder: string): string => join(folder, '.examples-seeded.json')

export async function readSeeded(folder: string): Promise<Seeded | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(pathIn(folder), 'utf8'))
    return Value.Check(SeededFile, value) ? value : undefined
  } catch {
    return undefined
  }
}

export async function writeSeeded(folder: string, seeded: Seeded): Promise<void> {
  await writeAtomically(pathIn(folder), `${JSON.stringify(seeded)}\n`, false)
}
