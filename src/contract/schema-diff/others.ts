import { isObject } from '../../operation/json-object.js'
import { listedValues } from '../scalar.js'
import { memberOf } from '../value.js'
import { type Comparing, diffAlternatives } from './alternatives.js'
import { assertedText } from './asserted.js'
import { breaks, type Emit } from './emit.js'
import type { Level, Side } from './level.js'
import { diffLists } from './values.js'

/** What is not taken apart, and whose presence alone rules something out. */
const ADDED_TIGHTENS = 'not contains propertyNames dependentRequired dependentSchemas'.split(' ')
/** Whether these rule out more or less depends on what stands beside them. */
const ANYTHING = 'if then else prefixItems patternProperties minContains maxContains'.split(' ')

/** Differences of alternatives that stand beside other keywords, and of all that is not taken apart. */
export function diffOthers(
  { level: old, side: before }: { level: Level; side: Side },
  { level: now, side: after }: { level: Level; side: Side },
  emit: Emit,
  comparing: Comparing,
): void {
  for (const keyword of ['anyOf', 'oneOf']) {
    // Alternatives that are all constants are values, and are compared as such.
    if ([old, now].some(({ flat }) => listedValues(flat)?.pointer.endsWith(keyword))) continue
    const [a, b] = [branchesOf(old, before, keyword), branchesOf(now, after, keyword)]
    if (a && b) diffAlternatives(a, b, emit, comparing)
    else if (a || b) tell(keyword, b !== undefined, emit)
  }
  for (const keyword of [...ADDED_TIGHTENS, ...ANYTHING]) {
    const was = assertedText(old.flat.keywords.get(keyword)?.schema, before.root)
    const is = assertedText(now.flat.keywords.get(keyword)?.schema, after.root)
    if (was === is) continue
    const oneSided = was === undefined || is === undefined
    tell(keyword, oneSided && ADDED_TIGHTENS.includes(keyword) ? was === undefined : undefined, emit)
  }
  diffDiscriminators(old, now, emit)
}

/** Differences of the values that tell alternatives apart (OpenAPI 3.1, section 4.8.25). */
export function diffDiscriminators(old: Level, now: Level, emit: Emit): void {
  const [before, after] = [old, now].map(({ flat }) => {
    const mapping = memberOf(flat.keywords.get('discriminator')?.schema, 'mapping')
    return isObject(mapping) ? Object.keys(mapping) : undefined
  })
  if (before && after) diffLists(before, after, emit)
}

function branchesOf({ flat }: Level, side: Side, keyword: string): Side[] | undefined {
  const part = flat.keywords.get(keyword)
  if (!part || !Array.isArray(part.schema)) return undefined
  return part.schema.map((schema, index) => ({
    ...side,
    node: [{ schema, pointer: `${part.pointer}/${index}` }],
  }))
}

/** @param tighter undefined where neither side follows from the other */
function tell(keyword: string, tighter: boolean | undefined, emit: Emit): void {
  if (tighter === undefined) return emit.say('constraint-changed', true, `"${keyword}" says something else`)
  emit.say(
    tighter ? 'constraint-tightened' : 'constraint-loosened',
    breaks(emit, tighter),
    tighter ? `"${keyword}" is new` : `"${keyword}" is gone`,
  )
}
