import { type Static, Type } from '@sinclair/typebox'
import { Collections, Document } from '../respond/state.js'
import { parseChecked } from './checked-json.js'
import { type Contents, contentsOf, documentText, storedDocument } from './document.js'
import type { Codec } from './json-file.js'
import { objectText } from './json-text.js'
import { type Changes, type Layer, type Stack, collectionsOf, listDocuments, merge } from './layer.js'

/** Documents by id, by collection; null where one was deleted. */
export const ChangesRecord = Type.Record(
  Type.String(),
  Type.Record(Type.String(), Type.Union([Document, Type.Null()])),
)

/** `sessions/NAME.json`: what a named session changed on top of the seed; null where it deleted a document. */
export const SessionFile = Type.Object({
  session: Type.String(),
  changes: ChangesRecord,
})
export type SessionFile = Static<typeof SessionFile>

const collectionText = (documents: Iterable<readonly [string, Document | null]>): string =>
  objectText(
    Array.from(
      documents,
      ([id, document]) => [id, document === null ? 'null' : documentText(document)] as const,
    ),
    '  ',
  )

/** The text of `state.json`. */
const stateText = (stack: Stack): string =>
  `${objectText(
    collectionsOf(stack).map((name) => [name, collectionText(listDocuments(stack, name))] as const),
    '',
  )}\n`

export const contentsText = (contents: Contents): string =>
  stateText([{ root: contents, changes: new Map() }])

/** `state.json`: the whole state of the default session, `{ "accounts": { "100": { ... } } }`. */
export const stateCodec: Codec<Stack> = {
  parse: (text) => [
    {
      root: contentsOf(parseChecked(text, Collections, 'documents by id, by collection')),
      changes: new Map(),
    },
  ],
  stringify: stateText,
}

/** All layers as one; its root is the uppermost of theirs. */
export function flatten(stack: Stack): Layer {
  const flat: Layer = { changes: new Map() }
  for (const layer of stack.toReversed()) merge(flat, layer)
  return flat
}

export const isUnchanged = ({ changes }: Layer): boolean =>
  [...changes.values()].every((documents) => documents.size === 0)

export const changesOf = (record: Static<typeof ChangesRecord>): Changes =>
  new Map(
    Object.entries(record).map(([name, documents]) => [
      name,
      new Map(Object.entries(documents).map(([id, document]) => [id, document && storedDocument(document)])),
    ]),
  )

/** The file of a named session; `root` is what its changes are made on. */
export const sessionCodec = (session: string, root: () => Contents): Codec<Stack> => ({
  parse(text) {
    const file = parseChecked(text, SessionFile, 'the changes of a session')
    if (file.session !== session) throw new Error(`not of session ${session} (it says ${file.session})`)
    return [{ root: root(), changes: changesOf(file.changes) }]
  },
  stringify(stack) {
    const changes = Array.from(
      flatten(stack).changes,
      ([name, documents]) => [name, collectionText(documents).replaceAll('\n', '\n  ')] as const,
    )
    return `${objectText([['session', JSON.stringify(session)] as const, ['changes', objectText(changes, '  ')]], '')}\n`
  },
})
