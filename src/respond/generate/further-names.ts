import { recordOf, regularExpression, schemaAt } from '../schema/keywords.js'
import { type Located, locate } from '../schema/located.js'
import { type Maker, memberPlace, type Place } from './place.js'
import { matching } from './pattern.js'
import { Exhausted, Unsatisfiable } from './unsatisfiable.js'

/** Names for members that the description does not name, without end but for its own bounds. */
export function* furtherNames(parts: readonly Located[], place: Place, maker: Maker): Generator<string> {
  const schemas = parts.flatMap((part) => schemaAt(part, 'propertyNames') ?? [])
  const patterns = parts.flatMap(({ schema }) => Object.keys(recordOf(schema, 'patternProperties')))
  for (const pattern of patterns) {
    let found = 0
    for (const name of matching(pattern, 1, maker.random.fork(`${place.path}?${pattern}`))) {
      if (regularExpression(pattern)?.test(name) && found++ < 20) yield name
    }
  }
  if (schemas.length === 0) {
    for (let index = 1; index <= 200; index++) yield `key${index}`
    return
  }
  for (let variant = 0; variant < 200; variant++) {
    const name = nameOf(
      [...schemas, locate({ type: 'string' })],
      { ...memberPlace(place, 'key', parts, { optional: false, variant }) },
      maker,
    )
    if (name === undefined) return
    yield name
  }
}

function nameOf(schemas: readonly Located[], place: Place, maker: Maker): string | undefined {
  try {
    const name = maker.make(schemas, place)
    return typeof name === 'string' ? name : undefined
  } catch (error) {
    if (error instanceof Exhausted || !(error instanceof Unsatisfiable)) throw error
    return undefined
  }
}
