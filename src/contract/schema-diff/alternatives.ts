import { flatten } from '../flatten.js'
import { listedValues } from '../scalar.js'
import { Limits } from '../unsupported.js'
import { memberOf } from '../value.js'
import { breaks, type Emit } from './emit.js'
import type { Side } from './level.js'

export interface Comparing {
  /** Whether the two have no difference. */
  readonly same: (before: Side, after: Side) => boolean
  /** Tells the differences of the two. */
  readonly compare: (before: Side, after: Side) => void
}

/**
 * One alternative more or less widens or narrows. Those that are in both versions are told by what they
 * refer to, by their title or by their constants, else by their order; what differs in them is told as such.
 */
export function diffAlternatives(
  before: readonly Side[],
  after: readonly Side[],
  emit: Emit,
  { same, compare }: Comparing,
): void {
  const [old, now] = [[...before], [...after]]
  takePairs(old, now, same)
  const changed = takePairs(old, now, (a, b) => {
    const name = nameOf(a)
    return name !== '' && name === nameOf(b)
  })
  if (old.length === now.length) changed.push(...takePairs(old, now, () => true))
  for (const [a, b] of changed) compare(a, b)
  if (old.length > 0) emit.say('alternative-removed', breaks(emit, true), tell(old.length, 'gone'))
  if (now.length > 0) emit.say('alternative-added', breaks(emit, false), tell(now.length, 'new'))
}

const tell = (count: number, is: string): string =>
  count === 1 ? `one of the alternatives is ${is}` : `${count} of the alternatives are ${is}`

/** Takes the pairs out of both lists. */
function takePairs(old: Side[], now: Side[], fits: (a: Side, b: Side) => boolean): [Side, Side][] {
  const pairs: [Side, Side][] = []
  for (const one of old.slice()) {
    const other = now.find((candidate) => fits(one, candidate))
    if (!other) continue
    old.splice(old.indexOf(one), 1)
    now.splice(now.indexOf(other), 1)
    pairs.push([one, other])
  }
  return pairs
}

/** What an alternative is known by: its reference or title, else the members that have one value only. */
function nameOf({ node, root }: Side): string {
  for (const { schema } of node) {
    const name = memberOf(schema, '$ref') ?? memberOf(schema, 'title')
    if (typeof name === 'string') return name
  }
  const { properties } = flatten(node, root, new Limits())
  const constants = [...properties].flatMap(([name, member]) => {
    const values = listedValues(flatten(member, root, new Limits()))?.values
    return values?.length === 1 ? [`${name}=${JSON.stringify(values[0])}`] : []
  })
  return constants.toSorted().join()
}
