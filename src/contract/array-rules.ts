import { isObject } from '../operation/json-object.js'
import type { Flat, Node } from './flatten.js'
import { allOf, anything, itemPath } from './rules.js'
import type { Mode, Walk } from './walk.js'

/**
 * A list may be empty, longer, or documented as `[]`: `type` with the documented bounds, and rules
 * for each item. One item stands for all, since the first item of a sample is not the shape.
 */
export function arrayOf(walk: Walk, flat: Flat, path: string, documented: unknown, mode: Mode): unknown {
  const items = flat.keywords.get('items')
  const least = Number(flat.keywords.get('minItems')?.schema ?? 0)
  const most = flat.keywords.get('maxItems')
  for (const keyword of ['uniqueItems', 'minContains', 'maxContains', 'prefixItems', 'contains']) {
    const part = flat.keywords.get(keyword)
    if (!part || part.schema === false || (keyword === 'contains' && !items && least === 0 && !most)) continue
    walk.limits.keyword(part.pointer, keyword, `Pact has no matcher for "${keyword}" here`)
  }
  const contains = flat.keywords.get('contains')
  if (contains && !items && least === 0 && !most) {
    const assertion = walk.scalarOf([contains], undefined)
    if (assertion) {
      const variant = { index: 0, rules: { $: assertion.rules }, generators: {} }
      walk.set(path, allOf({ match: 'arrayContains', variants: [variant] }))
      return [assertion.example]
    }
    walk.limits.keyword(contains.pointer, 'contains', 'only a scalar can be asked for')
  }
  walk.set(path, allOf({ match: 'type', min: least, ...(most ? { max: Number(most.schema) } : {}) }))
  const shown = Array.isArray(documented) ? documented : []
  // Items after a fixed start are not all items; `false` and an object need not hold for the first.
  const itemNode: Node | undefined = items && !flat.keywords.has('prefixItems') ? [items] : undefined
  if (items && !itemNode)
    walk.limits.keyword(items.pointer, 'items', 'the items after a fixed start have no matcher')
  if (items?.schema === false && itemNode) {
    walk.set(path, allOf({ match: 'type', min: least, max: 0 }))
    return []
  }
  if (!itemNode || items?.schema === true) {
    if (least === 0) return []
    walk.set(itemPath(path), anything)
    return Array.from({ length: least }, () => walk.anything(itemPath(path)))
  }
  const item = walk.value(itemNode, itemPath(path), mergeItems(shown), mode)
  return Array.from({ length: Math.max(1, least) }, () => item)
}

/** All items of an array as one; the first that has a member gives its value. */
function mergeItems(items: readonly unknown[]): unknown {
  const objects = items.filter(isObject)
  if (objects.length === 0) return items[0]
  return Object.assign({}, ...objects.toReversed()) as unknown
}
