import { ANNOTATIONS, type Flat, type Node } from './flatten.js'
import type { Alternative } from './scalar.js'

export interface Union {
  readonly keyword: 'anyOf' | 'oneOf'
  readonly pointer: string
  readonly branches: readonly Node[]
}

/** The alternatives of a schema that says nothing beside them; undefined for any other. */
export function unions(flat: Flat): Union | undefined {
  const asserting = [...flat.keywords.keys()].filter(
    (keyword) => !ANNOTATIONS.has(keyword) && !keyword.startsWith('x-') && keyword !== '$defs',
  )
  const [keyword] = asserting
  if (asserting.length !== 1 || (keyword !== 'anyOf' && keyword !== 'oneOf') || flat.properties.size > 0)
    return undefined
  const part = flat.keywords.get(keyword)
  if (!part || !Array.isArray(part.schema)) return undefined
  return {
    keyword,
    pointer: part.pointer,
    branches: part.schema.map((schema, index) => [{ schema, pointer: `${part.pointer}/${index}` }]),
  }
}

/** Whether no value meets two of the alternatives, so that "exactly one" and "at least one" are the same. */
export function disjoint(ways: readonly Alternative[]): boolean {
  return ways.every((way, index) =>
    ways.slice(index + 1).every((other) => {
      const kinds = [way.type, other.type].map((type) => (type === 'integer' ? 'number' : type))
      if (kinds[0] !== kinds[1]) return true
      return way.values !== undefined && other.values?.every((value) => !way.values?.includes(value)) === true
    }),
  )
}
