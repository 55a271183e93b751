import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
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

function touches(consumed: Consumed, { part, status, body, parameter, unsent }: Spot): boolean {
  if (parameter) return sends(consumed, parameter.in, parameter.name) !== (unsent === true)
  if (part === 'operation') return true
  const message = part === 'request' ? consumed.requestBody : consumed.responseBody
  if (part === 'response' && status !== undefined && !statusFits(status, consumed.status)) return false
  if (body === undefined) return true
  if (message === undefined) return false
  return unsent === true ? lacks(message.value, body) : holds(message.value, body)
}

function sends({ query, headers }: Consumed, place: string, name: string): boolean {
  if (place === 'path') return true
  if (place === 'query') return query[name] !== undefined || query[`${name}[]`] !== undefined
  if (place === 'cookie')
    return headers.cookie?.split(/;\s*/).some((pair) => pair.startsWith(`${name}=`)) === true
  return headers[name.toLowerCase()] !== undefined
}

const statusFits = (documented: string, status: number): boolean =>
  documented === 'default' || documented === String(status) || documented === `${String(status).charAt(0)}XX`

/** Whether a value has the member; `*` is any item or member. */
function holds(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return value !== undefined
  return name === '*' ? insideOf(value).some((one) => holds(one, rest)) : holds(memberOf(value, name), rest)
}

/** Whether there is an object that could have the member, and has not. */
function lacks(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return false
  if (name === '*') return insideOf(value).some((one) => lacks(one, rest))
  const member = memberOf(value, name)
  return rest.length > 0 ? lacks(member, rest) : isObject(value) && member === undefined
}

function insideOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : []
}
