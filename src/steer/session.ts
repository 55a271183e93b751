import type { SessionState } from '../respond/behaviour.js'
import type { StateReader, StateWriter } from '../respond/state.js'
import type { Store } from '../store/store.js'
import { Journal } from './journal/journal.js'
import { Overrides } from './overrides.js'

export interface SessionOptions {
  readonly store: Store | undefined
  /** Calls kept; 0 keeps none. */
  readonly journal: number
  /** Milliseconds since 1970. */
  readonly made: number
  /** The end of a session of the same name, which its state waits for. */
  readonly after?: Promise<void> | undefined
}

/**
 * An isolated copy of everything that a caller can change: state, overrides, scenario, journal. What
 * nobody has used yet is not there, so that a session costs what was changed in it.
 */
export class Session {
  /** `''` for the default one. */
  readonly name: string
  /** Undefined where the stand-in is stateless. */
  readonly state: SessionState | undefined
  /** Milliseconds since 1970. */
  readonly made: number
  lastUsed: number
  /** The name of the one that is active. */
  scenario: string | undefined
  readonly #journalLimit: number
  #overrides: Overrides | undefined
  #journal: Journal | undefined

  constructor(name: string, { store, journal, made, after }: SessionOptions) {
    this.name = name
    this.state = store && new StoredState(store, name, after)
    this.made = made
    this.lastUsed = made
    this.#journalLimit = journal
  }

  /** Whether there is any override, so that the calls of a session without are not even looked at. */
  get steered(): boolean {
    return this.#overrides !== undefined && this.#overrides.size > 0
  }

  get overrides(): Overrides {
    this.#overrides ??= new Overrides()
    return this.#overrides
  }

  get journal(): Journal | undefined {
    if (this.#journalLimit > 0) this.#journal ??= new Journal(this.#journalLimit)
    return this.#journal
  }

  /** The state back to the fixtures. */
  async resetState(): Promise<void> {
    if (this.state instanceof StoredState) await this.state.reset()
  }

  /** As nobody ever used it, but for its name. */
  async reset(): Promise<void> {
    await this.resetState()
    this.scenario = undefined
    this.#overrides = undefined
    this.#journal?.clear()
  }
}

class StoredState implements SessionState {
  readonly #store: Store
  readonly #session: string
  readonly #after: Promise<void> | undefined

  constructor(store: Store, session: string, after: Promise<void> | undefined) {
    this.#store = store
    this.#session = session
    this.#after = after
  }

  read(): Promise<StateReader> {
    if (this.#after) return this.#after.then(() => this.#store.read(this.#session))
    return this.#store.read(this.#session)
  }

  update<Result>(change: (state: StateWriter) => Result): Promise<Result> {
    if (this.#after) return this.#after.then(() => this.#store.update(this.#session, change))
    return this.#store.update(this.#session, change)
  }

  async reset(): Promise<void> {
    await this.#after
    await this.#store.reset(this.#session)
  }
}
