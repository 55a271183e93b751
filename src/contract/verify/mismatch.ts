import { isObject } from '../../operation/json-object.js'
import { SOURCE_KEYWORD, parseSource, type SourceLocation } from '../../operation/source.js'
import type { Failure } from '../report.js'
import { memberOf, unescapePointer } from '../value.js'
import type { Mismatch } from './engine.js'
import type { PlannedInteraction } from './plan.js'

/** What Pact's verifier found, in the terms of the docs. */
export function failuresOf(mismatch: Mismatch, planned: PlannedInteraction): Failure[] {
  const { comment } = planned
  const source = comment?.response ?? comment?.source ?? planned.source
  const actual = textOf(mismatch.actual)
  if (mismatch.type === 'StatusMismatch') {
    const expected = comment?.status.endsWith('XX') ? comment.status : textOf(mismatch.expected)
    return [{ where: 'status', expected, actual, source }]
  }
  if (mismatch.type === 'HeaderMismatch') {
    const where = `header ${mismatch.key ?? ''}`
    return [{ where, expected: textOf(mismatch.expected), actual: actual || 'nothing', source }]
  }
  if (mismatch.type === 'BodyTypeMismatch')
    return [
      {
        where: 'header Content-Type',
        expected: textOf(mismatch.expected),
        actual: actual || 'nothing',
        source,
      },
    ]
  const path = segmentsOf(mismatch.path ?? '$')
  const place = (at: readonly string[]): SourceLocation => sourceAt(planned.schema, at) ?? source
  const [, missing] = /missing the following keys: (.*)$/.exec(mismatch.mismatch ?? '') ?? []
  if (missing !== undefined) {
    return missing.split(', ').map((name) => ({
      where: bodyPlace([...path, name]),
      expected: 'to be there',
      actual: 'nothing',
      source: place([...path, name]),
    }))
  }
  if (path.length === 0 && UNREADABLE.test(mismatch.mismatch ?? ''))
    return [{ where: 'body', expected: 'a JSON document', actual: actual || 'nothing', source }]
  return [
    { where: bodyPlace(path), expected: wish(mismatch), actual: actual || 'nothing', source: place(path) },
  ]
}

/** What the verifier says of a body that its JSON reader does not take. */
const UNREADABLE = /^Failed to parse the actual body/

const bodyPlace = (path: readonly string[]): string => (path.length === 0 ? 'body' : `body ${path.join('.')}`)

/** `Expected 's' (String) to be an integer` -> `to be an integer`; else what the verifier says, whole. */
function wish({ mismatch = '', actual }: Mismatch): string {
  const value = typeof actual === 'string' ? actual.replace(/^"([\s\S]*)"$/, '$1') : textOf(actual)
  for (const start of [`Expected '${value}' `, `Expected ${value} `]) {
    if (mismatch.startsWith(start)) return mismatch.slice(start.length).replace(/^\([A-Za-z]+\) /, '')
  }
  return mismatch
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `$.data['a b'][0]` -> data, a b, 0. */
function segmentsOf(path: string): string[] {
  const parts = path.matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(\d+|\*)\]/g)
  return [...parts].map(([, name, quoted, index]) => name ?? quoted ?? index ?? '')
}

/** The place in the docs of a member, else of the nearest object around it that has one. */
export function sourceAt(schema: unknown, path: readonly string[]): SourceLocation | undefined {
  let found: SourceLocation | undefined
  let at: unknown = schema
  for (const name of [undefined, ...path]) {
    if (name !== undefined) at = step(schema, at, name)
    at = resolved(schema, at)
    const text = memberOf(at, SOURCE_KEYWORD)
    if (typeof text === 'string') found = parseSource(text) ?? found
  }
  return found
}

function step(root: unknown, schema: unknown, name: string): unknown {
  const member = memberOf(memberOf(schema, 'properties'), name)
  if (member !== undefined) return member
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => memberOf(schema, keyword) ?? [])
  for (const branch of branches) {
    const inside = step(root, resolved(root, branch), name)
    if (inside !== undefined) return inside
  }
  if (/^\d+$/.test(name) && memberOf(schema, 'items') !== undefined) return memberOf(schema, 'items')
  const rest = memberOf(schema, 'additionalProperties')
  return isObject(rest) ? rest : undefined
}

/** The definition that a `$ref` into the same schema means (contracts carry no other). */
export function resolved(root: unknown, schema: unknown): unknown {
  const reference = memberOf(schema, '$ref')
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, segment) => memberOf(at, unescapePointer(segment)), root)
}
