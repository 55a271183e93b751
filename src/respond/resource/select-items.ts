import { normalise } from '../pair/member-names.js'
import type { Document } from '../state.js'
import type { ListParameters } from './list-parameters.js'
import { isMap, scalarText } from './scalar.js'

type Query = Readonly<Record<string, unknown>>

/** The documents that the query asks for, in the order that it asks for. */
export function selectItems(
  documents: readonly Document[],
  query: Query,
  { roles, filters, deep }: ListParameters,
): Document[] {
  let items = [...documents]
  for (const { parameter, member, idle } of filters) {
    const wanted = query[parameter]
    if (wanted !== undefined && !idle.has(wanted)) items = items.filter((one) => matches(one[member], wanted))
  }
  for (const parameter of deep) {
    const wanted = query[parameter]
    for (const [name, value] of isMap(wanted) ? Object.entries(wanted) : []) {
      items = items.filter((one) => {
        const member = memberNamed(one, name)
        return member === undefined || matches(one[member], value)
      })
    }
  }
  const search = textOf(query, roles.get('search')?.name)
  if (search !== undefined && search !== '')
    items = items.filter((one) => mentions(one, search.toLowerCase()))
  const direction = textOf(query, roles.get('direction')?.name)
  return sorted(
    items,
    query[roles.get('sort')?.name ?? ''],
    direction !== undefined && /^desc/i.test(direction),
  )
}

const textOf = (query: Query, name: string | undefined): string | undefined =>
  name === undefined ? undefined : scalarText(query[name])

const memberNamed = (document: Document, name: string): string | undefined =>
  Object.hasOwn(document, name)
    ? name
    : Object.keys(document).find((key) => normalise(key) === normalise(name))

/** Equal to one of the wanted values; of a list one item will do, of an object that by which it is known. */
function matches(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => matches(value, one))
  if (Array.isArray(value)) return value.some((one) => matches(one, wanted))
  if (isMap(value)) {
    const { id, key, slug, login, name, code } = value
    return [id, key, slug, login, name, code].some((one) => one !== undefined && matches(one, wanted))
  }
  const [own, asked] = [scalarText(value), scalarText(wanted)]
  if (own === undefined || asked === undefined) return value === wanted
  return own === asked || (typeof value !== 'string' && own !== '' && Number(own) === Number(asked))
}

function mentions(value: unknown, text: string): boolean {
  if (Array.isArray(value)) return value.some((one) => mentions(one, text))
  if (isMap(value)) return Object.values(value).some((one) => mentions(one, text))
  return scalarText(value)?.toLowerCase().includes(text) ?? false
}

/** `name`, `-name`, `name:desc`, `name_desc`, `name,desc`, and several of them. What names no member is left out. */
function sorted(items: Document[], asked: unknown, isDescending: boolean): Document[] {
  const text = Array.isArray(asked)
    ? asked.map((one) => scalarText(one) ?? '').join(',')
    : (scalarText(asked) ?? '')
  const keys = text
    .replaceAll(/\s*,\s*(asc|desc)(ending)?\b/gi, ':$1')
    .split(',')
    .map((key) => sortKey(key.trim(), isDescending))
    .filter(({ path }) => path !== '')
  if (keys.length === 0) return items
  return items.toSorted((a, b) => {
    for (const { path, sign } of keys) {
      const order = compare(valueOf(a, path), valueOf(b, path))
      if (order.isAbsent) {
        if (order.sign !== 0) return order.sign
      } else if (order.sign !== 0) return sign * order.sign
    }
    return 0
  })
}

function sortKey(text: string, isDescending: boolean): { path: string; sign: number } {
  const [, prefix = '', path = '', suffix] =
    /^([+-]?)(.*?)(?:[\s:_|.-](asc|desc)(?:ending)?)?$/i.exec(text) ?? []
  const isDown =
    prefix === '-' ||
    suffix?.toLowerCase() === 'desc' ||
    (suffix === undefined && prefix === '' && isDescending)
  return { path, sign: isDown ? -1 : 1 }
}

function valueOf(document: Document, path: string): unknown {
  const own = memberNamed(document, path)
  if (own !== undefined) return document[own]
  const [first = '', ...rest] = path.split('.')
  const member = memberNamed(document, first)
  const value = member === undefined ? undefined : document[member]
  return rest.length > 0 && isMap(value) ? valueOf(value, rest.join('.')) : undefined
}

/** What is absent stands last, whichever way is asked for. */
function compare(a: unknown, b: unknown): { sign: number; isAbsent: boolean } {
  const [one, other] = [scalarText(a), scalarText(b)]
  if (one === undefined || other === undefined) {
    return { sign: Number(one === undefined) - Number(other === undefined), isAbsent: true }
  }
  const areNumbers = typeof a !== 'string' && typeof b !== 'string'
  const [left, right] = areNumbers ? [Number(one), Number(other)] : [one, other]
  return { sign: left < right ? -1 : Number(left > right), isAbsent: false }
}
