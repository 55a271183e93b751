import type { SessionState } from '../respond/behaviour.js'
import type { StateReader, StateWriter } from '../respond/state.js'
import type { Store } from '../store/store.js'
import type { SessionJournal, SessionJournals } from './journal/session-journal.js'
import type { Beginning } from './beginning.js'
import { Overrides } from './overrides.js'
import type { SharedSteering } from './shared-steering.js'

export interface SessionOptions {
  readonly store: Store | undefined
  /** A state as people are to see it, with what it stands on. */
  readonly shown: (state: SessionState) => SessionState
  /** Undefined keeps no calls. */
  readonly journals: SessionJournals | undefined
  /** What steers it, where that is shared with other processes. */
  readonly steering?: SharedSteering | undefined
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
  /** What the store holds of it, for behaviours; undefined where the stand-in is stateless. */
  readonly stored: SessionState | undefined
  /** Milliseconds since 1970. */
  readonly made: number
  lastUsed: number
  /** The consumer for whom its calls are recorded as a contract; it goes with the session. */
  consumer: string | undefined
  /** Settles when what it is to begin from is in place; undefined where nothing is under way. */
  beginning: Promise<void> | undefined
  /** What it was begun from by this process. */
  begun: Beginning | undefined
  readonly #shown: SessionOptions['shown']
  readonly #journals: SessionJournals | undefined
  readonly #steering: SharedSteering | undefined
  #overrides: Overrides | undefined
  #journal: SessionJournal | undefined

  constructor(name: string, { store, shown, journals, steering, made, after }: SessionOptions) {
    this.name = name
    this.stored = store && new StoredState(store, name, after)
    this.#shown = shown
    this.made = made
    this.lastUsed = made
    this.#journals = journals
    this.#steering = steering
  }

  /** As people see it: the items that the docs show are in it, too. Undefined where the stand-in is stateless. */
  get state(): SessionState | undefined {
    return this.stored && this.#shown(this.stored)
  }

  /** Whether there is any override, so that the calls of a session without are not even looked at. */
  get steered(): boolean {
    const overrides = this.#current
    return overrides !== undefined && overrides.size > 0
  }

  /** What its calls are answered by now. It is changed by {@link steer}. */
  get overrides(): Overrides {
    return this.#current ?? (this.#steering ? NONE : (this.#overrides = new Overrides()))
  }

  /** Whether what steers it outlives this process. */
  get isShared(): boolean {
    return this.#steering !== undefined
  }

  /** The name of the scenario that is active. */
  get scenario(): string | undefined {
    return this.#current?.scenario
  }

  /** The overrides with their counts as they are now. Rejects with STANDIN_ERR_STORE_* where others share them. */
  async countedOverrides(): Promise<Overrides> {
    return (await this.#steering?.counted(this.name)) ?? this.#current ?? NONE
  }

  /**
   * Changes what its calls are answered by; resolves with the result when every later call goes by it.
   * `change` throws before it has changed anything, or not at all. With other processes it may be run more
   * than once; else it is run at once, in the same turn of the event loop.
   */
  async steer<Result>(change: (overrides: Overrides) => Result): Promise<Result> {
    return this.#steering ? this.#steering.change(this.name, change) : change(this.overrides)
  }

  get #current(): Overrides | undefined {
    return this.#steering ? this.#steering.overrides(this.name) : this.#overrides
  }

  get journal(): SessionJournal | undefined {
    this.#journal ??= this.#journals?.open(this.name)
    return this.#journal
  }

  /** The state back to the fixtures. */
  async resetState(): Promise<void> {
    if (this.stored instanceof StoredState) await this.stored.reset()
  }

  /** As nobody ever used it, but for its name. */
  async reset(): Promise<void> {
    await this.#takeBack()
    await this.journal?.clear()
  }

  /** It is about to end: calls that are under way leave nothing behind. */
  async leaveOff(): Promise<void> {
    await this.journal?.leaveOff()
  }

  /** As {@link reset}, and nobody listens to it any more. */
  async end(): Promise<void> {
    try {
      await this.journal?.drop()
    } finally {
      // What takes most room goes in any case.
      await this.#takeBack()
    }
  }

  async #takeBack(): Promise<void> {
    await this.resetState()
    if (this.#steering) await this.#steering.drop(this.name)
    this.#overrides = undefined
    this.begun = undefined
  }
}

/** Nobody changes it: what is shared is changed where it is kept. */
const NONE = new Overrides()

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
