import type { ApiDescription } from '../../operation/description.js'
import type { Operation } from '../../operation/operation.js'
import { formatSource, type SourceLocation } from '../../operation/source.js'
import { curlRequests } from '../../respond/samples/curl-requests.js'
import type { SampleRequest } from '../../respond/samples/sample-request.js'
import { sampleRequests } from '../../respond/samples/sample-requests.js'
import { SampleValues } from '../../respond/samples/sample-values.js'
import { Validation } from '../../respond/validation.js'
import type { Inject, InjectedMethod } from '../standin.js'
import { type Answer, compareAnswer, type Comparison, type Outcome } from './compare.js'

/** One request of the docs, and what came of it. */
export interface Check extends Comparison {
  readonly kind: SampleRequest['kind']
  readonly name: string
  /** As sent; where the docs show it for one that was not. */
  readonly request: string
  /** Status of the answer; absent where nothing was sent. */
  readonly status?: number
  readonly notes: readonly string[]
  readonly source: SourceLocation
}

export interface CheckedOperation {
  readonly operation: Operation
  readonly outcome: Outcome
  readonly checks: readonly Check[]
}

/** Sends each operation's documented requests and curl commands, and holds the answers against the docs. */
export async function checkOperations(
  description: ApiDescription,
  operations: readonly Operation[],
  inject: Inject,
): Promise<CheckedOperation[]> {
  const values = new SampleValues(description, new Validation(description.documents))
  const checked: CheckedOperation[] = []
  for (const operation of operations) {
    const checks: Check[] = []
    const commands = curlRequests(operation, values, description)
    const shown = commands.some((request) => !('reason' in request))
    for (const request of sampleRequests(operation, values, description)) {
      if (request.kind === 'sample' || !shown) checks.push(await send(operation, request, inject))
    }
    for (const request of commands) {
      if ('reason' in request) checks.push(notSent(request))
      else checks.push(await send(operation, request, inject))
    }
    checked.push({ operation, outcome: worst(checks), checks })
  }
  return checked
}

/** An operation that stands there only because a curl command calls it; the command is checked where it is printed. */
export const isFromCurl = ({ curls = [], source }: Operation): boolean =>
  curls.some((curl) => formatSource(curl.source) === formatSource(source))

async function send(operation: Operation, request: SampleRequest, inject: Inject): Promise<Check> {
  const { kind, name, method, url, notes, source } = request
  const check = { kind, name, request: `${method} ${url}`, notes, source }
  if (method === 'QUERY' || method === 'TRACE') {
    return { ...check, outcome: 'unproven', reason: `${method} requests cannot be sent without a socket` }
  }
  const answer = await answerTo({ ...request, method }, inject)
  return { ...check, status: answer.status, ...compareAnswer(operation, name, answer) }
}

export async function answerTo(
  {
    method,
    url,
    headers,
    body,
  }: Pick<SampleRequest, 'url' | 'headers' | 'body'> & { method: InjectedMethod },
  inject: Inject,
): Promise<Answer> {
  const payload = typeof body === 'string' || body === undefined ? body : Buffer.from(body)
  const {
    statusCode,
    headers: sent,
    rawPayload,
  } = await inject({
    method,
    url,
    headers: { ...headers },
    ...(payload !== undefined && { payload }),
  })
  const type = sent['content-type']
  return { status: statusCode, mediaType: typeof type === 'string' ? type : undefined, body: rawPayload }
}

const notSent = ({
  curl,
  name,
  reason,
}: Exclude<ReturnType<typeof curlRequests>[number], SampleRequest>): Check => ({
  kind: 'curl',
  name,
  request: `${curl.method} ${curl.path}`,
  outcome: 'failed',
  reason,
  notes: [],
  source: curl.source,
})

function worst(checks: readonly Check[]): Outcome {
  for (const outcome of ['failed', 'passed'] as const) {
    if (checks.some((check) => check.outcome === outcome)) return outcome
  }
  return 'unproven'
}
