import type { Case, Subject } from './interactions.js'
import { type Expectation, expectClass, expectResponse } from './response.js'

/**
 * The answer to what must be refused: of the documented status where exactly one of those for such a
 * request is documented, else of its class.
 */
export function refusal(
  { operation, documents }: Subject,
  statuses: readonly string[],
): Omit<Case, 'key' | 'says' | 'parts' | 'states'> {
  const documented = operation.responses.filter(({ status }) => statuses.includes(status))
  const [only] = documented
  const [expectation] = only && documented.length === 1 ? expectResponse(only, documents) : []
  if (only && expectation) return { status: only.status, source: only.source, expectation }
  const unknown: Expectation = { response: expectClass('4XX'), unsupported: [] }
  return { status: '4XX', expectation: unknown }
}
