import { isMap, scalarText } from './scalar.js'
import { withMember } from './place.js'
import { isManaged, momentOf, timeValue } from './managed.js'
import type { Keeper } from './keeper.js'
import type { Document } from '../state.js'

export interface Completing {
  readonly keeper: Keeper
  /** The members that the request may send; undefined where the docs leave that open. */
  readonly sent: ReadonlySet<string> | undefined
  /** What the docs show of an item like this one. */
  readonly reference: Readonly<Record<string, unknown>>
  /** The item before, where it is only changed. */
  readonly before: Document | undefined
  /** Whether what the request leaves out is meant to be absent, as in a patch. */
  readonly isWhole?: boolean
}

/** Without what the server alone says: a client that sends it is not heard. */
export function withoutManaged(
  document: Document,
  { keeper, sent, before }: Pick<Completing, 'keeper' | 'sent' | 'before'>,
): Document {
  const { schema, parts, resource } = keeper
  return Object.fromEntries(
    Object.entries(document).filter(([name]) => {
      if (name === resource.id && before === undefined) return !isReadOnly(keeper, name)
      return !isManaged(name, parts.shapes.member(schema, name), sent, parts.shapes)
    }),
  )
}

export const isReadOnly = ({ schema, parts }: Keeper, name: string): boolean =>
  isManaged(name, parts.shapes.member(schema, name), undefined, parts.shapes)

/**
 * A document with all that the docs show and a request does not bring: what it was before, defaults, the
 * moments at which it was made and changed, and what else the server says or the docs require, as their
 * example has it. `document` has its identifier.
 */
export function completed(document: Document, completing: Completing): Document {
  const { keeper, sent, reference, before, isWhole = false } = completing
  const { schema, parts, resource } = keeper
  const { shapes } = parts
  const now = parts.now()
  const required = shapes.required(schema)
  const own = scalarText(document[resource.id]) ?? ''
  let full = document
  for (const [name, member] of shapes.members(schema)) {
    const managed = isManaged(name, member, sent, shapes)
    const moment = momentOf(name)
    const has = Object.hasOwn(full, name)
    if (moment && (managed || !has) && (required.has(name) || managed)) {
      const old = moment === 'created' ? before?.[name] : undefined
      const time = old ?? timeValue(member, reference[name], now, shapes)
      if (time !== undefined) {
        full = withMember(full, name, time)
        continue
      }
    }
    if (has) continue
    const isKept = before && Object.hasOwn(before, name) && (managed || (required.has(name) && !isWhole))
    if (isKept) full = withMember(full, name, before[name])
    if (isKept || (isWhole && !managed)) continue
    const given = defaultOf(member.schema)
    if (given) full = withMember(full, name, given.value)
    else if (required.has(name) && !managed && shapes.types(member)?.has('null'))
      full = withMember(full, name, null)
    else if ((required.has(name) || (managed && !before)) && Object.hasOwn(reference, name)) {
      full = withMember(full, name, withId(reference[name], scalarText(reference[resource.id]), own))
    }
  }
  return inOrder(full, shapes.names(schema))
}

/** As the docs list the members, whichever came first. */
const inOrder = (document: Document, names: readonly string[]): Document =>
  Object.fromEntries(
    [...new Set([...names, ...Object.keys(document)])].flatMap((name) =>
      Object.hasOwn(document, name) ? [[name, document[name]]] : [],
    ),
  )

const defaultOf = (schema: unknown): { readonly value: unknown } | undefined =>
  isMap(schema) && Object.hasOwn(schema, 'default') ? { value: schema['default'] } : undefined

/** URLs of the example's item lead to this one. */
function withId(value: unknown, from: string | undefined, to: string): unknown {
  if (from === undefined || from === '' || from === to) return value
  if (typeof value === 'string') {
    return value.includes('/')
      ? value
          .split('/')
          .map((part) => replaced(part, from, to))
          .join('/')
      : value
  }
  if (Array.isArray(value)) return value.map((one) => withId(one, from, to))
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withId(member, from, to)]))
}

/** One segment of a URL, with what may end it. */
const replaced = (segment: string, from: string, to: string): string =>
  segment === from || (segment.startsWith(from) && /^[?#]/.test(segment.slice(from.length)))
    ? encodeURIComponent(to) + segment.slice(from.length)
    : segment
