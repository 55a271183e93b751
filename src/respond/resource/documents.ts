import type { Document, StateReader, StateWriter } from '../state.js'
import { keyOf, partsOfKey, type Scope } from './key.js'
import type { Templates } from './templates.js'

/** Where it is kept that an item was deleted; no path begins with `$`. */
export const DELETED = '$deleted'

/**
 * The documents of one resource: those that the docs show, under what the state holds. The state has
 * only what requests changed, so that an edited example is shown at once wherever nothing else was said.
 */
export class Documents {
  constructor(
    readonly collection: string,
    readonly templates: Templates,
  ) {}

  get(state: StateReader, key: string): Document | undefined {
    const own = state.get(this.collection, key)
    if (own || this.isDeleted(state, key)) return own
    const { scope, id } = partsOfKey(key)
    return this.templates.item(scope, id)
  }

  /** Below the parents, by id, the documented ones first. */
  list(state: StateReader, scope: Scope): Map<string, Document> {
    const documents = new Map<string, Document>()
    for (const [id, template] of this.templates.items(scope)) {
      if (!this.isDeleted(state, keyOf(scope, id))) documents.set(id, template)
    }
    const before = keyOf(scope, '')
    for (const [key, document] of state.list(this.collection)) {
      if (key.startsWith(before) && !key.includes('/', before.length))
        documents.set(partsOfKey(key).id, document)
    }
    return documents
  }

  /** All that are known of, below whatever parents, by key. What every parent has is known of none. */
  all(state: StateReader): Map<string, Document> {
    const documents = new Map<string, Document>()
    for (const [key, template] of this.templates.known) {
      if (!this.isDeleted(state, key)) documents.set(key, template)
    }
    for (const [key, document] of state.list(this.collection)) documents.set(key, document)
    return documents
  }

  put(state: StateWriter, key: string, document: Document): void {
    state.put(this.collection, key, document)
    state.delete(DELETED, this.#name(key))
  }

  /** What was deleted is kept in mind, also so that its id is not given to another. */
  delete(state: StateWriter, key: string): void {
    state.delete(this.collection, key)
    state.put(DELETED, this.#name(key), {})
  }

  /** Whether a request deleted it. */
  isDeleted(state: StateReader, key: string): boolean {
    return state.get(DELETED, this.#name(key)) !== undefined
  }

  /** The ids that are or were in use, below whatever parents. */
  usedIds(state: StateReader, scope: Scope): Set<string> {
    const own = this.#name('')
    return new Set([
      ...this.templates.items(scope).keys(),
      ...[...state.list(this.collection).keys()].map((key) => partsOfKey(key).id),
      ...[...state.list(DELETED).keys()].flatMap((name) =>
        name.startsWith(own) ? [partsOfKey(name.slice(own.length)).id] : [],
      ),
    ])
  }

  #name(key: string): string {
    return `${this.collection}/${key}`
  }
}
