import { isObject } from '../../operation/json-object.js'
import { grammar, type Kind } from './grammar.js'
import type { Members } from '../document/place.js'

const SHOWS_BODIES = new Set<Kind>(['parameter', 'header', 'mediaType', 'response'])

/**
 * Takes examples of bodies and parameters out of a document: operations carry them, as exact text, and
 * in large descriptions they are the greater part. Examples within schemas stay.
 */
export function dropBodyExamples(document: Members): void {
  if (isObject(document['components'])) delete document['components']['examples']
  const pending: { value: unknown; kind: Kind }[] = [{ value: document, kind: 'document' }]
  const seen = new Set<unknown>()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, kind } = next
    if (!isObject(value) || seen.has(value)) continue
    seen.add(value)
    if (SHOWS_BODIES.has(kind)) {
      for (const key of ['example', 'examples']) if (Object.hasOwn(value, key)) delete value[key]
    }
    const shapes = grammar.get(kind)
    for (const key of Object.keys(value)) {
      const shape = shapes?.get(key)
      const child = value[key]
      if (shape === undefined || shape.kind === 'schema') continue
      if (shape.many === undefined) pending.push({ value: child, kind: shape.kind })
      else if (typeof child === 'object' && child !== null) {
        for (const item of Object.values(child)) pending.push({ value: item, kind: shape.kind })
      }
    }
  }
}
