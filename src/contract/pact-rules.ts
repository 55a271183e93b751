import { isObject } from '../operation/json-object.js'
import { EVERYTHING } from './rules.js'
import { memberOf } from './value.js'

/** How a rule that any value meets is called here. */
const ANYTHING = 'anything'

/** A matching rule of a response body: names of members, numbers of items, `*` for any. */
export interface ConsumerRule {
  readonly path: readonly string[]
  readonly matchers: readonly string[]
  /** Expressions that the value must match as a whole. */
  readonly expressions: readonly string[]
}

/** Rules of a body as version 2 (`$.body.a`) and versions 3 and 4 (`body: { "$.a": ... }`) write them. */
export function readRules(rules: unknown): ConsumerRule[] {
  if (!isObject(rules)) return []
  const modern = memberOf(rules, 'body')
  if (isObject(modern)) {
    return Object.entries(modern).map(([expression, list]) =>
      ruleOf(segmentsOf(expression), [memberOf(list, 'matchers')].flat()),
    )
  }
  return Object.entries(rules)
    .filter(([expression]) => /^\$\.body|^\$\['body'\]/.test(expression))
    .map(([expression, matcher]) => ruleOf(segmentsOf(expression).slice(1), [matcher]))
}

const ruleOf = (path: readonly string[], list: readonly unknown[]): ConsumerRule => ({
  path,
  matchers: list.map(nameOf),
  expressions: list.flatMap((matcher) => {
    const regex = memberOf(matcher, 'regex')
    return typeof regex === 'string' ? [regex] : []
  }),
})

/** Version 2 leaves the name out where `min`, `max` or `regex` tell it. */
function nameOf(matcher: unknown): string {
  const name = memberOf(matcher, 'match')
  if (memberOf(matcher, 'regex') === EVERYTHING) return ANYTHING
  if (typeof name === 'string') return name
  return memberOf(matcher, 'regex') === undefined ? 'type' : 'regex'
}

function segmentsOf(expression: string): string[] {
  const parts = expression.matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(\d+|\*)\]/g)
  return [...parts].map(([, name, quoted, index]) => name ?? quoted ?? index ?? '')
}

/** Matchers that say nothing of which value of its kind it is. */
const LOOSE = new Set([
  'type',
  'number',
  'integer',
  'decimal',
  'boolean',
  'regex',
  'notEmpty',
  'semver',
  'date',
  'time',
])
LOOSE.add(ANYTHING)
  .add('null')
  .add('datetime')
  .add('timestamp')
  .add('include')
  .add('eachKey')
  .add('eachValue')
  .add('values')
  .add('arrayContains')

/** Whether the consumer takes any value of its kind at the path: by its own rule, else by one above it. */
export const isLoose = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  ruleFor(rules, path)?.matchers.some((name) => LOOSE.has(name)) === true

/** The rule that holds at a path: the most specific of those that lead there. */
export function ruleFor(rules: readonly ConsumerRule[], path: readonly string[]): ConsumerRule | undefined {
  const [best] = rules
    .filter((rule) => rule.path.length <= path.length && meets(rule, path))
    .toSorted((a, b) => b.path.length - a.path.length || wildcards(a) - wildcards(b))
  return best
}

/** Whether the consumer takes any value at all at the path. */
export const takesAnything = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  takes(rules, path, ANYTHING)

/** Whether null is one of the values that the consumer takes at the path. */
export const takesNull = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  takes(rules, path, 'null')

const takes = (rules: readonly ConsumerRule[], path: readonly string[], matcher: string): boolean =>
  rules.some(
    (rule) => rule.path.length === path.length && meets(rule, path) && rule.matchers.includes(matcher),
  )

/** Whether the object at the path is taken as a map, so that none of the example's members must be there. */
export const isMap = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  rules.some(
    (rule) =>
      rule.path.length === path.length && meets(rule, path) && rule.matchers.some((name) => MAPS.has(name)),
  )
const MAPS = new Set(['eachKey', 'eachValue', 'values'])

const meets = (rule: ConsumerRule, path: readonly string[]): boolean =>
  rule.path.every((name, at) => name === '*' || name === path[at])

const wildcards = ({ path }: ConsumerRule): number => path.filter((name) => name === '*').length
