import { equal } from '../operation/equal.js'
import { isObject } from '../operation/json-object.js'
import { joinPointer } from '../operation/pointer.js'
import type { Collections, Document, StateReader, StateWriter } from '../respond/state.js'
import { Refused } from './refused.js'

/** What a state says of its session; it is no part of what the API remembers. See beginning.ts. */
export const BEGINNING = '$beginning'

/** The names of the collections that people and templates see. */
export const shownCollections = (state: StateReader): string[] =>
  state.collections().filter((name) => name !== BEGINNING)

/** All of a state as data; its documents are shared, not copied. */
export const contentsOf = (state: StateReader): Collections =>
  Object.fromEntries(shownCollections(state).map((name) => [name, Object.fromEntries(state.list(name))]))

/** Makes a state what `contents` is. What is the same already is not touched, so that it costs nothing. */
export function replaceContents(state: StateWriter, contents: Collections): void {
  for (const collection of shownCollections(state)) {
    const kept = own(contents, collection)
    for (const id of state.list(collection).keys()) {
      if (own(kept, id) === undefined) state.delete(collection, id)
    }
  }
  for (const [collection, documents] of Object.entries(contents)) {
    for (const [id, document] of Object.entries(documents)) {
      if (!equal(state.get(collection, id), document)) state.put(collection, id, document)
    }
  }
}

/**
 * Merges a patch into a state as RFC 7396 has it: null removes a member, a document, a whole collection.
 * Throws {@link Refused} for what is no collection or no document.
 */
export function patchContents(state: StateWriter, patch: unknown): void {
  for (const [collection, documents] of Object.entries(objectAt(patch, ''))) {
    if (documents === null) {
      for (const id of state.list(collection).keys()) state.delete(collection, id)
      continue
    }
    const place = joinPointer('', collection)
    for (const [id, document] of Object.entries(objectAt(documents, place))) {
      if (document === null) state.delete(collection, id)
      else
        state.put(
          collection,
          id,
          merged(state.get(collection, id), objectAt(document, joinPointer(place, id))),
        )
    }
  }
}

/** Throws {@link Refused}, with the pointer, for what {@link patchContents} would not take. */
export function checkPatch(patch: unknown): void {
  for (const [collection, documents] of Object.entries(objectAt(patch, ''))) {
    if (documents === null) continue
    const place = joinPointer('', collection)
    for (const [id, document] of Object.entries(objectAt(documents, place))) {
      if (document !== null) objectAt(document, joinPointer(place, id))
    }
  }
}

/** Contents merged over others, in the same way. */
export function mergeContents(base: Collections, patch: Record<string, unknown>): Collections {
  const result: Record<string, unknown> = merged(base, patch)
  return Object.fromEntries(
    Object.entries(result).map(([name, documents]) => [name, collectionAt(documents, joinPointer('', name))]),
  )
}

/** Throws {@link Refused}, with the pointer, where a value is not documents by id, by collection. */
export const collectionsIn = (value: unknown): Collections =>
  Object.fromEntries(
    Object.entries(objectAt(value, '')).map(([name, documents]) => [
      name,
      collectionAt(documents, joinPointer('', name)),
    ]),
  )

const collectionAt = (documents: unknown, pointer: string): Record<string, Document> =>
  Object.fromEntries(
    Object.entries(objectAt(documents, pointer)).map(([id, document]) => [
      id,
      objectAt(document, joinPointer(pointer, id)),
    ]),
  )

const LEVELS = ['The state', 'A collection', 'A document'] as const

function objectAt(value: unknown, pointer: string): Record<string, unknown> {
  if (isObject(value)) return value
  const what = LEVELS[pointer.split('/').length - 1] ?? 'A document'
  throw new Refused(pointer, `${what} is a JSON object: state is documents by id, by collection`)
}

const own = <Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

function merged(target: unknown, patch: Record<string, unknown>): Record<string, unknown> {
  const result = new Map(Object.entries(isObject(target) ? target : {}))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name)
    else result.set(name, isObject(value) ? merged(result.get(name), value) : value)
  }
  return Object.fromEntries(result)
}
