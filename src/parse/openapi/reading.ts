import { type TSchema, Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import type { Dialect } from './dialect.js'
import { type Place, refTo, textMember } from '../document/place.js'
import type { Report } from '../document/report.js'
import { isPlace, type Resolver } from './resolver.js'

/** What readers of all parts share while one description is read. */
export interface Reading {
  readonly dialect: Dialect
  readonly resolver: Resolver
  readonly report: Report
  /** One schema object for each place, however many operations use it, so that validators can be shared. */
  readonly schemas: Map<string, TSchema>
  /** Texts of examples by place, shared in the same way. */
  readonly texts: Map<string, string>
}

/** No description is nested in references like this; it goes in a circle. */
const MAX_HOPS = 50

/** Follows a Reference Object to what it refers to. Undefined, and reported, where that is nothing. */
export function deref({ resolver, report }: Reading, place: Place): Place | undefined {
  let target = place
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const ref = textMember(target.value, '$ref')
    if (ref === undefined) return isObject(target.value) ? target : undefined
    const next = resolver.resolve(target.document, ref)
    if (!isPlace(next)) {
      report('unresolved-reference', 'error', `"${ref}" leads nowhere. ${next.problem}`, target)
      return undefined
    }
    target = next
  }
  report('unresolved-reference', 'error', 'The reference leads back to itself.', place)
  return undefined
}

/**
 * The schema at a place as operations carry it: a reference into its document. References that say
 * nothing else are passed over, so that users of one component share one schema.
 */
export function schemaAt(reading: Reading, place: Place): TSchema {
  const ref = refTo(finalSchema(reading, place))
  const known = reading.schemas.get(ref) ?? Type.Unsafe({ $ref: ref })
  reading.schemas.set(ref, known)
  return known
}

/** The first schema on the way through references that says anything itself. */
export function finalSchema({ resolver }: Reading, place: Place): Place {
  let target = place
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const { value } = target
    if (!isObject(value) || typeof value['$ref'] !== 'string' || Object.keys(value).length > 1) return target
    const next = resolver.resolve(target.document, value['$ref'])
    if (!isPlace(next)) return target
    target = next
  }
  return target
}
