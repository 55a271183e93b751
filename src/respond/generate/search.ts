import { type AdmitContext, admits } from '../schema/admits.js'
import { allowedValues } from '../schema/keywords.js'
import type { Located } from '../schema/located.js'
import { declaredTypes, type JsonType, typeOfValue } from '../schema/types.js'
import { applied, choices } from './applied.js'
import { makeArray } from './array.js'
import { distinguished } from './distinguish.js'
import { numbers } from './number.js'
import { makeObject } from './object.js'
import { offersOf } from './offers.js'
import type { Attempt, Maker, Place } from './place.js'
import type { Random } from './random.js'
import { strings } from './string.js'
import { Exhausted, Unsatisfiable } from './unsatisfiable.js'

export interface Limits {
  /** Levels of nesting down to which optional members are shown. */
  readonly maxDepth: number
}

/** After which only what is required is made, and after which the search ends. */
const ENOUGH = 4000
const TOO_MANY = 40_000

/**
 * Looks for a value that meets schemas: makes one in a believable way, tests it, and tries again
 * with other alternatives and fewer members until one holds. Bounded in depth, in the repetition of
 * recursive schemas and in work; the same seed gives the same value.
 */
export class Search implements Maker {
  #made = 0
  /** The last value at the root that failed its test, better than nothing. */
  rejected: unknown

  constructor(
    readonly context: AdmitContext,
    readonly random: Random,
    readonly limits: Limits,
  ) {}

  admits(schema: Located, value: unknown): boolean {
    return admits(schema, value, this.context)
  }

  make(schemas: readonly Located[], place: Place): unknown {
    if (++this.#made > TOO_MANY) throw new Exhausted(place.path, 'the search for a value took too long')
    const random = this.random.fork(`${place.path}#${place.variant}`)
    const deep = place.depth >= this.limits.maxDepth || this.#made > ENOUGH
    const shifts = choices(schemas, this.context.resolve)
    let failure: Unsatisfiable | undefined
    for (let index = 0; index < shifts * 2 + 6; index++) {
      const members = deep || index % 2 === 1 ? 'required' : index < shifts * 2 ? 'all' : 'some'
      const attempt: Attempt = { members, shift: index >> 1, random: random.fork(index) }
      try {
        const value = this.#attempt(schemas, place, attempt, shifts)
        if (schemas.every((schema) => this.admits(schema, value))) return value
        const changed = distinguished(value, schemas, this)
        if (changed !== undefined) return changed
        if (place.path === '') this.rejected = value
        failure ??= new Unsatisfiable(place.path, 'no value was found that meets all of its keywords')
      } catch (error) {
        if (error instanceof Exhausted || !(error instanceof Unsatisfiable)) throw error
        failure ??= error
        // What fails inside fails again, unless there are other alternatives or fewer members to try.
        if (shifts === 1 && index > 0 && error.path !== place.path) break
      }
    }
    throw failure ?? new Unsatisfiable(place.path, 'no value was found')
  }

  #attempt(schemas: readonly Located[], place: Place, attempt: Attempt, shifts: number): unknown {
    const parts = applied(schemas, attempt.shift, place.path, this.context.resolve)
    this.#endRecursion(parts, place, place.optional || attempt.shift < shifts - 1)
    const offer = offersOf(parts, place, attempt.random, this.context).find((value) =>
      schemas.every((schema) => this.admits(schema, value)),
    )
    if (offer !== undefined) return offer
    const types = typesOf(parts)
    const type = types[attempt.shift % Math.max(1, types.length)]
    if (type === 'object') return makeObject(parts, place, attempt, this)
    if (type === 'array') return makeArray(parts, place, attempt, this)
    if (type === 'boolean') return attempt.random.next() < 0.5
    if (type === 'null') return null
    if (type === undefined) throw new Unsatisfiable(place.path, 'its types exclude each other')
    const candidates =
      type === 'string'
        ? strings(parts, place, attempt.random, this.random)
        : numbers(parts, place, type === 'integer', attempt.random)
    for (const candidate of candidates)
      if (schemas.every((schema) => this.admits(schema, candidate))) return candidate
    throw new Unsatisfiable(place.path, `no ${type} was found that meets all of its keywords`)
  }

  /** A schema inside itself is shown once, and after that only where it must be. */
  #endRecursion(parts: readonly Located[], place: Place, avoidable: boolean): void {
    const bound = avoidable ? 1 : 4
    if (place.depth > this.limits.maxDepth + 12) throw new Unsatisfiable(place.path, 'its schema never ends')
    for (const { schema } of parts) {
      if (place.trail.filter((outer) => outer === schema).length > bound) {
        throw new Unsatisfiable(place.path, 'its schema repeats itself without end')
      }
    }
  }
}

/** The types that all parts allow, null last; guessed from the keywords where none names one. */
function typesOf(parts: readonly Located[]): JsonType[] {
  let types: Set<JsonType> | undefined
  for (const { schema } of parts) {
    if (typeof schema === 'boolean') continue
    const values = allowedValues(schema)
    for (const more of [
      declaredTypes(schema),
      values && new Set(values.flatMap((value) => typeOfValue(value) ?? [])),
    ]) {
      if (more) types = new Set([...(types ?? more)].filter((type) => more.has(type)))
    }
  }
  if (!types) return guesses(parts)
  // `number` stands for whole numbers too: they are one kind to make.
  if (types.has('number')) types.delete('integer')
  const ordered = [...types].filter((type) => type !== 'null')
  return types.has('null') ? [...ordered, 'null'] : ordered
}

const KEYWORDS: readonly [type: JsonType, keywords: readonly string[]][] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'minProperties',
      'propertyNames',
      'dependentRequired',
    ],
  ],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'uniqueItems']],
  ['string', ['minLength', 'pattern', 'format', 'maxLength']],
  ['number', ['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum']],
]

function guesses(parts: readonly Located[]): JsonType[] {
  const speaksOf = (keywords: readonly string[]): boolean =>
    parts.some(({ schema }) => typeof schema !== 'boolean' && keywords.some((keyword) => keyword in schema))
  const likely = KEYWORDS.filter(([, keywords]) => speaksOf(keywords)).map(([type]) => type)
  const others: JsonType[] = ['string', 'number', 'boolean', 'object', 'array', 'null']
  return [...new Set([...likely, ...others])]
}
