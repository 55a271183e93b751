import type { IncomingHttpHeaders } from 'node:http'
import type { Operation } from '../../operation/operation.js'
import { formatSource } from '../../operation/source.js'
import { headerText, type Note } from '../../respond/decision.js'
import { placeOf, summarize, type Violation } from '../../respond/violation.js'
import type { UpstreamFailure } from './upstream-failure.js'

/** How a request or a reply was held against the docs. */
export interface Checked {
  readonly violations: readonly Violation[]
  /** Why its body was not looked at, as the end of a sentence: `it is larger than …`. */
  readonly unchecked?: string | undefined
  /** The body without its content coding, where it was looked at. */
  readonly body?: Uint8Array | undefined
}

/** A call that went through the proxy, as those are told of it that keep something of it. */
export interface ProxiedCall {
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  /** Undefined where the docs have no such operation. */
  readonly operation: Operation | undefined
  readonly requestHeaders: IncomingHttpHeaders
  readonly request: Checked
  /** What is to be said of a request that breaks nothing. */
  readonly requestNotes: readonly Note[]
  /** What the client got; 0 where it had gone. */
  readonly status: number
  readonly replyHeaders: Readonly<Record<string, string | string[]>>
  readonly reply: Checked
  readonly outcome: 'passed-on' | 'refused' | 'withheld' | 'failed' | 'fallback' | 'aborted'
  readonly failure: UpstreamFailure | undefined
}

export const NOT_CHECKED: Checked = { violations: [] }

/** What breaks the docs, in one line: `request: header X is required; reply: body /id must be string`. */
export const violationsText = (request: readonly Violation[], reply: readonly Violation[]): string =>
  [
    ...(request.length > 0 ? [`request: ${summarize(request)}`] : []),
    ...(reply.length > 0 ? [`reply: ${summarize(reply)}`] : []),
  ].join('; ')

export const violationsHeader = (request: readonly Violation[], reply: readonly Violation[]): string[] => {
  const text = violationsText(request, reply)
  return text === '' ? [] : ['standin-violations', headerText(text)]
}

/** With the place in the docs, for the log. */
export const withPlaces = (violations: readonly Violation[]): string =>
  violations
    .map((one) => `${placeOf(one)} ${one.message}${one.source ? ` (${formatSource(one.source)})` : ''}`)
    .join('; ')

/** What an undocumented request breaks. */
export const undocumented = (method: string, path: string): Violation => ({
  in: 'path',
  pointer: '',
  keyword: 'operation',
  message: `${path} is not documented with ${method}`,
})
