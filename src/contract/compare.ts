import { type Static, Type } from '@sinclair/typebox'
import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'
import { formatSource, SourceLocation } from '../operation/source.js'
import { compareRequest } from './compare-request.js'
import { compareResponse } from './compare-response.js'
import { COMPARE_RULES } from './compare-rules.js'
import { findOperation } from './find-operation.js'
import { type Consumed, type PactSource, readPact } from './pact-reader.js'

const about = {
  /** Counts the interactions of all pacts from 1: descriptions need not be unique. */
  number: Type.Integer({ minimum: 1 }),
  consumer: Type.String(),
  /** The description of the consumer's interaction. */
  interaction: Type.String(),
  /** The pact's file. */
  pact: Type.String(),
  /** Absent where no documented operation answers the request. */
  operationId: Type.Optional(Type.String()),
}

/** Something that a consumer relies on and the description does not promise. */
export const ComparisonFinding = Type.Object({
  /** Kebab-case id of the rule. */
  rule: Type.Union(COMPARE_RULES.map((rule) => Type.Literal(rule))),
  /** A warning where the provider's state may well make it so: a value among several, say. */
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  message: Type.String(),
  ...about,
  /** `request header X-API-TOKEN`, `response body data.msg`. */
  where: Type.String(),
  /** What the docs say there; absent where they say nothing of the operation at all. */
  source: Type.Optional(SourceLocation),
})
export type ComparisonFinding = Static<typeof ComparisonFinding>

export const Comparison = Type.Object({
  /** No error, and at least one interaction. */
  compatible: Type.Boolean(),
  interactions: Type.Integer({ minimum: 0 }),
  /** Each interaction that was compared, findings or not. */
  compared: Type.Array(Type.Object(about)),
  findings: Type.Array(ComparisonFinding),
})
export type Comparison = Static<typeof Comparison>

/** What the parts of a comparison report; the rest of a finding is the same for an interaction. */
export type Report = (
  finding: Pick<ComparisonFinding, 'rule' | 'severity' | 'message' | 'where' | 'source'>,
) => void

/**
 * Whether each thing that the pacts rely on is promised by the description, without any provider
 * running: the requests that consumers send, and the statuses, headers and members that they read.
 */
export function comparePacts(pacts: readonly PactSource[], description: ApiDescription): Comparison {
  const findings: ComparisonFinding[] = []
  const compared: Comparison['compared'] = []
  for (const pact of pacts) {
    for (const consumed of readPact(pact)) {
      const operation = findOperation(description, consumed.method, consumed.path)
      const one = {
        number: compared.length + 1,
        consumer: consumed.consumer,
        interaction: consumed.description,
        pact: pact.file,
        ...(operation ? { operationId: operation.operationId } : {}),
      }
      compared.push(one)
      compareInteraction(consumed, operation, description, (finding) => findings.push({ ...finding, ...one }))
    }
  }
  const compatible = compared.length > 0 && findings.every(({ severity }) => severity !== 'error')
  return { compatible, interactions: compared.length, compared, findings }
}

function compareInteraction(
  consumed: Consumed,
  operation: Operation | undefined,
  description: ApiDescription,
  report: Report,
): void {
  if (!operation) {
    const known = operationsAt(description, consumed.path)
    const places = known.map(({ method, source }) => `${method} (${formatSource(source)})`)
    const hint = places.length > 0 ? `; documented there: ${places.join(', ')}` : ''
    const source = known[0]?.source
    const message = `${consumed.method} ${consumed.path} is not documented${hint}`
    report({
      rule: 'undocumented-operation',
      severity: 'error',
      message,
      where: 'request',
      ...(source ? { source } : {}),
    })
    return
  }
  compareRequest(consumed, operation, description, report)
  compareResponse(consumed, operation, description, report)
}

/** What is documented at the path of a request, whatever the method. */
function operationsAt(description: ApiDescription, path: string): Operation[] {
  const methods = new Set(description.operations.map(({ method }) => method))
  return [...methods]
    .map((method) => findOperation(description, method, path))
    .filter((one) => one !== undefined)
}
