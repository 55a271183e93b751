import type { Document, StateReader, StateWriter } from '../respond/state.js'
import type { Contents } from './document.js'
import type { Durable } from './durable.js'
import { collectionsOf, Draft, type Layer, type Stack, listDocuments, lookup, merge } from './layer.js'

/** Makes what was changed durable. Rejects when it cannot: then nothing of it is kept. */
export type Persist = (layer: Layer) => Promise<void>

/** Changes that are made durable by one write. */
interface Group {
  readonly layer: Layer
  readonly written: Promise<void>
  readonly settle: { resolve(): void; reject(reason: unknown): void }
}

function newGroup(): Group {
  const settle = { resolve: (): void => {}, reject: (_reason: unknown): void => {} }
  const written = new Promise<void>((resolve, reject) => Object.assign(settle, { resolve, reject }))
  // Whoever waits is told; a group that nobody waits for must not end the process.
  written.catch(() => {})
  return { layer: { changes: new Map() }, written, settle }
}

/**
 * The state of one session. A change sees all changes before it; a reader sees only what is
 * durable, so that no reply tells of something that may still be lost. One write is in flight at a
 * time, and the changes made meanwhile share the next. When a write fails, its changes and those
 * that were made on top of them are dropped and their callers told; the state is what is durable.
 */
export class Session implements StateReader {
  readonly #durable: Durable
  readonly #persist: Persist | undefined
  #inFlight: Group | undefined
  #next: Group | undefined
  #running: Promise<void> | undefined
  #lists = new Map<string, ReadonlyMap<string, Document>>()

  /** Without `persist`, whatever is in memory counts as durable. */
  constructor(durable: Durable, persist?: Persist) {
    this.#durable = durable
    this.#persist = persist
  }

  get(collection: string, id: string): Document | undefined {
    return lookup(this.#durable.stack, collection, id)
  }

  list(collection: string): ReadonlyMap<string, Document> {
    let list = this.#lists.get(collection)
    if (list === undefined)
      this.#lists.set(collection, (list = listDocuments(this.#durable.stack, collection)))
    return list
  }

  collections(): readonly string[] {
    return collectionsOf(this.#durable.stack)
  }

  async update<Result>(change: (state: StateWriter) => Result): Promise<Result> {
    const draft = new Draft(this.#stack())
    let result: Result
    try {
      result = change(draft)
    } finally {
      draft.close()
    }
    if (result instanceof Promise) {
      // Its fate is of no interest, since nothing that it does is kept.
      result.catch(() => {})
      throw new TypeError('A change must be synchronous, and this one returned a promise')
    }
    // A change that put nothing may still have seen what is not durable yet.
    if (draft.layer.changes.size > 0) await this.#add(draft.layer)
    else await (this.#next ?? this.#inFlight)?.written
    return result
  }

  /** Puts `contents` in place of everything. */
  async replace(contents: Contents): Promise<void> {
    await this.#add({ root: contents, changes: new Map() })
  }

  /** Takes over what somebody else did to the durable copy; changes that are under way stay on top. */
  adopt(file: Layer): void {
    this.#durable.adopt(file)
    this.#lists.clear()
  }

  /** Whether a write is under way or about to be. */
  get busy(): boolean {
    return this.#running !== undefined
  }

  /** Resolves when no write is left to do. Never rejects: whoever made the changes is told of failures. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #stack(): Stack {
    const { stack } = this.#durable
    const under = this.#inFlight === undefined ? stack : [this.#inFlight.layer, ...stack]
    return this.#next === undefined ? under : [this.#next.layer, ...under]
  }

  #add(layer: Layer): Promise<void> | undefined {
    if (this.#persist === undefined) {
      this.#settle(layer)
      return undefined
    }
    this.#next ??= newGroup()
    merge(this.#next.layer, layer)
    this.#running ??= this.#run(this.#persist)
    return this.#next.written
  }

  #settle(layer: Layer): void {
    this.#durable.add(layer)
    if (layer.root !== undefined) this.#lists.clear()
    else for (const collection of layer.changes.keys()) this.#lists.delete(collection)
  }

  async #run(persist: Persist): Promise<void> {
    // What arrives in the same turn of the event loop shares the write.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#next !== undefined) {
      const group = this.#next
      this.#inFlight = group
      this.#next = undefined
      try {
        await persist(group.layer)
        this.#settle(group.layer)
        group.settle.resolve()
      } catch (error) {
        this.#fail(group, error)
      }
      this.#inFlight = undefined
    }
    this.#running = undefined
  }

  #fail(group: Group, reason: unknown): void {
    group.settle.reject(reason)
    // These saw the changes that are lost, so they cannot stand either.
    const built: Group | undefined = this.#next
    built?.settle.reject(reason)
    this.#next = undefined
  }
}
