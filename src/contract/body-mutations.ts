import { isObject } from '../operation/json-object.js'
import { stringifyExact, toPlain } from '../operation/json.js'
import { compileMatchers } from './matchers.js'
import { schemaValidator } from './schema-validator.js'
import { kindOf, memberOf } from './value.js'

/** A body that differs from the documented one in a single place. */
export interface Mutation {
  readonly key: string
  /** Behind "refuses" or "answers 200": `a body without pin`. */
  readonly says: string
  readonly value: unknown
}

/** A value as it arrives. In a form there are texts alone, so that other types and wholes cannot be sent. */
export interface Arriving {
  readonly read: (value: unknown) => unknown
  readonly textsOnly: boolean
}
const asJson: Arriving = { read: toPlain, textsOnly: false }

/** What a lax provider takes for a value comes first: nothing, and what languages turn into 1. */
const MISTYPED: readonly unknown[] = [null, true, 12345, 'text', [], {}]
/** How many other types are tried for a member. */
const MISTYPES = 4
const WRONG: readonly unknown[] = ['x', '', '#', '0'.repeat(300), -1, 0, 2, 999_999_999_999, 0.5, true, false]
/** How many wrong values of the right type are tried for a member, if so few miss narrowly. */
const WRONG_VALUES = 4
/** How many values of an enumeration are tried besides the documented one. */
const OTHERS = 3

/** Bodies that the schema rules out: members missing, of another type, of another value. Nothing that it allows. */
export function invalidBodies(
  schema: unknown,
  example: unknown,
  documents: Readonly<Record<string, unknown>>,
  { read, textsOnly } = asJson,
): Mutation[] {
  const invalid = (value: unknown): boolean => schemaValidator(schema, documents)(read(value)).length > 0
  // Of a body that is refused anyway no change says anything.
  if (invalid(example)) return []
  const found: Mutation[] = []
  for (const { path, value } of membersOf(example)) {
    const name = path.join('.')
    const fails = (other: unknown): boolean => invalid(change(example, path, other))
    const missing = change(example, path, undefined)
    if (invalid(missing))
      found.push({ key: `without-${name}`, says: `a body without ${name}`, value: missing })
    const otherKind = (other: unknown): boolean => kindOf(other) !== kindOf(value)
    const kinds = new Set<unknown>()
    for (const mistyped of textsOnly ? ['text'] : [sameText(value), [value], ...MISTYPED]) {
      const kind = kindOf(mistyped)
      if (kinds.size === MISTYPES || kind === undefined || kinds.has(kind)) continue
      if (!otherKind(mistyped) || !fails(mistyped)) continue
      kinds.add(kind)
      const says = kind === 'null' ? `null as ${name}` : `${JSON.stringify(mistyped)} (${kind}) as ${name}`
      found.push({ key: `${kind}-as-${name}`, says, value: change(example, path, mistyped) })
    }
    const failing = (values: readonly unknown[]): unknown[] =>
      values.filter((other) => !otherKind(other) && fails(other))
    const narrow = failing(nearby(value))
    const others = failing(WRONG).slice(0, Math.max(0, WRONG_VALUES - narrow.length))
    for (const other of new Set([...narrow, ...others])) {
      found.push({
        key: `wrong-${name}`,
        says: `${shown(other)} as ${name}`,
        value: change(example, path, other),
      })
    }
  }
  if (!textsOnly) found.push(...wholes(example).filter(({ value }) => invalid(value)))
  return found
}

/** Bodies that the schema allows just as well: optional members absent, other values of an enumeration or a form. */
export function validBodies(
  schema: unknown,
  example: unknown,
  documents: Readonly<Record<string, unknown>>,
  { read } = asJson,
): Mutation[] {
  const valid = (value: unknown): boolean => schemaValidator(schema, documents)(read(value)).length === 0
  if (!valid(example)) return []
  const found: Mutation[] = []
  for (const { path, value } of membersOf(example)) {
    const name = path.join('.')
    const missing = change(example, path, undefined)
    if (valid(missing)) found.push({ key: `absent-${name}`, says: `without ${name}`, value: missing })
    for (const other of otherValues(schema, path, value, documents)) {
      const changed = change(example, path, other)
      if (valid(changed))
        found.push({ key: `other-${name}`, says: `with ${JSON.stringify(other)} as ${name}`, value: changed })
    }
  }
  return found
}

