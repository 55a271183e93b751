import { isDeepStrictEqual } from 'node:util'
import { parseSource, SOURCE_KEYWORD, type SourceLocation } from '../operation/source.js'
import { bundleSchema } from './bundle.js'
import { type Found, type Note, places, type Spot, type Version } from './change.js'
import { type Direction, schemaFor } from './direction.js'
import { ANNOTATIONS, flatten, type Flat, type Node } from './flatten.js'
import type { SchemaRule } from './diff-rules.js'
import { listedValues, typesOf } from './scalar.js'
import { Limits } from './unsupported.js'
import { memberOf } from './value.js'

/** One of the two versions of a schema, with what its references lead into. */
export interface Side {
  readonly root: unknown
  readonly node: Node
  /** Where no schema on the way says its own place. */
  readonly fallback: SourceLocation
}

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

/** Shown to the reader of a change: `request body`, `response 200 body`. */
interface Context {
  readonly direction: Direction
  readonly label: string
  readonly spot: Spot
  readonly note: Note
}

/**
 * Differences of two schemas. What is sent may be asked for less and never for more; what is
 * received may hold more and never less: each rule breaks in one direction only.
 */
export function diffSchemas(before: Side, after: Side, context: Context): void {
  visit(before, after, [], context, new Set())
}

function visit(
  before: Side,
  after: Side,
  path: readonly string[],
  context: Context,
  seen: Set<string>,
): void {
  const old = flatten(before.node, before.root, new Limits())
  const now = flatten(after.node, after.root, new Limits())
  // A schema that contains itself has been compared where it was first met.
  const pair = `${old.visited.join()} ${now.visited.join()}`
  if (old.visited.length > 0 && seen.has(pair)) return
  const known = new Set([...seen, pair])
  const at = { old: placeOf(old) ?? before.fallback, new: placeOf(now) ?? after.fallback }
  const emit = emitter(context, path, at)
  if (!diffTypes(old, now, emit)) return
  diffValues(old, now, emit)
  diffBounds(old, now, emit)
  diffOthers(old, now, emit)
  diffMembers(old, now, emit)
  for (const [name, node] of old.properties) {
    const other = now.properties.get(name)
    if (!other) continue
    const sides = [
      { ...before, node, fallback: at.old },
      { ...after, node: other, fallback: at.new },
    ] as const
    visit(...sides, [...path, name], context, known)
  }
  for (const keyword of ['items', 'additionalProperties']) {
    // What is not said of items or further members leaves them free.
    const [a = FREE, b = FREE] = [old.keywords.get(keyword), now.keywords.get(keyword)]
    if ([a, b].every((part) => part === FREE) || [a, b].some(({ schema }) => schema === false)) continue
    visit(
      { ...before, node: [a], fallback: at.old },
      { ...after, node: [b], fallback: at.new },
      [...path, '*'],
      context,
      known,
    )
  }
}

const FREE = { schema: true, pointer: '' }

interface Emit {
  readonly direction: Direction
  say(rule: SchemaRule | 'required-member-added', breaking: boolean, message: string, member?: Member): void
}
interface Member {
  readonly name: string
  readonly old?: SourceLocation | undefined
  readonly new?: SourceLocation | undefined
}

function emitter(
  { label, spot, note, direction }: Context,
  path: readonly string[],
  at: { old: SourceLocation; new: SourceLocation },
): Emit {
  const say: Emit['say'] = (rule, breaking, message, member) => {
    const full = member ? [...path, member.name] : path
    const unsent = rule === 'required-member-added' || rule === 'member-became-required'
    const found: Found = {
      rule: rule === 'required-member-added' ? `request-${rule}` : `${direction}-${rule}`,
      breaking,
      message,
      where: [label, full.join('.')].filter(Boolean).join(' '),
      spot: {
        ...spot,
        ...(label.endsWith('body') ? { body: full } : {}),
        ...(unsent && direction === 'request' ? { unsent } : {}),
      },
      ...places(member ? (member.old ?? at.old) : at.old, member ? (member.new ?? at.new) : at.new),
    }
    note(found)
  }
  return { direction, say }
}

/** False where the types have nothing in common, so that the rest is another schema. */
function diffTypes(old: Flat, now: Flat, emit: Emit): boolean {
  const [before, after] = [typesOf(old), typesOf(now)]
  if (isDeepStrictEqual(before?.toSorted(), after?.toSorted())) return true
  const narrower = covers(before, after)
  const wider = covers(after, before)
  const message = `the type was ${show(before)} and is ${show(after)}`
  if (narrower || wider)
    emit.say(narrower ? 'type-narrowed' : 'type-widened', breaks(emit, narrower), message)
  else emit.say('type-changed', true, message)
  // Nothing more can be said of a side that allows anything.
  return (narrower || wider) && ![old, now].some(isFree)
}

const isFree = (flat: Flat): boolean =>
  typesOf(flat) === undefined &&
  flat.properties.size === 0 &&
  !flat.keywords.has('anyOf') &&
  !flat.keywords.has('oneOf')

/** Fewer values break those who send them, more values those who read them. */
const breaks = ({ direction }: Emit, fewer: boolean): boolean => fewer === (direction === 'request')

type Types = ReturnType<typeof typesOf>
const show = (types: Types): string => types?.join(' or ') ?? 'any'
/** Every value of `part` is one of `whole`. */
const covers = (whole: Types, part: Types): boolean =>
  whole === undefined ||
  (part !== undefined &&
    part.every((type) => whole.includes(type) || (type === 'integer' && whole.includes('number'))))

