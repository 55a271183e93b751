import { isObject } from '../../operation/json-object.js'
import { at, type Place } from '../document/place.js'
import { deref, type Reading } from './reading.js'
import { isPlace } from './resolver.js'

/**
 * Where the value of an example is written. OpenAPI takes a reference there for data, but authors of split
 * descriptions write it (`example: { $ref: pet.json }`), and bundlers follow it: so it is followed where it
 * leads to another file or to an example of the components. Any other is the body of an API that speaks of
 * schemas, and is data.
 */
export function shownAt(reading: Reading, place: Place): Place {
  const { value } = place
  if (!isObject(value) || Object.keys(value).length !== 1) return place
  const ref = value['$ref']
  if (typeof ref !== 'string' || ref === '') return place
  const isComponent = /^[^#]*#\/components\/examples\/[^/]+$/.test(ref)
  if (ref.startsWith('#') && !isComponent) return place
  const target = reading.resolver.resolve(place.document, ref)
  if (!isPlace(target) || target.value === undefined) return place
  if (!isComponent) return target
  const example = deref(reading, target)
  const shown = example && at(example, 'value')
  return shown?.value === undefined ? target : shown
}
