import type { Operation } from '../operation/operation.js'
import type { Rejection, RequestInput } from '../respond/check.js'
import { type Choice, chooseStatus, responseFor } from '../respond/choose.js'
import { headerText } from '../respond/decision.js'
import { preferencesOf } from '../respond/prefer.js'
import { PROBLEMS, problemReply } from '../respond/problem.js'
import type { Reply } from '../respond/reply.js'
import { withExample } from '../respond/select.js'
import { summarize } from '../respond/violation.js'
import type { OperationRuntime } from './operation-runtime.js'

/**
 * The answer to a request that breaks the description: the documented example of the fitting status
 * where there is one, the one that the client prefers if it names one. A documented 401 without an example
 * is still the API's own word for missing credentials, so it is answered in the documented envelope,
 * marked. Everything else is a problem.
 */
export function refuse(
  runtime: OperationRuntime,
  { code, violations, challenges }: Rejection,
  input: RequestInput,
): Reply {
  const { operation } = runtime
  const summary = summarize(violations)
  const challenge = challenges && { 'www-authenticate': challenges.join(', ') }
  const { status } = PROBLEMS[code]
  const fits = fitting(operation, status)
  const documented = fits && preferred(operation, fits, input)
  if (!documented) {
    return problemReply(code, {
      detail: summary,
      operation,
      violations,
      status: status === 422 && speaksOf400(operation) ? 400 : status,
      ...(challenge && { headers: challenge }),
    })
  }
  if ('problem' in documented) {
    const { problem, ...details } = documented
    return problemReply(problem, { ...details, operation, violations })
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
  // Beside a documented success, `default` is what failures look like.
  const failure = chooseStatus(operation, status, 'the request breaks the docs')
  const succeeds = operation.responses.some((response) => response.status.startsWith('2'))
  return succeeds && failure?.example ? failure : undefined
}

/** A client may choose among the examples of the refusal, not whether it is refused. */
function preferred(operation: Operation, fits: Choice, input: RequestInput): ReturnType<typeof withExample> {
  const { code, example } = preferencesOf(input)
  const isMeant = code === undefined ? shows(fits, example) : code === String(fits.status)
  return example !== undefined && isMeant ? withExample(operation, fits, example) : fits
}

const shows = ({ response }: Choice, name: string | undefined): boolean =>
  response.content.some(({ examples }) => examples.some((example) => example.name === name))

/** The docs name 400, without an example, and not 422: then that is the status that clients know. */
const speaksOf400 = (operation: Operation): boolean =>
  responseFor(operation, 400)?.status === '400' && responseFor(operation, 422)?.status !== '422'
