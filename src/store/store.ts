import type { Collections, StateReader, StateWriter } from '../respond/state.js'

/** Why a store cannot be used as it should be. */
export interface Trouble {
  /** In words. */
  readonly reason: string
  /** Milliseconds since 1970. */
  readonly since: number
}

/**
 * Where state lives. One interface for every engine, asynchronous so that a shared one can stand
 * behind it. A session is an isolated copy of the seed; `''` is the default session.
 */
export interface Store {
  /** Shown to people: a folder, `memory`, or a URL without its password. */
  readonly location: string
  /** Undefined while all is well. */
  readonly trouble?: Trouble | undefined
  /**
   * Shows the session as it is whenever it is asked, never a change that is not durable yet. What is
   * read without an `await` in between belongs together.
   */
  read(session: string): Promise<StateReader>
  /**
   * Runs `change` on the session's state, atomically: it sees no half-made change of another, and
   * none of its own is kept if it throws. It must be synchronous, without effects outside the
   * state, and may be run more than once. Resolves with its result once the change is durable;
   * rejects, with nothing kept, when it cannot be made so (STANDIN_ERR_STORE_WRITE).
   */
  update<Result>(session: string, change: (state: StateWriter) => Result): Promise<Result>
  /** Back to the seed, which is asked for again. A session that is at the seed costs nothing: this drops a named one. */
  reset(session: string): Promise<void>
  /** The named sessions of a kind that differ from the seed: `NAME`, where none is given, or `KIND:NAME`. */
  sessions(kind?: string): Promise<string[]>
  /** 32 random bytes, made on first use and kept with the store: the same for whoever shares it. */
  secret(name: string): Promise<Uint8Array>
  /** Resolves when all that was promised is durable and the store can be opened by another process. */
  close(): Promise<void>
}

/** The state that a session starts from. Asked for once when a store opens, again at reset. */
export type Seed = (secret: Store['secret']) => Promise<Collections>