function diffValues(old: Flat, now: Flat, emit: Emit): void {
  const [before, after] = [listedValues(old)?.values, listedValues(now)?.values]
  if (!before && !after) return
  const gone =
    before && after ? before.filter((value) => !after.includes(value)) : before ? [] : (after ?? [])
  const added = before && after ? after.filter((value) => !before.includes(value)) : []
  if (after && (gone.length > 0 || !before)) {
    const message = before ? `${list(gone)} is no longer a value` : `only ${list(after)} is allowed now`
    emit.say('values-narrowed', breaks(emit, true), message)
  }
  if (before && (added.length > 0 || !after)) {
    emit.say(
      'values-widened',
      breaks(emit, false),
      after ? `${list(added)} is a value now` : 'any value is allowed now',
    )
  }
}

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ')

const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']
const OTHER = ['pattern', 'format', 'multipleOf', 'uniqueItems']

function diffBounds(old: Flat, now: Flat, emit: Emit): void {
  for (const keyword of [...UPPER, ...LOWER, ...OTHER]) {
    const [before, after] = [old.keywords.get(keyword)?.schema, now.keywords.get(keyword)?.schema]
    if (isDeepStrictEqual(before, after)) continue
    const message = `"${keyword}" was ${JSON.stringify(before) ?? 'not there'} and is ${JSON.stringify(after) ?? 'not there'}`
    const tighter =
      before === undefined ||
      (UPPER.includes(keyword)
        ? Number(after) < Number(before)
        : LOWER.includes(keyword) && Number(after) > Number(before))
    const changed = before !== undefined && after !== undefined && OTHER.includes(keyword)
    if (changed) emit.say('constraint-changed', true, message)
    else emit.say(tighter ? 'constraint-tightened' : 'constraint-loosened', breaks(emit, tighter), message)
  }
}

/** What is not taken apart: any difference in it can break either side. */
const WHOLE = 'not if then else prefixItems contains patternProperties propertyNames'.split(' ')

function diffOthers(old: Flat, now: Flat, emit: Emit): void {
  for (const keyword of ['anyOf', 'oneOf']) {
    // Alternatives that are all constants are values, and have been compared as such.
    if ([old, now].some((flat) => listedValues(flat)?.pointer.endsWith(keyword))) continue
    const [before, after] = [old, now].map((flat) => flat.keywords.get(keyword)?.schema)
    if (Array.isArray(before) && Array.isArray(after)) diffAlternatives(before, after, emit)
    else if (asserted(before) !== asserted(after)) emit.say('constraint-changed', true, said(keyword))
  }
  for (const keyword of WHOLE) {
    const [before, after] = [old, now].map((flat) => asserted(flat.keywords.get(keyword)?.schema))
    if (before !== after) emit.say('constraint-changed', true, said(keyword))
  }
  const [wasClosed, closed] = [old, now].map(
    (flat) => flat.keywords.get('additionalProperties')?.schema === false,
  )
  if (closed && !wasClosed)
    emit.say('object-closed', emit.direction === 'request', 'members that are not documented are refused now')
  if (wasClosed && !closed)
    emit.say('object-opened', false, 'members that are not documented are allowed now')
}

const said = (keyword: string): string => `"${keyword}" says something else`

/** One alternative more or less widens or narrows; where both happen, an alternative may have been changed. */
function diffAlternatives(before: readonly unknown[], after: readonly unknown[], emit: Emit): void {
  const [old, now] = [before.map(asserted), after.map(asserted)]
  const gone = old.filter((one) => !now.includes(one)).length
  const added = now.filter((one) => !old.includes(one)).length
  if (gone > 0 && added > 0) {
    emit.say('constraint-changed', true, 'one of the alternatives says something else')
  } else if (gone > 0) emit.say('alternative-removed', breaks(emit, true), 'one of the alternatives is gone')
  else if (added > 0) emit.say('alternative-added', breaks(emit, false), 'there is one more alternative')
}

/** The text of a schema without what rules nothing out. */
const asserted = (schema: unknown): string | undefined =>
  JSON.stringify(schema, (key, value: unknown) =>
    key.startsWith('x-') || ANNOTATIONS.has(key) ? undefined : value,
  )

function diffMembers(old: Flat, now: Flat, emit: Emit): void {
  for (const name of new Set(
    [old, now].flatMap(({ properties, required }) => [...properties.keys(), ...required]),
  )) {
    const member = { name, old: placeOfMember(old, name), new: placeOfMember(now, name) }
    const [was, is] = [old.properties.has(name), now.properties.has(name)]
    const [needed, needs] = [old.required.has(name), now.required.has(name)]
    const sent = emit.direction === 'request'
    const closed = now.keywords.get('additionalProperties')?.schema === false
    if (was && !is)
      emit.say('member-removed', sent ? closed : true, `"${name}" is gone`, { name, old: member.old })
    else if (!was && is) {
      const breaking = sent && needs
      emit.say(
        breaking ? 'required-member-added' : 'member-added',
        breaking,
        `"${name}" is new${breaking ? ' and required' : ''}`,
        { name, new: member.new },
      )
    } else if (!needed && needs)
      emit.say('member-became-required', sent, `"${name}" was optional and is required`, member)
    else if (needed && !needs)
      emit.say('member-became-optional', !sent, `"${name}" was always there and may be absent`, member)
  }
}

function placeOf({ keywords }: Flat): SourceLocation | undefined {
  const text = keywords.get(SOURCE_KEYWORD)?.schema
  return typeof text === 'string' ? parseSource(text) : undefined
}

function placeOfMember({ properties }: Flat, name: string): SourceLocation | undefined {
  const texts = properties.get(name)?.map(({ schema }) => memberOf(schema, SOURCE_KEYWORD)) ?? []
  const text = texts.find((one) => typeof one === 'string')
  return typeof text === 'string' ? parseSource(text) : undefined
}
