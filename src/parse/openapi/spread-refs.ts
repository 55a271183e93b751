import { isObject } from '../../operation/json-object.js'
import { at, elements, members, type Members, type Place, refTo, textMember } from '../document/place.js'
import type { Report } from '../document/report.js'
import { isPlace, type Resolver } from './resolver.js'

/** References in a row before a map or list is reached; more go in a circle. */
const MAX_HOPS = 50

/**
 * The map or list under a key. Where a reference stands in its place (`paths: { $ref: paths.yaml }`), which
 * OpenAPI does not know but authors of split descriptions write and bundlers take, it is made one of
 * references to the members there: each is then read where it is written. What stands beside it counts first.
 */
export function spread(parent: Place, key: string, resolver: Resolver, report: Report): Place {
  const written = at(parent, key)
  if (!isObject(parent.value) || textMember(written.value, '$ref') === undefined) return written
  const target = targetOf(written, resolver, report)
  const { $ref: _, ...own } = isObject(written.value) ? written.value : {}
  parent.value[key] =
    target && Array.isArray(target.value) ? elements(target).map(reference) : { ...namedIn(target), ...own }
  return at(parent, key)
}

function targetOf(written: Place, resolver: Resolver, report: Report): Place | undefined {
  let target = written
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const ref = textMember(target.value, '$ref')
    if (ref === undefined) return target
    const next = resolver.resolve(target.document, ref)
    if (!isPlace(next)) {
      report('unresolved-reference', 'error', `"${ref}" leads nowhere. ${next.problem}`, target)
      return undefined
    }
    target = next
  }
  report('unresolved-reference', 'error', 'The reference leads back to itself.', written)
  return undefined
}

const reference = (place: Place): Members => ({ $ref: refTo(place) })

const namedIn = (target: Place | undefined): Members =>
  Object.fromEntries(target ? members(target).map(({ key, place }) => [key, reference(place)]) : [])
