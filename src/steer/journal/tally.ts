import { placeOf } from '../../respond/violation.js'
import type { Trail } from '../trail.js'
import { leavesNoReply } from './no-reply.js'
import { UnknownRequests } from './unknown.js'

/** A reply that was given, and how often. */
export interface ReplyTally {
  readonly status: number
  /** The `standin-example` header; undefined where no example stands behind the reply. */
  readonly example?: string | undefined
  /** A reply of Standin's own, which the docs do not have. */
  readonly own: boolean
  times: number
}

export interface OperationTally {
  calls: number
  readonly replies: Map<string | number, ReplyTally>
  /** How often requests broke the docs, by what was wrong. */
  readonly violations: Map<string, number>
}

/** Different unknown requests that a session lists. */
export const MOST_UNKNOWN_OF_SESSION = 100
/** Different violations of an operation that are kept. */
export const MOST_VIOLATIONS = 50

/** Counts calls, by what they reached in the docs. Holds no call, so that it outlives them. */
export class Tally {
  readonly operations = new Map<string, OperationTally>()
  readonly unknown: UnknownRequests

  constructor(mostUnknown: number) {
    this.unknown = new UnknownRequests(mostUnknown)
  }

  count(trail: Trail): void {
    const { kind, operationId, reply, rejection } = trail
    // What is no call says nothing of what was called.
    if (kind !== 'call') return
    if (operationId === undefined) return this.unknown.count(trail)
    const operation = this.operation(operationId)
    operation.calls++
    if (reply && !leavesNoReply(trail)) this.addReply(operationId, replyOf(trail, reply), 1)
    for (const violation of rejection?.violations ?? []) {
      this.addViolation(operationId, `${placeOf(violation)} ${violation.message}`, 1)
    }
  }

  operation(operationId: string): OperationTally {
    let operation = this.operations.get(operationId)
    if (!operation) {
      operation = { calls: 0, replies: new Map(), violations: new Map() }
      this.operations.set(operationId, operation)
    }
    return operation
  }

  addReply(operationId: string, { status, example, own }: Omit<ReplyTally, 'times'>, times: number): void {
    const { replies } = this.operation(operationId)
    const key = own ? `own ${status}` : (example ?? status)
    const known = replies.get(key)
    if (known) known.times += times
    else replies.set(key, { status, example, own, times })
  }

  addViolation(operationId: string, text: string, times: number): void {
    const { violations } = this.operation(operationId)
    const known = violations.get(text) ?? 0
    if (known > 0 || violations.size < MOST_VIOLATIONS) violations.set(text, known + times)
  }
}

function replyOf(
  { planned }: Trail,
  { status, headers, notes }: NonNullable<Trail['reply']>,
): Omit<ReplyTally, 'times'> {
  const own = notes.some(({ kind }) => kind === 'own-reply')
  // A body from outside is no example, whatever it was put in place of.
  const example = planned?.step.body === undefined ? headers['standin-example'] : undefined
  return { status, example, own }
}
