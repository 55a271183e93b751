import type { ApiDescription } from '../operation/description.js'
import { essenceOf } from '../operation/media-type.js'
import type { Operation, Response } from '../operation/operation.js'
import { namer, pactText } from './generate.js'
import { type Case, holdingStates, subjectOf, writeInteraction } from './interactions.js'
import type { Interaction, ProviderState } from './pact.js'
import { identityOf, type ObservedCall, type UsedRequest, usedRequest } from './recorded-call.js'
import { type Expectation, expectResponse } from './response.js'
import { responseFor } from './schema-check.js'
import { byText, slug, uniqueTexts } from './text.js'

export type { ObservedCall } from './recorded-call.js'

export interface RecordOptions {
  readonly consumer: string
  readonly provider: string
}

/** A call that no contract holds, and why; the same call several times is one. */
export interface LeftOut {
  readonly call: string
  readonly reason: string
  readonly times: number
}

export interface Recording {
  /** The Pact file: the same text for the same calls, in whatever order they came. */
  readonly text: string
  readonly interactions: number
  /** Calls that broke the docs, or that they do not describe. */
  readonly leftOut: readonly LeftOut[]
}

interface Recorded {
  readonly operation: Operation
  readonly description: ApiDescription
  readonly recordedCase: Case
  readonly identity: string
}

/**
 * Makes a contract of the calls that a consumer really made: of each the documented part alone, once,
 * with the matchers of the documented response and the state in which it was answered.
 */
export class Recorder {
  readonly #options: RecordOptions
  readonly #recorded = new Map<string, Recorded>()
  readonly #leftOut = new Map<string, LeftOut>()

  constructor(options: RecordOptions) {
    this.#options = options
  }

  /** A call of a documented operation. */
  observe(call: ObservedCall, description: ApiDescription): void {
    const operation = description.operations.find(({ operationId }) => operationId === call.operationId)
    if (!operation) return
    const response = responseFor(operation.responses, call.status)
    const path = call.url.split('?', 1)[0]
    const told = `${operation.method} ${path} (${operation.operationId}), answered ${call.status}`
    if (call.steered !== undefined) return this.leaveOut(told, `its reply was set: ${call.steered}`)
    // A request without credentials that is refused as documented is a use of the API like any other.
    const refused = call.status === 401 && response?.status === '401'
    if (call.violations !== undefined && !refused) return this.leaveOut(told, call.violations)
    if (!response) return this.leaveOut(told, 'the docs have no such status')
    if (call.status >= 300 && call.status < 400)
      return this.leaveOut(told, 'a redirect is followed before it can be checked')
    const used = usedRequest(operation, call, description)
    if (refused && used.missing.length === 0 && used.refused.length === 0)
      return this.leaveOut(told, call.violations ?? 'the docs do not say which credential it lacks')
    const expectation = expected(response, call, description)
    const identity = `${operation.operationId} ${call.status} ${expectation.mediaType ?? ''} ${identityOf(used.parts)}`
    const recordedCase = caseOf(call, response, operation, description, { used, expectation })
    this.#recorded.set(identity, { operation, description, recordedCase, identity })
  }

  /** A call that is left out of the contract. */
  leaveOut(call: string, reason: string): void {
    const key = `${call}\n${reason}`
    this.#leftOut.set(key, { call, reason, times: (this.#leftOut.get(key)?.times ?? 0) + 1 })
  }

  /** How many different calls it knows, those that are left out too. It grows when the file would. */
  get size(): number {
    return this.#recorded.size + this.#leftOut.size
  }

  /** What has been recorded so far. */
  recording(): Recording {
    const uniqueKey = uniqueTexts('-')
    const uniqueDescription = uniqueTexts(' ')
    const carriers = new Map<string, string>()
    const interactions = [...this.#recorded.values()]
      .toSorted((a, b) => byText(a.identity, b.identity))
      .map(({ operation, description, recordedCase }): Interaction => {
        const { status, expectation, says } = recordedCase
        const key = uniqueKey(`${operation.operationId}-${recordedCase.key}`)
        const carried = `${operation.operationId} ${status} ${expectation.mediaType}`
        const schemaOf = expectation.schema === undefined ? undefined : carriers.get(carried)
        if (schemaOf === undefined) carriers.set(carried, key)
        return writeInteraction(subjectOf(operation, description), recordedCase, {
          key,
          description: uniqueDescription(`${namer(description)(operation)} ${says}`),
          schemaOf,
        })
      })
    const leftOut = [...this.#leftOut.values()].toSorted(
      (a, b) => byText(a.call, b.call) || byText(a.reason, b.reason),
    )
    // Without the number of times: a test that waits for something asks now more often, now less.
    const told = leftOut.map(({ call, reason }) => ({ call, reason }))
    const about = told.length > 0 ? { standin: { leftOut: told } } : {}
    return { text: pactText(this.#options, interactions, about), interactions: interactions.length, leftOut }
  }
}

/** What the docs promise of this response in the media type that was sent. */
function expected(response: Response, call: ObservedCall, { documents }: ApiDescription): Expectation {
  const expectations = expectResponse({ ...response, status: String(call.status) }, documents)
  const type = essenceOf(call.responseType ?? '')
  const [first] = expectations
  const found = expectations.find(({ mediaType }) => essenceOf(mediaType ?? '') === type) ?? first
  return found ?? { response: { status: call.status }, unsupported: [] }
}

function caseOf(
  call: ObservedCall,
  response: Response,
  operation: Operation,
  description: ApiDescription,
  { used, expectation }: { used: UsedRequest; expectation: Expectation },
): Case {
  const { parts, missing, refused } = used
  const lacking = missing.map(({ parameter }) => parameter)
  const wrong = refused.map(({ parameter }) => parameter)
  const how = [
    lacking.length > 0 ? `without ${lacking.join(' and ')}` : '',
    wrong.length > 0 ? `to an unknown ${wrong.join(' and ')}` : '',
    lacking.length + wrong.length === 0 ? sentWords(parts) : '',
  ]
    .filter(Boolean)
    .join(' ')
  const key = [
    `${call.status}`,
    ...lacking.map((name) => `without-${slug(name)}`),
    ...wrong.map((name) => `unknown-${slug(name)}`),
  ]
  return {
    key: key.join('-'),
    says: `answers ${call.status} ${how}`,
    parts,
    expectation,
    status: String(call.status),
    source: response.source,
    states: statesOf(call, { ...subjectOf(operation, description), request: parts }),
  }
}

/** A person tells two requests apart by what they hold. */
function sentWords({ path, query, body }: UsedRequest['parts']): string {
  const values = [...Object.entries(path), ...Object.entries(query)].map(
    ([name, value]) => `${name} ${value}`,
  )
  const members =
    typeof body?.value === 'object' && body.value !== null && !Array.isArray(body.value)
      ? Object.keys(body.value)
      : []
  const form = body && !/json/.test(body.mediaType) ? ` sent as ${body.mediaType}` : ''
  const words = [...values, ...members]
  return words.length === 0 ? `when it is asked${form}` : `to a request with ${words.join(', ')}${form}`
}

/** The state in which a call was answered, as the answer tells it. */
function statesOf(call: ObservedCall, subject: Parameters<typeof holdingStates>[0]): ProviderState[] {
  const states = holdingStates(subject)
  if (call.status !== 404) return states
  return states.map((state) =>
    state.name === 'the documented data exists'
      ? { ...state, name: 'the documented data does not exist' }
      : state,
  )
}
