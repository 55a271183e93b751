import { LosslessNumber } from '../../operation/json.js'
import { normalise } from '../pair/member-names.js'
import type { Located } from '../schema/located.js'
import type { Page } from './page.js'
import { withValueAt } from './place.js'
import { isMap } from './scalar.js'
import type { ShownBody } from './shown-body.js'
import type { Shapes } from './shape.js'
import { valueAt } from '../../operation/pointer.js'

/** Where pages lead, as URLs by relation (RFC 8288): `next`, `prev`, `first`, `last`, `self`. */
export type PageLinks = Readonly<Record<string, string | undefined>>

type Fact = (page: Page, links: PageLinks) => unknown

const pagesOf = ({ total, size }: Page): number => (size ? Math.ceil(total / size) : Math.min(1, total))
const numberOf = ({ offset, size, first }: Page): number => Math.floor(offset / (size || 1)) + first

const NUMBERS: readonly [RegExp, (page: Page) => number][] = [
  [
    /^(total|totalcount|totalitems|totalelements|totalresults|totalrecords|totalsize|totalhits|itemcount|recordstotal|recordsfiltered|resultcount)$/,
    (page) => page.total,
  ],
  [/^(totalpages|pagecount|pagestotal|lastpage|numpages|numberofpages|pages)$/, pagesOf],
  [/^(page|currentpage|pagenumber|pageno|pageindex|number|current)$/, numberOf],
  [/^(perpage|pagesize|limit|size|itemsperpage)$/, (page) => page.size ?? page.items.length],
  [/^(offset|skip|startindex)$/, (page) => page.offset],
  [/^(numberofelements|returned|countreturned|pageitems)$/, (page) => page.items.length],
  [/^from$/, (page) => (page.items.length > 0 ? page.offset + 1 : 0)],
  [/^to$/, (page) => page.offset + page.items.length],
]
const FLAGS: readonly [RegExp, (page: Page) => boolean][] = [
  [/^(hasmore|hasnext|hasnextpage|more)$/, (page) => page.next !== undefined],
  [/^(hasprev|hasprevious|hasprevpage|haspreviouspage)$/, (page) => page.previous !== undefined],
  [/^(first|isfirst)$/, (page) => page.previous === undefined],
  [/^(last|islast)$/, (page) => page.next === undefined],
  [/^(empty|isempty)$/, (page) => page.items.length === 0],
]
const CURSORS: readonly [RegExp, (page: Page) => string | undefined][] = [
  [
    /^(nextcursor|nexttoken|nextpagetoken|nextpage|next|cursor|after|endcursor|continuationtoken)$/,
    (page) => page.next?.token,
  ],
  [
    /^(prevcursor|previouscursor|prevtoken|prevpage|previouspage|previous|prev|before|startcursor)$/,
    (page) => page.previous?.token,
  ],
]
const RELATIONS: Readonly<Record<string, string>> = {
  next: 'next',
  nextpage: 'next',
  nexturl: 'next',
  nextpageurl: 'next',
  nextlink: 'next',
  prev: 'prev',
  previous: 'prev',
  prevpage: 'prev',
  previouspage: 'prev',
  prevurl: 'prev',
  previousurl: 'prev',
  prevpageurl: 'prev',
  first: 'first',
  firstpageurl: 'first',
  last: 'last',
  lastpageurl: 'last',
  self: 'self',
}

/** Members that hold what is told of the page. */
const HOLDERS = /^(meta|metadata|pagination|paging|pageinfo|page|links|info|cursors?|pager)$/

interface Slot {
  readonly tokens: readonly string[]
  readonly schema: Located
  readonly fact: Fact
}

/**
 * Finds in the envelope of a list what tells of the page (totals, numbers, cursors, links) and makes of a
 * body one that tells it of another page. What an envelope says besides stays as documented.
 */
