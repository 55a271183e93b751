import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import { formatSource } from '../operation/source.js'

const RULE = 'no-responses'

/** Operations of which nothing says what they answer; readers of OpenAPI say so themselves. */
export function missingResponses({ operations, findings }: ApiDescription): Finding[] {
  const known = new Set(
    findings.filter(({ rule }) => rule === RULE).map(({ source }) => formatSource(source)),
  )
  return operations
    .filter(({ responses, source }) => responses.length === 0 && !known.has(formatSource(source)))
    .map(({ method, path, source }) => ({
      rule: RULE,
      severity: 'warning',
      message: `${method} ${path} shows no response. Show what it answers, at least for success.`,
      source,
    }))
}
