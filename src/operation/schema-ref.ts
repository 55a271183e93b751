import type { TSchema } from '@sinclair/typebox'
import { isObject } from './json-object.js'
import type { ApiDescription } from './description.js'
import { fragmentToPointer, pointerTokens, valueAt } from './pointer.js'

/** What a reference such as `<id>#/components/schemas/Pet` leads to; undefined where that is nothing. */
export function resolveRef(documents: ApiDescription['documents'], ref: string): unknown {
  const hash = ref.indexOf('#')
  const id = hash === -1 ? ref : ref.slice(0, hash)
  const pointer = hash === -1 ? '' : fragmentToPointer(ref.slice(hash + 1))
  return valueAt(documents[id], pointerTokens(pointer))
}

/** More references in a row than any description has that leads somewhere. */
const MAX_HOPS = 50

/**
 * The schema that a reference stands for, for readers that look at its keywords: references that say nothing
 * else are followed. A `$ref` with keywords beside it is returned as it is, since both count.
 */
export function resolveSchema(documents: ApiDescription['documents'], schema: TSchema): TSchema | boolean {
  let current: TSchema | boolean = schema
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    if (typeof current === 'boolean' || typeof current['$ref'] !== 'string') return current
    if (Object.keys(current).length > 1) return current
    const target = resolveRef(documents, current['$ref'])
    if (!isSchema(target)) return true
    current = target
  }
  return true
}

const isSchema = (value: unknown): value is TSchema | boolean => typeof value === 'boolean' || isObject(value)
