import { setMember } from '../../operation/json-walk.js'
import { isMap } from './scalar.js'

/** A copy of an object with one member set, whatever its name. */
export function withMember(
  object: Readonly<Record<string, unknown>>,
  key: string,
  value: unknown,
): Record<string, unknown> {
  const copy = { ...object }
  setMember(copy, key, value)
  return copy
}

/** A copy of a body with a value at a place; what is not there on the way is made. */
export function withValueAt(body: unknown, [token, ...rest]: readonly string[], value: unknown): unknown {
  if (token === undefined) return value
  const object = isMap(body) ? body : {}
  const member = Object.hasOwn(object, token) ? object[token] : undefined
  return withMember(object, token, withValueAt(member, rest, value))
}
