import type { ApiDescription } from '../../operation/description.js'
import { checkCondition } from '../../steer/check-condition.js'
import { unknownOperation } from '../../steer/check-override.js'
import type { Journal } from '../../steer/journal/journal.js'
import type { JournalMatch, Times } from '../../steer/journal/match.js'
import { Refused, saidOf } from '../../steer/refused.js'

/** What can never be asked is told at once. Throws {@link Refused}. */
export async function checkMatch({ when }: JournalMatch, times?: Times): Promise<void> {
  if (when) await saidOf('/match/when', () => checkCondition(when))
  if (typeof times !== 'object') return
  const { atLeast = 0, atMost = Infinity } = times
  if (atLeast > atMost) {
    throw new Refused('/times', `atLeast (${atLeast}) is greater than atMost (${atMost}), which no number is`)
  }
}

/**
 * A name that is no operation's would match nothing, and so agree to any `times: 0`. One that the docs had
 * when calls came is no mistake. Throws {@link Refused}.
 */
export function checkOperation(
  { operationId }: Pick<JournalMatch, 'operationId'>,
  { operations }: ApiDescription,
  journal: Journal,
  pointer: string,
): void {
  if (operationId === undefined || operations.some((one) => one.operationId === operationId)) return
  if (journal.list().some((trail) => trail.operationId === operationId)) return
  throw new Refused(pointer, unknownOperation(operationId, operations), 'unknown')
}
