import type { Failure, FailureBy, VerifiedFailure, VerifiedInteraction } from '../report.js'
import { checkAgainstComment } from '../schema-check.js'
import type { Verdict } from './engine.js'
import { failuresOf } from './mismatch.js'
import type { PlannedInteraction } from './plan.js'
import { troubleText } from './preflight.js'
import type { Exchange } from './tap.js'
import { type CameResponse, readResponse } from './wire.js'

/** All that is known of one interaction after it ran. */
export interface Evidence {
  readonly planned: PlannedInteraction
  /** Undefined where Pact's verifier gave no result. */
  readonly verdict: Verdict | undefined
  /** Undefined where the interaction was never begun. */
  readonly exchange: Exchange | undefined
  readonly stateFailure: string | undefined
  /** Milliseconds that the provider had for an answer. */
  readonly timeout: number
}

export interface Judgement {
  readonly failures: readonly VerifiedFailure[]
  /** What came; undefined where no answer did. */
  readonly response: CameResponse | undefined
}

/** What an interaction shows, told once: a broken connection hides the mismatches that follow from it. */
export async function judge(evidence: Evidence): Promise<Judgement> {
  const { planned, verdict, exchange, stateFailure } = evidence
  const source = planned.comment?.response ?? planned.comment?.source ?? planned.source
  const alone = (where: string, expected: string, actual: string, response?: CameResponse): Judgement => ({
    failures: [{ where, expected, actual, source, by: 'pact' }],
    response,
  })
  if (stateFailure !== undefined) return alone('provider state', 'to be set up', stateFailure)
  const came = exchange && (await readResponse(exchange.response, planned.method))
  if (!verdict) return alone('answer', 'to be verified', "Pact's verifier gave no result for it")
  if (came === undefined) return alone('answer', 'an HTTP response', silence(evidence))
  if (typeof came === 'string') return alone('answer', 'an HTTP response', came)
  if (came.incomplete) {
    const how = exchange?.ended === false ? `was not complete within ${evidence.timeout} ms` : 'broke off'
    return alone('answer', 'a whole HTTP response', `status ${came.status}, then the answer ${how}`, came)
  }
  if (came.status >= 300 && came.status < 400 && came.headers.location !== undefined) {
    const expected = expectedStatus(planned)
    // The verifier follows redirects, so what it says is of another answer than this.
    if (expected === String(came.status)) return { failures: [], response: came }
    const actual = `${came.status}, a redirect to ${String(came.headers.location)}`
    return alone('status', expected, actual, came)
  }
  if (verdict.message !== undefined && verdict.mismatches.length === 0)
    return alone('answer', 'to be verified', verdict.message, came)
  return { failures: compared(planned, verdict, came), response: came }
}

function compared(planned: PlannedInteraction, verdict: Verdict, came: CameResponse): VerifiedFailure[] {
  const pact = verdict.mismatches.flatMap((one) => failuresOf(one, planned))
  const asPromised = !pact.some(({ where }) => where === 'status' || where === 'header Content-Type')
  const schema = planned.comment
    ? checkAgainstComment({ ...planned.comment, schema: planned.schema }, came)
    : []
  const found = new Map<string, VerifiedFailure>()
  const add = (failure: Failure, by: FailureBy): void => {
    if (!found.has(failure.where)) found.set(failure.where, { ...failure, by })
  }
  // The schema says in the docs' words what was expected; who noticed first is kept.
  for (const failure of pact) add(schema.find(({ where }) => where === failure.where) ?? failure, 'pact')
  // Of another answer than the documented one the schema has nothing to say of its own.
  if (asPromised) for (const failure of schema) add(failure, 'schema')
  // Of an answer with another status the rest follows from that.
  const byWeight = [...found.values()].toSorted(
    (a, b) => Number(b.where === 'status') - Number(a.where === 'status'),
  )
  return byWeight.map((failure) => explained(failure, came))
}

/** Codings that Pact's verifier asks for, and takes. */
const TAKEN = new Set(['gzip', 'x-gzip', 'deflate', 'identity'])

/** What a body that cannot be read is instead, where that can be told. */
function unreadable({ actual }: VerifiedFailure, { headers }: CameResponse): string {
  const codings = String(headers['content-encoding'] ?? 'identity').split(',')
  const other = codings.map((one) => one.trim().toLowerCase()).find((one) => !TAKEN.has(one))
  if (other !== undefined) return `a body in the coding ${other}; the request takes gzip and deflate`
  // RFC 8259, section 8.1.
  return actual.startsWith('\uFEFF') ? `a byte order mark before ${actual.slice(1)}` : actual
}

/** A page where data should be is most often a sign-in, an error or a proxy: its title tells which. */
function explained(failure: VerifiedFailure, came: CameResponse): VerifiedFailure {
  const { headers, body } = came
  if (failure.where === 'body' && failure.by === 'pact')
    return { ...failure, actual: unreadable(failure, came) }
  const type = String(headers['content-type'] ?? '')
  if (failure.where !== 'header Content-Type' || !/html/i.test(type)) return failure
  const [, title = ''] = /<title[^>]*>([^<]*)/i.exec(body) ?? []
  return { ...failure, actual: `${type}, an HTML page${title.trim() ? ` ("${title.trim()}")` : ''}` }
}

function expectedStatus({ comment, raw }: PlannedInteraction): string {
  const response: unknown = raw.response
  const status: unknown =
    typeof response === 'object' && response && 'status' in response ? response.status : 200
  return comment?.status ?? String(status)
}

function silence({ exchange, timeout, verdict }: Evidence): string {
  if (exchange?.trouble !== undefined) return troubleText(exchange.trouble)
  if (exchange === undefined || exchange.request.length === 0)
    return verdict?.message ?? 'the request was never sent'
  return exchange.ended ? 'it closed the connection without an answer' : `no answer within ${timeout} ms`
}

/** The judgement as the report has it. */
export const reported = (
  { comment, consumer, pact, key, description, method, path, pending, source }: PlannedInteraction,
  failures: readonly VerifiedFailure[],
  curl: string | undefined,
): VerifiedInteraction => ({
  key,
  description,
  operationId: comment?.operationId ?? `${method} ${path}`,
  method,
  path,
  source: comment?.source ?? source,
  consumer,
  pact,
  status: failures.length === 0 ? 'passed' : 'failed',
  ...(pending ? { pending } : {}),
  failures: [...failures],
  ...(failures.length > 0 && curl !== undefined ? { curl } : {}),
})
