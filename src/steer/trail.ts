import type { BehaviourReply } from '../respond/behaviour.js'
import type { Rejection, RequestInput } from '../respond/check.js'
import type { Reply } from '../respond/reply.js'
import type { StateChange } from './journal/entry.js'
import type { Planned } from './overrides.js'

/**
 * What the stages of one call left behind. Only references are kept: whoever reads the journal makes
 * sentences of them, so that a call that nobody asks about costs next to nothing.
 */
export interface Trail {
  readonly session: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** From `performance.now()`. */
  readonly began: number
  readonly operationId: string | undefined
  readonly input: RequestInput
  rejection: Rejection | undefined
  planned: Planned | undefined
  behaved: BehaviourReply['reason'] | undefined
  changes: readonly StateChange[]
  reply: Reply | undefined
  /** From `performance.now()`, once the reply is handed over. */
  ended: number | undefined
}