export function preparePageMembers(body: ShownBody, root: Located, shapes: Shapes): Retell {
  if (body.tokens.length === 0) return (value) => value
  const slots: Slot[] = []
  const look = (tokens: readonly string[], located: Located, depth: number): void => {
    const shown = valueAt(body.base, tokens)
    const names = new Set([...shapes.names(located), ...(isMap(shown) ? Object.keys(shown) : [])])
    for (const name of names) {
      const inner = [...tokens, name]
      const schema = shapes.member(located, name) ?? { schema: true, document: undefined }
      const value = isMap(shown) && Object.hasOwn(shown, name) ? shown[name] : undefined
      const leadsOn = body.tokens.slice(0, inner.length).join('/') === inner.join('/')
      const isHolder = HOLDERS.test(normalise(name)) && (isMap(value) || shapes.isObject(schema))
      if (leadsOn ? inner.length < body.tokens.length : isHolder && depth < 2) look(inner, schema, depth + 1)
      if (leadsOn) continue
      const fact = factOf(name, value, schema, names, shapes)
      if (fact) slots.push({ tokens: inner, schema, fact })
    }
  }
  look([], root, 0)
  return (value, page, links) =>
    slots.reduce((told, slot) => tell(told, slot, slot.fact(page, links), shapes), value)
}

export type Retell = (body: unknown, page: Page, links: PageLinks) => unknown

function factOf(
  name: string,
  value: unknown,
  schema: Located,
  siblings: ReadonlySet<string>,
  shapes: Shapes,
): Fact | undefined {
  const words = normalise(name)
  const types = shapes.types(schema)
  const is = (type: 'integer' | 'number' | 'boolean' | 'string'): boolean => types?.has(type) ?? false
  if (is('integer') || is('number')) {
    // `count` is of all unless something else is.
    const hasTotal = [...siblings].some((one) => normalise(one).startsWith('total'))
    if (words === 'count') return ({ items, total }) => number(hasTotal ? items.length : total)
    if (/^next(page)?$/.test(words)) return (page) => page.next && number(numberOf(page) + 1)
    if (/^prev(ious)?(page)?$/.test(words)) return (page) => page.previous && number(numberOf(page) - 1)
    const [, of] = NUMBERS.find(([pattern]) => pattern.test(words)) ?? []
    return of && ((page) => number(of(page)))
  }
  if (is('boolean')) return FLAGS.find(([pattern]) => pattern.test(words))?.[1]
  const relation = Object.hasOwn(RELATIONS, words) ? RELATIONS[words] : undefined
  if (isMap(value) || shapes.isObject(schema)) {
    // HAL: `{ "next": { "href": "..." } }`.
    if (relation === undefined || !shapes.members(schema).has('href')) return undefined
    return (_, links) =>
      links[relation] === undefined ? undefined : { ...(isMap(value) && value), href: links[relation] }
  }
  if (types && !is('string')) return undefined
  if (relation !== undefined && isUrl(words, value, schema, shapes)) return (_, links) => links[relation]
  return CURSORS.find(([pattern]) => pattern.test(words))?.[1]
}

const number = (value: number): LosslessNumber => new LosslessNumber(String(value))

function isUrl(words: string, value: unknown, schema: Located, shapes: Shapes): boolean {
  if (/(url|link)$/.test(words) || (typeof value === 'string' && value.includes('/'))) return true
  return [...shapes.parts(schema)].some(
    (part) => typeof part.schema !== 'boolean' && /^(uri|url)/.test(String(part.schema['format'])),
  )
}

/** What is not there is null where that is allowed, else it is left out. */
function tell(body: unknown, { tokens, schema }: Slot, fact: unknown, shapes: Shapes): unknown {
  if (fact !== undefined) return withValueAt(body, tokens, fact)
  if (shapes.types(schema)?.has('null')) return withValueAt(body, tokens, null)
  const holder = valueAt(body, tokens.slice(0, -1))
  const name = tokens.at(-1)
  if (!isMap(holder) || name === undefined || !Object.hasOwn(holder, name)) return body
  const { [name]: _, ...rest } = holder
  return withValueAt(body, tokens.slice(0, -1), rest)
}
