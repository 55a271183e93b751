import type { Raw } from '../schema/coerce.js'
import { readDeepObject } from './deep-object.js'
import type { Decode, Pair } from './encoding.js'
import { repeated } from './malformed.js'
import { alternatingOf, listOf, type Shape } from './shape.js'

export interface PairSerialisation {
  readonly name: string
  readonly style: string
  readonly explode: boolean
  readonly decode: Decode
  /** Whether a pair of this name belongs to an exploded object. */
  readonly isMember: (name: string) => boolean
}

/**
 * Query and cookie parameters and form members by style, OpenAPI 3.1 section 4.8.12.4: `form`,
 * `spaceDelimited`, `pipeDelimited`, `deepObject`. Gives the ways in which the pairs can be read,
 * the strictest first; none where the parameter is absent. Throws Unreadable.
 */
export function readPairs(pairs: readonly Pair[], shape: Shape, serialisation: PairSerialisation): Raw[] {
  const { name, style, explode, decode, isMember } = serialisation
  if (style === 'deepObject' && shape !== 'primitive') return readDeepObject(pairs, name, decode)
  if (shape === 'object' && explode && style === 'form') {
    const members = pairs.filter((pair) => isMember(pair.name))
    return members.length === 0 ? [] : [collect(members, decode)]
  }
  const values: string[] = []
  for (const pair of pairs) if (pair.name === name) values.push(pair.raw)
  const [value] = values
  if (value === undefined) return []
  if (shape === 'array' && explode) {
    const items = values.map(decode)
    return value === '' && values.length === 1 ? [items, []] : [items]
  }
  if (values.length > 1) throw repeated(values.length)
  if (shape === 'primitive') return [decode(value)]
  if (value === '') return [shape === 'array' ? [] : new Map()]
  return delimitersOf(style).flatMap((delimiter) => {
    const raw = shape === 'array' ? listOf(value, delimiter, decode) : alternatingOf(value, delimiter, decode)
    return raw === undefined ? [] : [raw]
  })
}

/**
 * Space and pipe cannot stand in a URL, so their encoded forms delimit as well. A comma can: an
 * encoded one is part of a value by RFC 6570, yet many clients encode all of them, so that reading
 * comes second and is taken where the first does not meet the schema.
 */
function delimitersOf(style: string): RegExp[] {
  if (style === 'spaceDelimited') return [/ |\+|%20/]
  if (style === 'pipeDelimited') return [/\||%7C/i]
  return [/,/, /,|%2C/i]
}

/** Repeated members become lists. */
function collect(pairs: readonly Pair[], decode: Decode): Raw {
  const members = new Map<string, string[]>()
  for (const { name, raw } of pairs) members.set(name, [...(members.get(name) ?? []), decode(raw)])
  return new Map(
    [...members].map(([name, [value = '', ...more]]) => [name, more.length > 0 ? [value, ...more] : value]),
  )
}
