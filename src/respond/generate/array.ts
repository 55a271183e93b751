import { equal } from '../../operation/equal.js'
import { arrayOf, numberOf, schemaAt } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { ownItemSchema } from '../schema/members.js'
import { type Attempt, type Maker, memberPlace, type Place } from './place.js'
import { Exhausted, Unsatisfiable } from './unsatisfiable.js'

/** No body is worth more; a schema that asks for more has none. */
const MOST_ITEMS = 10_000

/** Two items show what a list is; deeper lists make do with one. */
const usualLength = (depth: number): number => (depth < 3 ? 2 : 1)

export function makeArray(
  parts: readonly Located[],
  place: Place,
  attempt: Attempt,
  maker: Maker,
): unknown[] {
  const least = Math.max(0, ...parts.map(({ schema }) => numberOf(schema, 'minItems') ?? 0))
  const most = Math.min(...parts.map(({ schema }) => numberOf(schema, 'maxItems') ?? Infinity))
  const leading = Math.max(0, ...parts.map(({ schema }) => arrayOf(schema, 'prefixItems')?.length ?? 0))
  const wanted = wantedItems(parts, attempt)
  const unique = parts.some(({ schema }) => typeof schema !== 'boolean' && schema['uniqueItems'] === true)
  const usual = attempt.members === 'all' ? Math.max(leading, usualLength(place.depth)) : 0
  const length = Math.min(most, MOST_ITEMS, Math.max(least, wanted.length, usual))
  const items: unknown[] = []
  // What `contains` asks for stands after the leading items where there is room.
  const from = Math.max(0, Math.min(leading, length - wanted.length))
  for (let index = 0; index < length; index++) {
    const schemas = [
      ...parts.flatMap((part) => ownItemSchema(part, index) ?? []),
      ...(wanted[index - from] ?? []),
    ]
    const needed = index < least || index < from + wanted.length
    try {
      items.push(makeItem(schemas, parts, index, unique ? items : undefined, place, maker, needed))
    } catch (error) {
      if (error instanceof Exhausted || !(error instanceof Unsatisfiable) || needed) throw error
      break
    }
  }
  return items
}

/** For each item that `contains` asks for, what it has to meet. */
function wantedItems(parts: readonly Located[], attempt: Attempt): Located[][] {
  const wanted: Located[][] = []
  for (const part of parts) {
    const contains = schemaAt(part, 'contains')
    if (!contains) continue
    const count = Math.min(numberOf(part.schema, 'minContains') ?? 1, MOST_ITEMS)
    for (let index = 0; index < count; index++) {
      const shared = attempt.shift % 2 === 1 ? wanted[index] : undefined
      if (shared) shared.push(contains)
      else wanted.push([contains])
    }
  }
  return wanted
}

function makeItem(
  schemas: readonly Located[],
  parts: readonly Located[],
  index: number,
  others: readonly unknown[] | undefined,
  place: Place,
  maker: Maker,
  needed: boolean,
): unknown {
  for (let variant = index; variant < index + 30; variant++) {
    const item = maker.make(schemas, memberPlace(place, index, parts, { optional: !needed, variant }))
    if (!others?.some((other) => equal(other, item))) return item
  }
  throw new Unsatisfiable(`${place.path}/${index}`, 'no further item differs from the others')
}
