import { isObject } from '../../operation/json-object.js'
import type { AdmitContext } from '../schema/admits.js'
import { allowedValues, arrayOf } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { ownItemSchema, ownPropertySchemas, partsOf } from '../schema/members.js'
import { leftOut } from '../schema/visibility.js'
import type { Place } from './place.js'
import type { Random } from './random.js'

/**
 * The values that the schemas themselves show, the most telling first: `const`, `example`,
 * `examples`, `default`, `enum`. An empty default shows nothing and is left out.
 */
export function offersOf(
  parts: readonly Located[],
  place: Place,
  random: Random,
  context: AdmitContext,
): unknown[] {
  const shown: unknown[] = []
  const defaults: unknown[] = []
  const allowed: unknown[] = []
  for (const { schema } of parts) {
    if (typeof schema === 'boolean') continue
    const examples = arrayOf(schema, 'examples')
    if (Object.hasOwn(schema, 'example')) shown.push(schema['example'])
    if (examples) shown.push(...examples)
    if (Object.hasOwn(schema, 'default') && !isEmpty(schema['default'])) defaults.push(schema['default'])
    allowed.push(...(allowedValues(schema) ?? []))
  }
  const offers = rotated(shown, place.variant)
  if (place.variant === 0) offers.push(...defaults)
  offers.push(
    ...rotated(
      allowed,
      place.variant > 0 || allowed.length === 0 ? place.variant : random.integer(0, allowed.length - 1),
    ),
  )
  return offers.map((offer) => withoutHidden(offer, parts, context))
}

/** Where another value is wanted, another example goes first. */
function rotated(values: readonly unknown[], by: number): unknown[] {
  const start = values.length > 0 ? by % values.length : 0
  return [...values.slice(start), ...values.slice(0, start)]
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** An example of the whole may hold members that have no place in messages of this direction. */
function withoutHidden(value: unknown, schemas: readonly Located[], context: AdmitContext): unknown {
  if (!context.direction || typeof value !== 'object' || value === null) return value
  const parts = schemas.flatMap((schema) => [...partsOf(schema, context.resolve)])
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      withoutHidden(
        item,
        parts.flatMap((part) => ownItemSchema(part, index) ?? []),
        context,
      ),
    )
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const members = parts.flatMap((part) => ownPropertySchemas(part, name))
      if (members.some((schema) => leftOut(schema, context))) return []
      return [[name, withoutHidden(member, members, context)]]
    }),
  )
}
