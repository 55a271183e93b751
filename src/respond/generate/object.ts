import { numberOf, recordOf, schemaAt, stringsOf } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { ownPropertySchemas } from '../schema/members.js'
import { leftOut } from '../schema/visibility.js'
import { furtherNames } from './further-names.js'
import { type Attempt, type Maker, memberPlace, type Place } from './place.js'
import { Exhausted, Unsatisfiable } from './unsatisfiable.js'

export function makeObject(
  parts: readonly Located[],
  place: Place,
  attempt: Attempt,
  maker: Maker,
): Record<string, unknown> {
  const schemasOf = (name: string): Located[] => parts.flatMap((part) => ownPropertySchemas(part, name))
  const hidden = (name: string): boolean => schemasOf(name).some((schema) => leftOut(schema, maker.context))
  const least = Math.max(0, ...parts.map(({ schema }) => numberOf(schema, 'minProperties') ?? 0))
  const most = Math.min(...parts.map(({ schema }) => numberOf(schema, 'maxProperties') ?? Infinity))
  const required = withDependents(
    new Set(parts.flatMap(({ schema }) => stringsOf(schema, 'required'))),
    parts,
  )
  const documented = new Set(parts.flatMap(({ schema }) => Object.keys(recordOf(schema, 'properties'))))

  const members = new Map<string, unknown>()
  const add = (name: string, optional: boolean): void => {
    if (members.has(name) || hidden(name)) return
    try {
      members.set(name, maker.make(schemasOf(name), memberPlace(place, name, parts, { optional })))
    } catch (error) {
      if (error instanceof Exhausted || !(error instanceof Unsatisfiable) || !optional) throw error
    }
  }
  const allowed = nameTest(parts, maker)
  for (const name of required) add(name, false)
  for (const name of documented) {
    if (attempt.members === 'required' || (attempt.members === 'some' && attempt.random.next() < 0.5)) break
    const dependents = withDependents(new Set([name]), parts)
    if (members.size + dependents.size <= most && allowed(name))
      for (const needed of dependents) add(needed, true)
  }
  const usual = documented.size === 0 && attempt.members === 'all' && describesFurther(parts) ? 2 : 0
  const wanted = Math.min(most, Math.max(least, members.size === 0 ? usual : 0))
  if (members.size < wanted) {
    for (const name of documented) if (members.size < wanted && allowed(name)) add(name, true)
    for (const name of furtherNames(parts, place, maker)) {
      if (members.size >= wanted) break
      if (allowed(name)) add(name, true)
    }
  }
  // In the order of the description, whatever was needed first.
  const order = [...documented, ...members.keys()]
  return Object.fromEntries(
    [...new Set(order)].flatMap((name) => (members.has(name) ? [[name, members.get(name)]] : [])),
  )
}

/** `dependentRequired`: whose presence asks for others. */
function withDependents(names: Set<string>, parts: readonly Located[]): Set<string> {
  const all = new Set(names)
  // A set goes on over what is added while it is walked.
  for (const name of all) {
    for (const { schema } of parts) {
      for (const dependent of stringsOf(recordOf(schema, 'dependentRequired'), name)) all.add(dependent)
    }
  }
  return all
}

function nameTest(parts: readonly Located[], maker: Maker): (name: string) => boolean {
  const schemas = parts.flatMap((part) => schemaAt(part, 'propertyNames') ?? [])
  return (name) => schemas.every((schema) => maker.admits(schema, name))
}

/** Whether anything is said of members that are not named. */
function describesFurther(parts: readonly Located[]): boolean {
  return parts.some(({ schema }) => {
    if (typeof schema === 'boolean') return false
    const rest = schema['additionalProperties']
    return 'patternProperties' in schema || (typeof rest === 'object' && rest !== null)
  })
}
