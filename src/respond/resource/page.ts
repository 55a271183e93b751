import type { Document } from '../state.js'
import { type ListParameters, numberKeyword } from './list-parameters.js'
import { scalarText } from './scalar.js'
import type { Shapes } from './shape.js'

/** One page of a list. */
export interface Page {
  readonly items: readonly Document[]
  /** Of all pages together. */
  readonly total: number
  /** How many come before. */
  readonly offset: number
  /** How many a page holds at most; undefined where everything is on one. */
  readonly size: number | undefined
  /** The number of the first page: 1, or 0 where the docs count so. */
  readonly first: number
  /** What continues after this page, where something does; what goes back before it likewise. */
  readonly next: Position | undefined
  readonly previous: Position | undefined
}

/** Where another page begins, as the parameters of the list would say it. */
export interface Position {
  readonly query: Readonly<Record<string, string>>
  readonly token: string
}

/** How many a page holds where neither the request nor the docs say. */
const USUAL_SIZE = 20

/** What the docs say of the numbers of pages and items. */
interface Numbering {
  /** Items that a page holds at most. */
  readonly most: number | undefined
  /** Items of a page where the request does not say. */
  readonly usual: number
  /** The number of the first page. */
  readonly first: 0 | 1
}

const numberings = new WeakMap<ListParameters, Numbering>()

function numberingOf(parameters: ListParameters, shapes: Shapes): Numbering {
  let numbering = numberings.get(parameters)
  if (!numbering) {
    const [page, size] = [parameters.roles.get('page'), parameters.roles.get('size')]
    const countsFromZero =
      page && (numberKeyword(page, 'minimum', shapes) === 0 || numberKeyword(page, 'default', shapes) === 0)
    numbering = {
      most: size && numberKeyword(size, 'maximum', shapes),
      usual: (size && numberKeyword(size, 'default', shapes)) ?? USUAL_SIZE,
      first: countsFromZero === true ? 0 : 1,
    }
    numberings.set(parameters, numbering)
  }
  return numbering
}

/** Undefined where the cursor of the query is none that was given out. */
export function pageOf(
  all: readonly { readonly id: string; readonly document: Document }[],
  query: Readonly<Record<string, unknown>>,
  parameters: ListParameters,
  shapes: Shapes,
): Page | undefined {
  const { roles } = parameters
  const numberAt = (name: string | undefined): number | undefined => {
    const text = name === undefined ? undefined : scalarText(query[name])
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  }
  const [page, size, offset, cursor] = (['page', 'size', 'offset', 'cursor'] as const).map((role) =>
    roles.get(role),
  )
  const isPaged = page !== undefined || size !== undefined || offset !== undefined || cursor !== undefined
  const { most, usual, first } = numberingOf(parameters, shapes)
  const asked = numberAt(size?.name) ?? usual
  const count = isPaged ? Math.min(asked, most ?? asked) : undefined
  const from =
    startOf(all, query, cursor?.name) ??
    numberAt(offset?.name) ??
    ((numberAt(page?.name) ?? first) - first) * (count ?? 0)
  if (from === 'unknown') return undefined
  const start = Math.max(0, from)

  const at = (begin: number): Position => {
    const number = String(Math.floor(begin / (count || 1)) + first)
    const token = Buffer.from(`after ${begin}`).toString('base64url')
    const before = all[begin - 1]?.id
    if (cursor) return { query: { [cursor.name]: isById(cursor.name) ? (before ?? '') : token }, token }
    if (offset) return { query: { [offset.name]: String(begin) }, token }
    return { query: page ? { [page.name]: number } : {}, token }
  }
  const end = count === undefined ? all.length : start + count
  return {
    items: all.slice(start, end).map(({ document }) => document),
    total: all.length,
    offset: start,
    size: count,
    first,
    next: end < all.length && count !== 0 ? at(end) : undefined,
    previous: start > 0 ? at(Math.max(0, start - (count ?? start))) : undefined,
  }
}

/** Whether a cursor is the identifier of the last item that was seen. */
const isById = (name: string): boolean => /^starting_?after$/i.test(name)

function startOf(
  all: readonly { readonly id: string }[],
  query: Readonly<Record<string, unknown>>,
  name: string | undefined,
): number | 'unknown' | undefined {
  const text = name === undefined ? undefined : scalarText(query[name])
  if (text === undefined || text === '') return undefined
  const after = all.findIndex(({ id }) => id === text)
  if (after !== -1) return after + 1
  const [, begin] = /^after (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  return begin === undefined ? 'unknown' : Number(begin)
}
