import { bundleSchema } from './bundle.js'
import type { Version } from './change.js'
import { type Direction, schemaFor } from './direction.js'
import type { SourceLocation } from '../operation/source.js'
import { type Comparing, diffAlternatives } from './schema-diff/alternatives.js'
import { diffBounds } from './schema-diff/bounds.js'
import { comparedDigest } from './schema-diff/compared-digest.js'
import { type Context, emitter } from './schema-diff/emit.js'
import { branchesAt, levelOf, type Side } from './schema-diff/level.js'
import { diffMembers, placeOf } from './schema-diff/members.js'
import { diffDiscriminators, diffOthers } from './schema-diff/others.js'
import { diffTypes } from './schema-diff/types.js'
import { diffValues } from './schema-diff/values.js'

/** A schema of a version, as it holds for what is sent or received. */
export function sideOf(
  direction: Direction,
  { description }: Version,
  schema: unknown,
  fallback: SourceLocation,
): Side {
  const root = schemaFor(direction, bundleSchema(schema, description.documents))
  return { root, node: [{ schema: root, pointer: '' }], fallback }
}

/**
 * Differences of two schemas. What is sent may be asked for less and never for more; what is
 * received may hold more and never less: each rule breaks in one direction only.
 */
export function diffSchemas(before: Side, after: Side, context: Context): void {
  if (comparedDigest(before) === comparedDigest(after)) return
  const walk: Walk = {
    context,
    met: (seen, pair) => new Set([...seen, pair]),
    isOver: () => false,
    different: new Set(),
  }
  visit(before, after, [], walk, new Set())
}

interface Walk {
  readonly context: Context
  /** Whether enough is known, so that what is left need not be compared. */
  isOver(): boolean
  /** Digests of two alternatives, in this order, that are known to differ. */
  readonly different: Set<string>
  /** The pairs of references that were met, with one more. */
  met(seen: Set<string>, pair: string): Set<string>
}

function visit(before: Side, after: Side, path: readonly string[], walk: Walk, seen: Set<string>): void {
  if (walk.isOver()) return
  const [old, now] = [levelOf(before), levelOf(after)]
  // A schema that contains itself has been compared where it was first met.
  const pair = [old.flat, now.flat].map(({ pointer, visited }) => visited.join() || pointer).join(' ')
  if (old.flat.visited.length > 0 && seen.has(pair)) return
  const known = walk.met(seen, pair)
  const at = { old: placeOf(old.flat) ?? before.fallback, new: placeOf(now.flat) ?? after.fallback }
  const emit = emitter(walk.context, path, at)
  const comparing: Comparing = {
    same: (a, b) => !walk.isOver() && same(a, b, walk, known),
    compare: (a, b) => visit({ ...a, fallback: at.old }, { ...b, fallback: at.new }, path, walk, known),
  }
  const [a, b] = [branchesAt(old), branchesAt(now)]
  if (a || b) {
    // What has no alternatives is the only one.
    const [some, others] = [
      (a ?? [before.node]).map((node) => ({ ...before, node })),
      (b ?? [after.node]).map((node) => ({ ...after, node })),
    ]
    diffDiscriminators(old, now, emit)
    return diffAlternatives(some, others, emit, comparing)
  }
  if (!diffTypes(old, now, emit)) return
  diffValues(old, now, emit)
  diffBounds(old, now, emit)
  diffOthers({ level: old, side: before }, { level: now, side: after }, emit, comparing)
  diffMembers(old, now, emit)
  for (const [name, node] of old.flat.properties) {
    const other = now.flat.properties.get(name)
    if (!other) continue
    const sides = [
      { ...before, node, fallback: at.old },
      { ...after, node: other, fallback: at.new },
    ] as const
    visit(...sides, [...path, name], walk, known)
  }
  for (const keyword of ['items', 'additionalProperties']) {
    // What is not said of items or further members leaves them free.
    const [one = FREE, other = FREE] = [old.flat.keywords.get(keyword), now.flat.keywords.get(keyword)]
    if ([one, other].every((part) => part === FREE)) continue
    if ([one, other].some(({ schema }) => schema === false)) continue
    visit(
      { ...before, node: [one], fallback: at.old },
      { ...after, node: [other], fallback: at.new },
      [...path, '*'],
      walk,
      known,
    )
  }
}

const FREE = { schema: true, pointer: '' }

/**
 * Whether two schemas have no difference.
 * @param seen pairs that are being compared around them, which are taken to be the same
 */
function same(before: Side, after: Side, { context, different }: Walk, seen: ReadonlySet<string>): boolean {
  const [a, b] = [comparedDigest(before), comparedDigest(after)]
  if (a === b) return true
  const both = `${a} ${b}`
  // What was taken to be the same on the way to a difference does not make it one.
  if (different.has(both)) return false
  const { direction } = context
  let differs = false
  const note = (): void => {
    differs = true
  }
  const walk: Walk = {
    context: { direction, label: '', spot: { part: direction }, note },
    // One list of pairs for all of it: each is compared once to know whether anything differs.
    met: (met, pair) => met.add(pair),
    isOver: () => differs,
    different,
  }
  visit(before, after, [], walk, new Set(seen))
  if (differs) different.add(both)
  return !differs
}
