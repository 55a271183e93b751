import { type Static, Type } from '@sinclair/typebox'

/**
 * A JSON object, as a person finds it in the store's file. Numbers in it are plain where a
 * JavaScript number writes back the same digits, else `LosslessNumber` (`14.0`, integers past 2^53).
 */
export const Document = Type.Record(Type.String(), Type.Unknown())
export type Document = Readonly<Static<typeof Document>>

/** State as data: documents by id, by collection (`{ "accounts": { "100": { ... } } }`). */
export const Collections = Type.Record(Type.String(), Type.Record(Type.String(), Document))
export type Collections = Static<typeof Collections>

/** A consistent view of one session's state. */
export interface StateReader {
  get(collection: string, id: string): Document | undefined
  /**
   * All documents of a collection by id, in the order of an object's keys (ECMA-262
   * OrdinaryOwnPropertyKeys): whole numbers first, ascending, then the others as they were first put.
   */
  list(collection: string): ReadonlyMap<string, Document>
  /** The names of all collections that have held a document, in no certain order. */
  collections(): readonly string[]
}

export interface StateWriter extends StateReader {
  /**
   * Documents are values: change a copy and put it; the one that `get` returned is frozen. A copy is
   * kept, as JSON would have it. Throws TypeError on what has no JSON form.
   */
  put(collection: string, id: string, document: Document): void
  delete(collection: string, id: string): void
}
