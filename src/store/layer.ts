import type { Document, StateWriter } from '../respond/state.js'
import { type Contents, storedDocument } from './document.js'

/** Documents by id, by collection; null where one is deleted. */
export type Changes = Map<string, Map<string, Document | null>>

/**
 * What was changed on top of something else. State is a stack of layers, so that a session costs
 * what it changed, a change that throws is dropped whole, and so is one that could not be written.
 */
export interface Layer {
  /** Where it stands on its own: whatever lies below is not seen. */
  root?: Contents | undefined
  changes: Changes
}

/** Layers from the top one down. The last has a root. */
export type Stack = readonly Layer[]

export function lookup(stack: Stack, collection: string, id: string): Document | undefined {
  for (const layer of stack) {
    const changed = layer.changes.get(collection)?.get(id)
    if (changed !== undefined) return changed ?? undefined
    if (layer.root !== undefined) return layer.root.get(collection)?.get(id)
  }
  return undefined
}

/** Everything down to the uppermost root, from the bottom up. */
function upwards(stack: Stack): Layer[] {
  const bottom = stack.findIndex(({ root }) => root !== undefined)
  return stack.slice(0, bottom + 1).toReversed()
}

/** Whether an object puts this key before those that are not, whenever it was added (ECMA-262, array index). */
const isIndex = (id: string): boolean => /^(0|[1-9]\d{0,9})$/.test(id) && Number(id) < 2 ** 32 - 1

function inOrderOfKeys(documents: Map<string, Document>): ReadonlyMap<string, Document> {
  const entries = [...documents]
  const indexes = entries.filter(([id]) => isIndex(id))
  if (indexes.length === 0) return documents
  indexes.sort(([a], [b]) => Number(a) - Number(b))
  return new Map([...indexes, ...entries.filter(([id]) => !isIndex(id))])
}

/** In the order of an object's keys, which is also the order in which a file gives them back. */
export function listDocuments(stack: Stack, collection: string): ReadonlyMap<string, Document> {
  const documents = new Map<string, Document>()
  for (const { root, changes } of upwards(stack)) {
    for (const [id, document] of root?.get(collection) ?? []) documents.set(id, document)
    for (const [id, document] of changes.get(collection) ?? []) {
      if (document === null) documents.delete(id)
      else documents.set(id, document)
    }
  }
  return inOrderOfKeys(documents)
}

export function collectionsOf(stack: Stack): string[] {
  const names = new Set<string>()
  for (const { root, changes } of upwards(stack)) {
    for (const name of root?.keys() ?? []) names.add(name)
    for (const name of changes.keys()) names.add(name)
  }
  return [...names]
}

/** Makes `target` what it looks like under `upper`. What ends up as it is in the root of `target` costs nothing. */
export function merge(target: Layer, upper: Layer): void {
  if (upper.root !== undefined) {
    target.root = upper.root
    target.changes = new Map()
  }
  for (const [collection, documents] of upper.changes) {
    let changed = target.changes.get(collection)
    if (changed === undefined) target.changes.set(collection, (changed = new Map()))
    const root = target.root?.get(collection)
    for (const [id, document] of documents) {
      if (document === null && target.root !== undefined && !root?.has(id)) changed.delete(id)
      else changed.set(id, document)
    }
  }
}

/** One change in the making: sees the stack below and itself. Refuses to be used once the change is over. */
export class Draft implements StateWriter {
  readonly layer: Layer = { changes: new Map() }
  readonly #stack: Stack
  #open = true

  constructor(below: Stack) {
    this.#stack = [this.layer, ...below]
  }

  get(collection: string, id: string): Document | undefined {
    return lookup(this.#stack, collection, id)
  }

  list(collection: string): ReadonlyMap<string, Document> {
    return listDocuments(this.#stack, collection)
  }

  collections(): readonly string[] {
    return collectionsOf(this.#stack)
  }

  put(collection: string, id: string, document: Document): void {
    this.#set(collection, id, storedDocument(document))
  }

  delete(collection: string, id: string): void {
    if (this.get(collection, id) !== undefined) this.#set(collection, id, null)
  }

  close(): void {
    this.#open = false
  }

  #set(collection: string, id: string, document: Document | null): void {
    if (!this.#open) throw new TypeError('A change must be synchronous: this one is over')
    const documents = this.layer.changes.get(collection)
    if (documents === undefined) this.layer.changes.set(collection, new Map([[id, document]]))
    else documents.set(id, document)
  }
}
