import type { Located } from '../schema/located.js'
import { isMap } from './scalar.js'
import type { Shapes } from './shape.js'

/** Deeper than documents are meant to be; what is below is shown as it is. */
const DEEPEST = 30

/**
 * What a reply may show of a document: no `writeOnly` members, and only those that its schema documents,
 * where it documents any and does not say that there are others. A password that a request brought is
 * never in a reply that does not list it.
 */
export function visible(value: unknown, located: Located, shapes: Shapes, depth = 0): unknown {
  if (depth > DEEPEST) return value
  if (Array.isArray(value)) {
    const item = shapes.items(located)
    return item ? value.map((one) => visible(one, item, shapes, depth + 1)) : value
  }
  if (!isMap(value)) return value
  const isOpen = shapes.members(located).size === 0 || shapes.isOpen(located)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const schema = shapes.member(located, name)
      if (!schema) return isOpen ? [[name, member]] : []
      if (shapes.isHidden(schema, 'response')) return []
      return [[name, visible(member, schema, shapes, depth + 1)]]
    }),
  )
}
