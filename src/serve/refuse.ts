import type { Operation } from '../operation/operation.js'
import type { Rejection } from '../respond/check.js'
import { type Choice, chooseStatus } from '../respond/choose.js'
import { headerText } from '../respond/decision.js'
import { PROBLEMS, problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'
import { summarize } from '../respond/violation.js'
import type { OperationRuntime } from './operation-runtime.js'

/**
 * The answer to a request that breaks the description: the documented example of the fitting status
 * where there is one. A documented 401 without an example is still the API's own word for missing
 * credentials, so it is answered in the documented envelope, marked. Everything else is a problem.
 */
export function refuse(runtime: OperationRuntime, { code, violations, challenges }: Rejection): Reply {
  const { operation } = runtime
  const summary = summarize(violations)
  const challenge = challenges && { 'www-authenticate': challenges.join(', ') }
  const documented = fitting(operation, PROBLEMS[code].status)
  if (!documented) {
    return problemReply(code, {
      detail: summary,
      operation,
      violations,
      ...(challenge && { headers: challenge }),
    })
  }
  const reply = runtime.made(documented)
  return {
    ...reply,
    reason: summary,
    headers: { ...reply.headers, ...challenge, 'standin-violations': headerText(summary) },
  }
}

function fitting(operation: Operation, status: number): Choice | undefined {
  for (const candidate of status === 422 ? [422, 400] : [status]) {
    const choice = chooseStatus(operation, candidate, 'the request breaks the docs')
    if (choice && choice.response.status !== 'default' && (choice.example || candidate === 401)) return choice
  }
  return undefined
}
