import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { traceParentOf, traceStateOf } from '../../steer/trace-context.js'

/** Sampled, and (level 2) that the trace id is random; a sender sets no flag that it does not know. */
const KNOWN_FLAGS = 0b11

/**
 * `traceparent` and `tracestate` for the upstream (https://www.w3.org/TR/trace-context/, section 4): the
 * trace goes on with this hop as the parent; one that came in no good form begins anew, without its state.
 * None where the client named none.
 */
export function traceHeaders(headers: IncomingHttpHeaders): [name: string, value: string][] {
  if (headers['traceparent'] === undefined) return []
  const trace = traceParentOf(headers)
  if (!trace) return [['traceparent', parent(digits(16), digits(8), 0)]]
  const state = traceStateOf(headers)
  return [
    ['traceparent', parent(trace.traceId, digits(8), Number.parseInt(trace.flags, 16) & KNOWN_FLAGS)],
    ...(state === undefined ? [] : [['tracestate', state] satisfies [string, string]]),
  ]
}

const parent = (traceId: string, parentId: string, flags: number): string =>
  `00-${traceId}-${parentId}-${flags.toString(16).padStart(2, '0')}`

/** Random hexadecimal digits, which are not all 0. */
function digits(bytes: number): string {
  const made = randomBytes(bytes)
  return made.some((byte) => byte > 0) ? made.toString('hex') : digits(bytes)
}
