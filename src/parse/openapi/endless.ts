import { isObject } from '../../operation/json-object.js'
import { at, elements, members, type Members, type Place } from '../document/place.js'
import type { Report } from '../document/report.js'

/** Keywords whose schemas apply to the same value as the schema they stand in (2020-12 section 10.2). */
const LISTS = ['allOf', 'anyOf', 'oneOf']
const SINGLE = ['not', 'if', 'then', 'else']

/** Validators would run out of stack, too. */
const MAX_DEPTH = 1000

/**
 * Takes references away that would have a validator go in circles on one value, such as `A` that is all of
 * `A`. A circle through members or items is no such thing: the value comes to an end.
 * `targets` are the schemas with a `$ref`, and where each leads.
 */
export function breakEndlessRefs(
  targets: ReadonlyMap<Members, { place: Place; target: Place }>,
  report: Report,
): void {
  const done = new Set<unknown>()
  const open = new Set<unknown>()
  /** Whether a schema that is still being looked at is met again, or nothing but references for too long. */
  const visit = (place: Place, depth = 0): boolean => {
    const schema = place.value
    if (!isObject(schema) || done.has(schema)) return false
    if (open.has(schema) || depth > MAX_DEPTH) return true
    open.add(schema)
    const reference = targets.get(schema)
    if (reference !== undefined && visit(reference.target, depth + 1)) {
      delete schema['$ref']
      const message = 'The reference leads back to itself without an end; it is left out of account.'
      report('endless-reference', 'error', message, reference.place)
    }
    for (const inner of inPlace(place, schema)) visit(inner, depth + 1)
    open.delete(schema)
    done.add(schema)
    return false
  }
  for (const { place } of targets.values()) visit(place)
}

function* inPlace(place: Place, schema: Members): Generator<Place> {
  for (const keyword of LISTS) if (Array.isArray(schema[keyword])) yield* elements(at(place, keyword))
  for (const keyword of SINGLE) if (isObject(schema[keyword])) yield at(place, keyword)
  if (isObject(schema['dependentSchemas'])) {
    for (const { place: inner } of members(at(place, 'dependentSchemas'))) yield inner
  }
}
