import type { Raw } from '../schema/coerce.js'
import type { Located, Resolve } from '../schema/located.js'
import { typesOf } from '../schema/types.js'
import type { Decode } from './encoding.js'

/** What a serialised value may stand for. */
export type Shape = 'primitive' | 'array' | 'object'

/** The shapes that a schema leaves open, the simplest first. */
export function shapesOf(schema: Located, resolve: Resolve): Shape[] {
  const types = typesOf(schema, resolve)
  if (!types) return ['primitive']
  const shapes: Shape[] = []
  if ([...types].some((type) => type !== 'array' && type !== 'object')) shapes.push('primitive')
  if (types.has('array')) shapes.push('array')
  if (types.has('object')) shapes.push('object')
  return shapes.length > 0 ? shapes : ['primitive']
}

/** `a,b` as a list. */
export const listOf = (text: string, delimiter: string | RegExp, decode: Decode): Raw =>
  text.split(delimiter).map(decode)

/** `R,100,G,200` as a map; undefined where a name has no value. */
export function alternatingOf(text: string, delimiter: string | RegExp, decode: Decode): Raw | undefined {
  const parts = text.split(delimiter).map(decode)
  if (parts.length % 2 === 1) return undefined
  const members = new Map<string, string>()
  for (let at = 0; at < parts.length; at += 2) members.set(parts[at] ?? '', parts[at + 1] ?? '')
  return members
}

/** `R=100,G=200` as a map; undefined where a part is no pair. */
export function pairedOf(text: string, delimiter: string, decode: Decode): Raw | undefined {
  const members = new Map<string, string>()
  for (const part of text.split(delimiter)) {
    const equals = part.indexOf('=')
    if (equals === -1) return undefined
    members.set(decode(part.slice(0, equals)), decode(part.slice(equals + 1)))
  }
  return members
}
