import { isLosslessNumber } from '../../operation/json.js'
import { equal } from '../../operation/equal.js'

export interface Difference {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string
  readonly left: unknown
  readonly right: unknown
}

/** The first place where two JSON values differ, in the order of the left one; undefined where they are equal. */
export function firstDifference(left: unknown, right: unknown): Difference | undefined {
  let pointer = ''
  let pair: readonly [unknown, unknown] = [left, right]
  if (equal(left, right)) return undefined
  // Each step goes into the one member that differs, so that no depth overflows the stack.
  for (;;) {
    const [one, other] = pair
    if (!isContainer(one) || !isContainer(other) || Array.isArray(one) !== Array.isArray(other)) break
    const names = new Set([...Object.keys(one), ...Object.keys(other)])
    const name = [...names].find((key) => !equal(member(one, key), member(other, key)))
    if (name === undefined) break
    pointer += `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    pair = [member(one, name), member(other, name)]
  }
  return { pointer, left: pair[0], right: pair[1] }
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isLosslessNumber(value)

const member = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
