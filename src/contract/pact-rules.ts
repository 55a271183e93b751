import { EVERYTHING } from './rules.js'
import { isObject, memberOf } from './value.js'

/** How a rule that any value meets is called here. */
const ANYTHING = 'anything'

/** A matching rule of a response body: names of members, numbers of items, `*` for any. */
export interface ConsumerRule {
  readonly path: readonly string[]
  readonly matchers: readonly string[]
}

/** Rules of a body as version 2 (`$.body.a`) and versions 3 and 4 (`body: { "$.a": ... }`) write them. */
export function readRules(rules: unknown): ConsumerRule[] {
  if (!isObject(rules)) return []
  const modern = memberOf(rules, 'body')
  if (isObject(modern)) {
    return Object.entries(modern).map(([expression, list]) => ({
      path: segmentsOf(expression),
      matchers: [memberOf(list, 'matchers')].flat().map(nameOf),
    }))
  }
  return Object.entries(rules)
    .filter(([expression]) => /^\$\.body|^\$\['body'\]/.test(expression))
    .map(([expression, matcher]) => ({ path: segmentsOf(expression).slice(1), matchers: [nameOf(matcher)] }))
}

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

/** Whether the consumer takes any value at all at the path. */
export const takesAnything = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  ruleFor(rules, path, true)?.matchers.includes(ANYTHING) === true

/** Whether null is one of the values that the consumer takes at the path. */
export const takesNull = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  ruleFor(rules, path, true)?.matchers.includes('null') === true

/** Whether members of the example may be absent: rules for keys or values take the place of "each must be there". */
export const takesAbsence = (rules: readonly ConsumerRule[], path: readonly string[]): boolean =>
  ruleFor(rules, path, true)?.matchers.some((name) => /^(?:eachKey|eachValue|values)$/.test(name)) === true

/** Whether the consumer takes any value of its kind at the path: by its own rule, else by one above it. */
export function isLoose(rules: readonly ConsumerRule[], path: readonly string[]): boolean {
  return ruleFor(rules, path, false)?.matchers.some((name) => LOOSE.has(name)) === true
}

/** The rule that holds at a path: the longest and most exact. @param own only one of the path itself */
function ruleFor(
  rules: readonly ConsumerRule[],
  path: readonly string[],
  own: boolean,
): ConsumerRule | undefined {
  return rules
    .filter(
      (rule) =>
        (own ? rule.path.length === path.length : rule.path.length <= path.length) &&
        rule.path.every((name, at) => name === '*' || name === path[at]),
    )
    .toSorted((a, b) => b.path.length - a.path.length || wildcards(a) - wildcards(b))[0]
}

const wildcards = ({ path }: ConsumerRule): number => path.filter((name) => name === '*').length