/** The value as the other of number and text: what a lax provider takes for the same. */
function sameText(value: unknown): unknown {
  if (kindOf(value) === 'number') return String(toPlain(value))
  return typeof value === 'string' && /^[1-9][0-9]{0,14}$/.test(value) ? Number(value) : undefined
}

/** The whole body as something else that reads like it. */
const wholes = (body: unknown): Mutation[] => [
  { key: 'list-as-body', says: 'the body in a list', value: [body] },
  { key: 'string-as-body', says: 'the body as JSON in a string', value: stringifyExact(body) },
  { key: 'null-as-body', says: 'null as the body', value: null },
]

const shown = (value: unknown): string =>
  typeof value === 'string' && value.length > 40 ? 'a text that is too long' : JSON.stringify(value)

const LONGEST = 40

/**
 * Values that miss narrowly, each past another half of a check: its length, its signs, its beginning or
 * end, what a number is read from, what a programming language calls a digit or the end of a text.
 */
function nearby(value: unknown): unknown[] {
  if (kindOf(value) === 'number') {
    const number = Number(toPlain(value))
    return [number + 1, number - 1, number + 0.5]
  }
  if (typeof value !== 'string' || value.length === 0 || value.length > LONGEST) return []
  const texts = [
    value.slice(0, -1),
    value + value.slice(-1),
    `${value.slice(0, -1)}x`,
    `-${value.slice(1)}`,
    ` ${value}`,
    `${value}\n`,
    '',
    value.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(ARABIC_ZERO + Number(digit))),
  ]
  return texts.filter((other) => other !== value)
}

/** ARABIC-INDIC DIGIT ZERO: a digit to Unicode, and to whoever checks by it. */
const ARABIC_ZERO = 0x0660

/** Every member of the objects in a value, by its names from the top. Items of arrays are left as documented. */
function* membersOf(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; value: unknown }> {
  if (!isObject(value)) return
  for (const [name, member] of Object.entries(value)) {
    yield { path: [...path, name], value: member }
    yield* membersOf(member, [...path, name])
  }
}

/** A copy with the member replaced, or without it where the value is undefined. */
function change(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement
  const entries = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    entries.flatMap(([key, member]): [string, unknown][] => {
      if (key !== name) return [[key, member]]
      const changed = change(member, rest, replacement)
      return changed === undefined ? [] : [[key, changed]]
    }),
  )
}

/** Only where the schema limits a scalar: a free text means something to the provider. */
function otherValues(
  schema: unknown,
  path: readonly string[],
  value: unknown,
  documents: Readonly<Record<string, unknown>>,
): unknown[] {
  const member = path.reduce<unknown>((at, name) => memberOf(memberOf(at, 'properties'), name), schema)
  if (member === undefined) return []
  const values = memberOf(member, 'enum') ?? constants(memberOf(member, 'anyOf') ?? memberOf(member, 'oneOf'))
  if (Array.isArray(values)) return values.filter((other) => other !== toPlain(value)).slice(0, OTHERS)
  if (memberOf(member, 'pattern') === undefined || typeof value !== 'string') return []
  const { example } = compileMatchers(member, { documents })
  const turned = value.replaceAll(/[0-9]/g, (digit) => (digit === '0' ? '1' : '0'))
  return [turned, example].filter((other) => other !== value).slice(0, 1)
}

const constants = (branches: unknown): unknown[] | undefined => {
  if (!Array.isArray(branches)) return undefined
  const values = branches.map((branch) => memberOf(branch, 'const'))
  return values.every((value) => value !== undefined) ? values : undefined
}
