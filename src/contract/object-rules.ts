import { isObject } from '../operation/json-object.js'
import type { Flat, Node, Part } from './flatten.js'
import { portablePattern } from './pattern.js'
import { allOf, eachKey, EVERYTHING, isExpressibleName, memberPath, oneOfTexts, valuePath } from './rules.js'
import type { Mode, Walk } from './walk.js'
import { memberOf } from './value.js'

/** Matches no name. */
const NOTHING = String.raw`[^\s\S]`

export function objectOf(walk: Walk, flat: Flat, path: string, documented: unknown, mode: Mode): unknown {
  const record = recordOf(flat)
  if (record) return recordRules(walk, flat, record, path, documented, mode)
  const closed = flat.keywords.get('additionalProperties')?.schema === false
  listOpenSchemas(walk, flat)
  const members = membersOf(walk, flat)
  const optional = [...members.keys()].some((name) => !flat.required.has(name))
  const complete = !optional && !closed
  if (mode === 'shape' && !complete) walk.leavesOut = true
  if (mode === 'shape' || (mode === 'inner' && complete)) {
    return exampleOf(walk, flat, members, path, documented, mode)
  }
  const required = flat.keywords.get('required')
  if (mode === 'inner' && required && flat.required.size > 0) {
    walk.limits.keyword(
      required.pointer,
      'required',
      'members required inside an optional object beside optional ones',
    )
  }
  if (!complete) {
    const names = [...flat.properties.keys()]
    const pattern = closed ? (names.length > 0 ? oneOfTexts(names) : NOTHING) : EVERYTHING
    walk.set(path, allOf(eachKey(pattern, names[0] ?? 'name')))
  }
  return exampleOf(walk, flat, members, path, documented, mode)
}

function exampleOf(
  walk: Walk,
  flat: Flat,
  members: ReadonlyMap<string, Node>,
  path: string,
  documented: unknown,
  mode: Mode,
): Record<string, unknown> {
  const example: Record<string, unknown> = {}
  for (const [name, node] of members) {
    const required = flat.required.has(name)
    if (mode === 'shape' && !required) continue
    const inside = mode === 'closed' && !required ? 'inner' : mode
    example[name] = walk.value(node, memberPath(path, name), memberOf(documented, name), inside)
  }
  return example
}

/** Members that a message of this direction has and a path can name; a required one without a schema is any value. */
function membersOf(walk: Walk, flat: Flat): Map<string, Node> {
  const members = new Map<string, Node>()
  const required = flat.keywords.get('required')
  for (const name of new Set([...flat.properties.keys(), ...flat.required])) {
    const node: Node = flat.properties.get(name) ?? [
      { schema: true, pointer: required?.pointer ?? flat.pointer },
    ]
    if (flat.properties.has(name) && hidden(walk, node)) continue
    if (isExpressibleName(name)) members.set(name, node)
    else
      walk.limits.schema(
        `${node[0]?.pointer}/name`,
        'properties',
        `no path can name the member ${JSON.stringify(name)}`,
      )
  }
  return members
}

function hidden(walk: Walk, node: Node): boolean {
  if (!walk.direction) return false
  const { keywords } = walk.flatten(node)
  return keywords.get(walk.direction === 'response' ? 'writeOnly' : 'readOnly')?.schema === true
}

interface RecordSchema {
  readonly values: Part
  /** Undefined where any name will do. */
  readonly names?: string
}

/** An object whose member names are data. */
function recordOf(flat: Flat): RecordSchema | undefined {
  if (flat.properties.size > 0) return undefined
  const rest = flat.keywords.get('additionalProperties')
  const patterns = flat.keywords.get('patternProperties')
  if (!patterns)
    return rest && isObject(rest.schema) && Object.keys(rest.schema).length > 0 ? { values: rest } : undefined
  const entries = isObject(patterns.schema) ? Object.entries(patterns.schema) : []
  const [entry] = entries
  if (!entry || entries.length > 1) return undefined
  const values = {
    schema: entry[1],
    pointer: `${patterns.pointer}/${entry[0].replaceAll('~', '~0').replaceAll('/', '~1')}`,
  }
  if (/^\^?\(?(?:\.\*)?\)?\$?$/.test(entry[0])) return { values }
  const names = portablePattern(entry[0])
  return rest?.schema === false && names !== undefined ? { values, names } : undefined
}

function recordRules(
  walk: Walk,
  flat: Flat,
  { values, names }: RecordSchema,
  path: string,
  documented: unknown,
  mode: Mode,
): Record<string, unknown> {
  const required = flat.keywords.get('required')
  if (required && flat.required.size > 0) {
    walk.limits.keyword(required.pointer, 'required', 'members required of an object whose names are data')
  }
  const [entry] = isObject(documented) ? Object.entries(documented) : []
  const name = entry?.[0] ?? 'name'
  const keys = names === undefined ? [] : [eachKey(names, name)]
  const scalar = walk.scalarOf([values], entry?.[1])
  if (scalar) {
    const { rules, example } = scalar
    walk.set(path, allOf(...keys, { match: 'eachValue', rules: rules.matchers, value: String(example) }))
    return { [name]: example }
  }
  walk.set(path, allOf(...keys, { match: 'values' }))
  return { [name]: walk.value([values], valuePath(path), entry?.[1], mode) }
}

function listOpenSchemas(walk: Walk, flat: Flat): void {
  const rest = flat.keywords.get('additionalProperties')
  if (rest && isObject(rest.schema) && Object.keys(rest.schema).length > 0) {
    walk.limits.keyword(
      rest.pointer,
      'additionalProperties',
      'a schema for the members that are not listed has no matcher',
    )
  }
  const patterns = flat.keywords.get('patternProperties')
  if (patterns)
    walk.limits.keyword(
      patterns.pointer,
      'patternProperties',
      'members by pattern beside others have no matcher',
    )
}
