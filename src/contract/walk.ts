import { flatten, type Flat, type Node } from './flatten.js'
import { arrayOf } from './array-rules.js'
import { objectOf } from './object-rules.js'
import { type RuleList, type Rules, anything, ANYTHING_EXAMPLE } from './rules.js'
import { type Alternative, isOfType, scalarAlternatives, typesOf } from './scalar.js'
import { type Asserted, assertScalar } from './scalar-rules.js'
import { sampleOf, shownBySchema } from './sample.js'
import { disjoint, unions } from './union.js'
import type { Limits } from './unsupported.js'

/**
 * `shape`: required members alone, each must be there. `closed`: every member, none must be there,
 * but for what is new in it (`inner`), where all members must be there if all are required.
 */
export type Mode = 'shape' | 'closed' | 'inner'

/** Goes down a schema and a documented value together, and leaves rules and an example. */
export class Walk {
  readonly rules: Rules = {}
  /** Set when a shape leaves something to the closed variant. */
  leavesOut = false
  readonly #trail: string[] = []

  constructor(
    readonly root: unknown,
    readonly limits: Limits,
    readonly mode: Mode,
    readonly direction?: 'request' | 'response',
  ) {}

  value(node: Node, path: string, documented: unknown, mode: Mode = this.mode): unknown {
    const flat = this.flatten(node)
    const again = flat.visited.find((reference) => this.#trail.includes(reference))
    if (again !== undefined) {
      this.limits.schema(
        `${flat.pointer}/$ref`,
        '$ref',
        'the schema contains itself: the levels below are checked by schema only',
      )
      return this.anything(path)
    }
    const scalars = this.#scalars(flat)
    if (scalars) return this.#scalar(scalars, path, documented ?? shownBySchema(flat))
    this.#trail.push(...flat.visited)
    const example = this.#structure(flat, path, documented ?? shownBySchema(flat), mode)
    this.#trail.length -= flat.visited.length
    return example
  }

  /** The rules of a scalar without setting them, where they are one list that all must meet; else undefined. */
  scalarOf(node: Node, documented: unknown): Asserted | undefined {
    const flat = this.flatten(node)
    const scalars = this.#scalars(flat)
    if (!scalars) return undefined
    const asserted = assertScalar(scalars, documented ?? shownBySchema(flat), this.limits, sampleOf)
    return asserted.rules.combine === 'AND' ? asserted : undefined
  }

  set(path: string, rules: RuleList): void {
    this.rules[path] = rules
  }

  anything(path: string): string {
    this.set(path, anything)
    return ANYTHING_EXAMPLE
  }

  flatten(node: Node): Flat {
    return flatten(node, this.root, this.limits)
  }

  #scalar(ways: readonly Alternative[], path: string, documented: unknown): unknown {
    const { rules, example } = assertScalar(ways, documented, this.limits, sampleOf)
    this.set(path, rules)
    return example
  }

  #scalars(flat: Flat): Alternative[] | undefined {
    const union = unions(flat)
    if (!union) {
      listForeign(flat, this.limits)
      return scalarAlternatives(flat, this.limits)
    }
    const ways: Alternative[] = []
    for (const branch of union.branches) {
      const inner = this.flatten(branch)
      if (inner.visited.some((reference) => this.#trail.includes(reference))) return undefined
      const found = this.#scalars(inner)
      if (!found) return undefined
      ways.push(...found)
    }
    return union.keyword === 'oneOf' && !disjoint(ways) ? undefined : ways
  }

  #structure(flat: Flat, path: string, documented: unknown, mode: Mode): unknown {
    const union = unions(flat)
    if (union) {
      const [only] = union.branches
      if (only && union.branches.length === 1) return this.value(only, path, documented, mode)
      this.limits.schema(
        union.pointer,
        union.keyword,
        'alternatives other than plain scalars have no matcher',
      )
      return this.anything(path)
    }
    const types = typesOf(flat)
    if (flat.impossible) {
      this.limits.schema(`${flat.pointer}/false`, 'false', 'that a value must be absent has no matcher')
      return this.anything(path)
    }
    if (types === undefined) {
      for (const keyword of TYPED) {
        const part = flat.keywords.get(keyword)
        if (part) this.limits.keyword(part.pointer, keyword, 'without a type it holds for some values only')
      }
      return this.anything(path)
    }
    if (types.length !== 1) {
      const pointer = flat.keywords.get('type')?.pointer ?? flat.keywords.get('enum')?.pointer ?? flat.pointer
      this.limits.schema(pointer, 'type', 'an object or array that may also be something else has no matcher')
      return this.anything(path)
    }
    const fits = documented !== undefined && isOfType(documented, String(types[0])) ? documented : undefined
    return types[0] === 'array'
      ? arrayOf(this, flat, path, fits, mode)
      : objectOf(this, flat, path, fits, mode)
  }
}

/** Keywords that rule values out of any type, and have no matcher. */
const FOREIGN = (
  'not if then else dependentRequired dependentSchemas dependencies unevaluatedProperties ' +
  'unevaluatedItems propertyNames minProperties maxProperties $dynamicRef'
).split(' ')

/** Keywords that hold for values of one type, and say nothing of others. */
const TYPED = (
  'pattern format minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf ' +
  'minItems maxItems uniqueItems contains prefixItems additionalProperties patternProperties'
).split(' ')

function listForeign(flat: Flat, limits: Limits): void {
  for (const keyword of [...FOREIGN, 'anyOf', 'oneOf']) {
    const part = flat.keywords.get(keyword)
    if (part) limits.keyword(part.pointer, keyword, `Pact has no matcher for "${keyword}"`)
  }
}
