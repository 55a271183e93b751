import type { Document, StateReader } from '../../respond/state.js'
import type { Contents } from '../document.js'
import { collectionsOf, type Layer, listDocuments, lookup, merge, type Stack } from '../layer.js'
import { fieldName, fieldValue, type Kept, parseField, parseValue } from './field.js'

/** What a commit writes. */
export interface Writes {
  /** Fields and values by turns. */
  readonly sets: string[]
  readonly drops: string[]
}

/** The order of documents that were put beside those of the seed, by collection and id. */
type Orders = Map<string, Map<string, number>>

/** What a process knows of the state of a session that it shares with others: what it was at a version. */
export class Copy implements StateReader {
  /** As Redis has it; empty where the session is as it starts. */
  version = ''
  readonly #layer: Layer
  #orders: Orders = new Map()
  #nextOrder = 1
  #lists = new Map<string, ReadonlyMap<string, Document>>()

  constructor(root: Contents) {
    this.#layer = { root, changes: new Map() }
  }

  get stack(): Stack {
    return [this.#layer]
  }

  /** How many documents it holds of its own. */
  get size(): number {
    let size = 0
    for (const documents of this.#layer.changes.values()) size += documents.size
    return size
  }

  get(collection: string, id: string): Document | undefined {
    return lookup(this.stack, collection, id)
  }

  list(collection: string): ReadonlyMap<string, Document> {
    let list = this.#lists.get(collection)
    if (list === undefined) this.#lists.set(collection, (list = listDocuments(this.stack, collection)))
    return list
  }

  collections(): readonly string[] {
    return collectionsOf(this.stack)
  }

  /** Where a session starts that nobody has changed. */
  startFrom(root: Contents): void {
    if (this.#layer.root === root) return
    this.#layer.root = root
    this.#lists = new Map()
  }

  /** What has to be written for a layer of changes. */
  writes({ changes }: Layer): Writes {
    const writes: Writes = { sets: [], drops: [] }
    let order = this.#nextOrder
    for (const [collection, documents] of changes) {
      const root = this.#layer.root?.get(collection)
      const orders = this.#orders.get(collection)
      for (const [id, document] of documents) {
        const field = fieldName(collection, id)
        const inRoot = root?.has(id) === true
        if (document === null && !inRoot) writes.drops.push(field)
        else {
          const kept = { document, order: inRoot ? 0 : (orders?.get(id) ?? order++) }
          writes.sets.push(field, fieldValue(kept))
        }
      }
    }
    return writes
  }

  /** Takes over a layer of changes that have been committed. */
  add(layer: Layer, version: string): void {
    for (const [collection, documents] of layer.changes) {
      const root = this.#layer.root?.get(collection)
      let orders = this.#orders.get(collection)
      for (const [id, document] of documents) {
        if (root?.has(id) === true) continue
        if (document === null) orders?.delete(id)
        else if (orders?.has(id) !== true) {
          if (!orders) this.#orders.set(collection, (orders = new Map()))
          orders.set(id, this.#nextOrder++)
        }
      }
      this.#lists.delete(collection)
    }
    merge(this.#layer, layer)
    this.version = version
  }

  /** Takes over what others have changed. @param values null where a document is no longer changed */
  change(fields: readonly string[], values: readonly (string | null)[], version: string): void {
    const kept: [field: string, kept: Kept][] = []
    for (const [index, field] of fields.entries()) {
      const value = values[index] ?? null
      if (value === null) this.#drop(field)
      else kept.push([field, parseValue(value)])
    }
    this.#putAll(kept)
    this.version = version
  }

  /** Puts what Redis holds in place of everything. @param hash fields and values by turns */
  replace(root: Contents, hash: readonly string[], version: string): void {
    this.#layer.root = root
    this.#layer.changes = new Map()
    this.#orders = new Map()
    this.#lists = new Map()
    const kept: [field: string, kept: Kept][] = []
    for (let index = 0; index < hash.length; index += 2) {
      const [field = '', value = ''] = [hash[index], hash[index + 1]]
      if (field !== 'version') kept.push([field, parseValue(value)])
    }
    this.#putAll(kept)
    this.version = version
  }

  #putAll(kept: [field: string, kept: Kept][]): void {
    kept.sort(([, a], [, b]) => a.order - b.order)
    for (const [field, { document, order }] of kept) this.#put(field, document, order)
  }

  #put(field: string, document: Document | null, order: number): void {
    const [collection, id] = parseField(field)
    const changed = this.#layer.changes.get(collection) ?? new Map<string, Document | null>()
    const orders = this.#orders.get(collection) ?? new Map<string, number>()
    // Somebody has deleted it and put it again: it goes to the end.
    if (orders.get(id) !== order) changed.delete(id)
    changed.set(id, document)
    this.#layer.changes.set(collection, changed)
    this.#lists.delete(collection)
    if (order === 0) return
    orders.set(id, order)
    this.#orders.set(collection, orders)
    this.#nextOrder = Math.max(this.#nextOrder, order + 1)
  }

  #drop(field: string): void {
    const [collection, id] = parseField(field)
    this.#layer.changes.get(collection)?.delete(id)
    this.#orders.get(collection)?.delete(id)
    this.#lists.delete(collection)
  }
}
