import { isObject } from '../operation/json-object.js'
import type { SessionState } from '../respond/behaviour.js'
import type { Collections, StateReader } from '../respond/state.js'
import type { Store } from '../store/store.js'
import { Refused } from './refused.js'
import { contentsOf, replaceContents } from './state-contents.js'

/** A state that was put aside under a name. */
export interface Snapshot {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly made: number
}

/**
 * The store keeps a snapshot as a session of its own whose name no session can have. The state stands
 * whole in it, a document for each collection, whatever the fixtures have become since.
 */
const KIND = 'snapshot'
const PREFIX = `${KIND}:`
const COLLECTION = 'snapshot'
const ABOUT = 'about'
const STATE = 'snapshot-state'

/** A snapshot is a copy of the whole state. */
const MOST = 100

/** Snapshots are shared by all sessions. */
export class Snapshots {
  readonly #store: Store
  readonly #now: () => number
  readonly #shown: (state: SessionState) => SessionState

  /** @param shown a state as people are to see it, with what it stands on */
  constructor(store: Store, now: () => number, shown: (state: SessionState) => SessionState) {
    this.#store = store
    this.#now = now
    this.#shown = shown
  }

  /** In the order of their names. */
  async list(): Promise<Snapshot[]> {
    const names = await this.#store.sessions(KIND)
    const all = await Promise.all(
      names.map(async (name) => {
        const about = aboutOf(await this.#store.read(name))
        return about && { name: name.slice(PREFIX.length), made: about.made }
      }),
    )
    return all.filter((one) => one !== undefined).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Puts the state of a session aside, in place of a snapshot of the same name. Rejects with {@link Refused}. */
  async save(name: string, state: SessionState): Promise<Snapshot> {
    const others = (await this.list()).filter((one) => one.name !== name)
    if (others.length >= MOST) throw new Refused('', `There are ${MOST} snapshots; delete some`, 'full')
    const contents = contentsOf(await state.read())
    const made = this.#now()
    await this.#store.update(PREFIX + name, (writer) =>
      replaceContents(writer, { [COLLECTION]: { [ABOUT]: { made } }, [STATE]: contents }),
    )
    return { name, made }
  }

  /** Undefined where there is none of this name. */
  async read(name: string): Promise<Collections | undefined> {
    const stored = await this.#store.read(PREFIX + name)
    if (!aboutOf(stored)) return undefined
    return Object.fromEntries(
      [...stored.list(STATE)].map(([collection, documents]) => [collection, documentsOf(documents)]),
    )
  }

  /** False where there is none of this name. */
  async delete(name: string): Promise<boolean> {
    if (!aboutOf(await this.#store.read(PREFIX + name))) return false
    await this.#store.reset(PREFIX + name)
    return true
  }

  /** What a session starts from. */
  async fixtures(): Promise<Collections> {
    const untouched = `${PREFIX}/`
    const state = this.#shown({
      read: () => this.#store.read(untouched),
      update: (change) => this.#store.update(untouched, change),
    })
    return contentsOf(await state.read())
  }
}

function aboutOf(state: StateReader): { readonly made: number } | undefined {
  const made = state.get(COLLECTION, ABOUT)?.['made']
  return typeof made === 'number' ? { made } : undefined
}

const documentsOf = (documents: Readonly<Record<string, unknown>>): Collections[string] =>
  Object.fromEntries(
    Object.entries(documents).flatMap(([id, document]) => (isObject(document) ? [[id, document]] : [])),
  )
