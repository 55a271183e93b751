import type { BehaviourReply } from '../respond/behaviour.js'
import type { Rejection, RequestInput } from '../respond/check.js'
import type { Reply } from '../respond/reply.js'
import type { StateChange } from './journal/entry.js'
import type { Planned } from './active-override.js'

/**
 * What came: a call; a preflight, by which a browser asks whether a page may call (Fetch standard, CORS-preflight
 * request); or bytes that are no HTTP request.
 */
export type TrailKind = 'call' | 'preflight' | 'unreadable'

/** What is told of an override that was taken. */
export interface ToldPlan extends Pick<Planned, 'overrideId' | 'reason' | 'delay' | 'fault'> {
  /** Whether there is a body is told, not the body. */
  readonly step: Pick<Planned['step'], 'status' | 'example' | 'body'>
}

const NO_CHANGES: Trail['changes'] = []

/**
 * What the stages of one call left behind. Only references are kept: whoever reads the journal makes
 * sentences of them, so that a call that nobody asks about costs next to nothing. A class, since V8 makes
 * literals that are found to live long in the old generation, where each costs many times as much.
 */
export class Trail {
  /** Given by the journal, 0 before. Grows with each call of a stand-in, or of a session where replicas share a store. */
  id = 0
  /** Milliseconds since 1970. */
  readonly at: number = Date.now()
  /** Why the call belongs to no session of its own. */
  refused: string | undefined
  rejection: Rejection | undefined
  planned: ToldPlan | undefined
  behaved: BehaviourReply['reason'] | undefined
  changes: readonly StateChange[] = NO_CHANGES
  reply: Reply | undefined
  /** From `performance.now()`, once the reply is handed over. */
  ended: number | undefined
  /** What the journal counts for it, in bytes. */
  bytes = 0
  /** The sizes in bytes of bodies that were cut. */
  cut: { readonly request?: number; readonly reply?: number } | undefined

  /**
   * @param began from `performance.now()`
   * @param operationId undefined where no documented operation took the call
   * @param input its body is cut to the journal's bound once it is kept
   */
  constructor(
    readonly session: string,
    readonly began: number,
    readonly operationId: string | undefined,
    public input: RequestInput,
    readonly kind: TrailKind = 'call',
  ) {}
}
