import type { Trail } from '../trail.js'
import type { Journal } from './journal.js'
import type { Tally } from './tally.js'
import type { Teller } from './tell.js'

/** A journal that is followed: whatever comes is in it, and its listeners are told. */
export interface FollowedJournal {
  readonly journal: Journal
  /** Nobody follows it any more. */
  stop(): void
}

/** The calls of one session: taken in as they are answered, and shown to whoever asks. */
export interface SessionJournal {
  /** Called when a reply has been decided, before a delay: the call has arrived. Never waits. */
  record(trail: Trail): void
  /**
   * Called when the reply is handed over, or a fault is done with. Never waits.
   * @param at on the clock of {@link Trail.began}; now by default
   */
  ended(trail: Trail, at?: number): void
  /** Forgets all calls. */
  clear(): Promise<void> | void
  /** What comes from now on belongs to a session that ends, and is not kept. Resolves when nothing is written any more. */
  leaveOff(): Promise<void> | void
  /** Forgets all calls and lets go of who listens, since the session ends. */
  drop(): Promise<void> | void
  /** The calls up to now, those that were answered before included. Not to be changed. */
  read(): Promise<Journal> | Journal
  /** As {@link read}, and what comes from then on. */
  follow(): Promise<FollowedJournal> | FollowedJournal
  /** What the session has called since its journal was last cleared. */
  counted(): Promise<Tally> | Tally
}

/** The journals of all sessions. */
export interface SessionJournals {
  /** Calls that each keeps. */
  readonly entries: number
  /** What this process holds of calls, about. */
  readonly bytes: number
  /** Calls that this process could not keep, be it for the bounds or for a store that was away. */
  readonly dropped: number
  /** Aborted when nothing more will be told. */
  readonly closing: AbortSignal
  /** Tells of calls in the terms of the docs as they are now. */
  readonly teller: Teller
  open(session: string): SessionJournal
  /** What was called of the docs, by every session, those that are gone included. */
  counted(): Promise<Tally> | Tally
  /** Called before there are calls, and again when a shared store has come back. Rejects with STANDIN_ERR_STORE_*. */
  start(): Promise<void> | void
  /** Ends whatever waits for calls. */
  close(): void
  /** Resolves when everything that was recorded is where it is kept; what was counted can be asked for after it. */
  settle(): Promise<void> | void
}
