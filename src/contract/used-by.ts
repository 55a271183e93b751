import type { ApiDescription } from '../operation/description.js'
import type { Spot } from './change.js'
import { findOperation } from './find-operation.js'
import type { Consumed } from './pact-reader.js'
import { memberOf } from './value.js'

/**
 * The consumers whose pacts touch a place: the operation at all, the parameter or member that they
 * send, the status and member that they read. Sorted, each once.
 */
export function usersOf(consumed: readonly Consumed[], description: ApiDescription, spot: Spot): string[] {
  const users = consumed.filter(
    (one) => findOperation(description, one.method, one.path) !== undefined && touches(one, spot),
  )
  return [...new Set(users.map(({ consumer }) => consumer))].toSorted()
}

function touches(consumed: Consumed, { part, status, body, parameter }: Spot): boolean {
  if (part === 'operation') return true
  if (parameter) return sends(consumed, parameter.in, parameter.name)
  const message = part === 'request' ? consumed.requestBody : consumed.responseBody
  if (part === 'response' && status !== undefined && !statusFits(status, consumed.status)) return false
  if (body === undefined) return true
  if (message === undefined) return false
  // What becomes required of a sender concerns whoever sends the object around it.
  return holds(message.value, part === 'request' ? body.slice(0, -1) : body)
}

function sends({ query, headers }: Consumed, place: string, name: string): boolean {
  if (place === 'path') return true
  if (place === 'query') return query[name] !== undefined
  if (place === 'cookie') return headers.cookie?.includes(`${name}=`) === true
  // A header that becomes required concerns whoever does not send it yet.
  return place === 'header'
}

const statusFits = (documented: string, status: number): boolean =>
  documented === 'default' || documented === String(status) || documented === `${String(status).charAt(0)}XX`

/** Whether a value has the member; `*` is any item or member. */
function holds(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return value !== undefined
  if (name !== '*') return holds(memberOf(value, name), rest)
  const inside = Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? Object.values(value)
      : []
  return inside.some((one) => holds(one, rest))
}
