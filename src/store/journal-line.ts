import { type Static, Type } from '@sinclair/typebox'
import { stringifyExact } from '../operation/json.js'
import { Collections, type Document } from '../respond/state.js'
import { parseChecked } from './checked-json.js'
import { type Contents, contentsOf } from './document.js'
import type { Layer } from './layer.js'
import { ChangesRecord, changesOf } from './state-file.js'

/** One line of a journal: what one group of changes made of a session. */
const JournalLine = Type.Object(
  {
    /** The default session where it is missing. */
    session: Type.Optional(Type.String()),
    /** Nothing that was before holds: the session starts from these documents, or from the seed. */
    reset: Type.Optional(Type.Union([Type.Literal('seed'), Collections])),
    changes: ChangesRecord,
  },
  { additionalProperties: false },
)
export type JournalLine = Static<typeof JournalLine>

type Nested = Iterable<readonly [string, Iterable<readonly [string, Document | null]>]>

/** Without spaces, and so on one line. */
function nestedText(collections: Nested): string {
  const texts = Array.from(collections, ([name, documents]) => {
    const members = Array.from(
      documents,
      ([id, document]) => `${JSON.stringify(id)}:${document === null ? 'null' : stringifyExact(document)}`,
    )
    return `${JSON.stringify(name)}:{${members.join(',')}}`
  })
  return `{${texts.join(',')}}`
}

/** The line, its end included. What a named session starts from is not written out, since its file says no more. */
export function lineText(session: string, { root, changes }: Layer): string {
  const named = session === '' ? '' : `"session":${JSON.stringify(session)},`
  const start = session === '' && root !== undefined ? nestedText(root) : '"seed"'
  const reset = root === undefined ? '' : `"reset":${start},`
  return `{${named}${reset}"changes":${nestedText(changes)}}\n`
}

/** Throws an Error that says what is wrong. */
export const parseLine = (text: string): JournalLine =>
  parseChecked(text, JournalLine, 'the changes of a session')

export function layerOf({ reset, changes }: JournalLine, seed: () => Contents): Layer {
  const layer: Layer = { changes: changesOf(changes) }
  if (reset !== undefined) layer.root = reset === 'seed' ? seed() : contentsOf(reset)
  return layer
}
