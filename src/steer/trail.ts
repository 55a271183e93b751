import type { BehaviourReply } from '../respond/behaviour.js'
import type { Rejection, RequestInput } from '../respond/check.js'
import type { Reply } from '../respond/reply.js'
import type { StateChange } from './journal/entry.js'
import type { Planned } from './active-override.js'

/** What is told of an override that was taken. */
export interface ToldPlan extends Pick<Planned, 'overrideId' | 'reason' | 'delay' | 'fault'> {
  /** Whether there is a body is told, not the body. */
  readonly step: Pick<Planned['step'], 'status' | 'example' | 'body'>
}

/**
 * What the stages of one call left behind. Only references are kept: whoever reads the journal makes
 * sentences of them, so that a call that nobody asks about costs next to nothing.
 */
export interface Trail {
  /** Given by the journal, 0 before. Grows with each call of a stand-in, or of a session where replicas share a store. */
  id: number
  readonly session: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** From `performance.now()`. */
  readonly began: number
  /** Undefined where no documented operation took the call. */
  readonly operationId: string | undefined
  /** Its body is cut to the journal's bound once it is kept. */
  input: RequestInput
  /** Why the call belongs to no session of its own. */
  refused: string | undefined
  rejection: Rejection | undefined
  planned: ToldPlan | undefined
  behaved: BehaviourReply['reason'] | undefined
  changes: readonly StateChange[]
  reply: Reply | undefined
  /** From `performance.now()`, once the reply is handed over. */
  ended: number | undefined
  /** What the journal counts for it, in bytes. */
  bytes: number
  /** The sizes in bytes of bodies that were cut. */
  cut: { readonly request?: number; readonly reply?: number } | undefined
}

const NO_CHANGES: Trail['changes'] = []

export const newTrail = (
  session: string,
  began: number,
  operationId: string | undefined,
  input: RequestInput,
): Trail => ({
  id: 0,
  session,
  at: Date.now(),
  began,
  operationId,
  input,
  refused: undefined,
  rejection: undefined,
  planned: undefined,
  behaved: undefined,
  changes: NO_CHANGES,
  reply: undefined,
  ended: undefined,
  bytes: 0,
  cut: undefined,
})
