import { isObject } from '../../operation/json-object.js'
import { at, elements, members, type Members, type Place } from '../document/place.js'
import type { Report } from '../document/report.js'

/** Keywords whose schemas apply to the same value as the schema they stand in (2020-12 section 10.2). */
const LISTS = ['allOf', 'anyOf', 'oneOf']
const SINGLE = ['not', 'if', 'then', 'else']

/** Validators would run out of stack, too. */
const MAX_DEPTH = 1000

type Targets = ReadonlyMap<Members, { place: Place; target: Place }>

/**
 * Takes references away that would have a validator go in circles on one value, such as `A` that is all of
 * `A`. A circle through members or items is no such thing: the value comes to an end.
 * `targets` are the schemas with a `$ref`, and where each leads.
 */
export function breakEndlessRefs(targets: Targets, report: Report): void {
  let again = true
  while (again) again = breakSome(targets, report)
}

/** Whether there may be circles left: what lies behind a reference that was cut on the way is not looked at anew. */
function breakSome(targets: Targets, report: Report): boolean {
  const done = new Set<unknown>()
  const open = new Set<Members>()
  let isPartial = false

  const visit = (place: Place): void => {
    const schema = place.value
    if (!isObject(schema) || done.has(schema)) return
    if (open.has(schema) || open.size > MAX_DEPTH) return cut([...open], schema)
    open.add(schema)
    const reference = typeof schema['$ref'] === 'string' ? targets.get(schema) : undefined
    if (reference !== undefined) visit(reference.target)
    for (const inner of inPlace(place, schema)) visit(inner)
    open.delete(schema)
    done.add(schema)
  }

  /** Where a circle has a child that is all of a parent, which is one of its children, that is where; else at its end. */
  const cut = (way: readonly Members[], met: Members): void => {
    const circle = way.slice(Math.max(0, way.indexOf(met)))
    const references = circle.filter((schema) => typeof schema['$ref'] === 'string' && targets.has(schema))
    const isInherited = (schema: Members): boolean => targets.get(schema)?.place.tokens.at(-2) === 'allOf'
    const chosen = references.findLast(isInherited) ?? references.at(-1)
    const reference = chosen && targets.get(chosen)
    if (chosen === undefined || reference === undefined) return
    delete chosen['$ref']
    if (isInherited(chosen) && Object.keys(chosen).length === 0) inherit(chosen, reference.target.value)
    isPartial = true
    const message = 'The reference leads back to itself without an end; it is left out of account.'
    report('endless-reference', 'error', message, reference.place)
  }

  for (const { place } of targets.values()) visit(place)
  return isPartial
}

/** A child is all that its parent says, but that it has to be one of the children. */
function inherit(child: Members, parent: unknown): void {
  if (!isObject(parent)) return
  const { $ref: _ref, oneOf: _oneOf, anyOf: _anyOf, ...own } = parent
  if (!holds(own, child)) Object.assign(child, own)
}

/** Whether a schema is written somewhere within a value: what a part of it took over of it would have no end. */
function holds(value: unknown, wanted: Members): boolean {
  const pending = [value]
  const seen = new Set<unknown>()
  for (const next of pending) {
    if (next === wanted) return true
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    pending.push(...Object.values(next))
  }
  return false
}

function* inPlace(place: Place, schema: Members): Generator<Place> {
  for (const keyword of LISTS) if (Array.isArray(schema[keyword])) yield* elements(at(place, keyword))
  for (const keyword of SINGLE) if (isObject(schema[keyword])) yield at(place, keyword)
  if (isObject(schema['dependentSchemas'])) {
    for (const { place: inner } of members(at(place, 'dependentSchemas'))) yield inner
  }
}
