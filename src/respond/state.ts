import { type Static, Type } from '@sinclair/typebox'

/** A JSON object, as a person finds it in the store's file. */
export const Document = Type.Record(Type.String(), Type.Unknown())
export type Document = Readonly<Static<typeof Document>>

/** State as data: documents by id, by collection (`{ "accounts": { "100": { ... } } }`). */
export const Collections = Type.Record(Type.String(), Type.Record(Type.String(), Document))
export type Collections = Static<typeof Collections>

/** A consistent view of one session's state. */
export interface StateReader {
  get(collection: string, id: string): Document | undefined
  /** All documents of a collection by id, in the order in which they were first put. */
  list(collection: string): ReadonlyMap<string, Document>
}

export interface StateWriter extends StateReader {
  /** Documents are values: change a copy and put it, never the one that `get` returned. */
  put(collection: string, id: string, document: Document): void
  delete(collection: string, id: string): void
}
