import type { Operation, Parameter } from '../../operation/operation.js'
import { normalise } from '../pair/member-names.js'
import { allowedValues, numberOf } from '../schema/keywords.js'
import { type Located, locate } from '../schema/located.js'
import type { Shapes } from './shape.js'

/** What a query parameter of a list does, as far as its name says. */
export type Role = 'page' | 'size' | 'offset' | 'cursor' | 'sort' | 'direction' | 'search'

/** By normalised name; `page[size]` is `pagesize`. */
const ROLES: Readonly<Record<Role, readonly string[]>> = {
  page: ['page', 'pagenumber', 'pageno', 'pagenum', 'pageindex', 'currentpage'],
  size: [
    'perpage',
    'pagesize',
    'limit',
    'pagelimit',
    'size',
    'maxresults',
    'maxitems',
    'itemsperpage',
    'take',
    'top',
  ],
  offset: ['offset', 'skip', 'pageoffset', 'startindex'],
  cursor: [
    'cursor',
    'after',
    'startingafter',
    'nexttoken',
    'pagetoken',
    'nextpagetoken',
    'nextcursor',
    'continuationtoken',
    'pageafter',
    'pagecursor',
  ],
  sort: ['sort', 'sortby', 'orderby', 'ordering', 'sortfield', 'sortcolumn', 'order'],
  direction: [
    'direction',
    'dir',
    'sortdirection',
    'sortdir',
    'sortorder',
    'orderdir',
    'orderdirection',
    'order',
  ],
  search: ['q', 'search', 'searchterm', 'searchtext', 'fulltext'],
}
const ALL: readonly Role[] = ['page', 'size', 'offset', 'cursor', 'sort', 'direction', 'search']

/** A filter: the member that a parameter names, and the values that mean no filter at all. */
export interface Filter {
  readonly parameter: string
  readonly member: string
  /** Values that no item can have, such as `all`. */
  readonly idle: ReadonlySet<unknown>
}

export interface ListParameters {
  readonly roles: ReadonlyMap<Role, Parameter>
  readonly filters: readonly Filter[]
  /** Deep objects whose keys are members: `filter[name]=x`. */
  readonly deep: readonly string[]
}

/** What the query parameters of a list do: those that name a member of the item filter by it, others as their names say. */
export function listParameters(operation: Operation, item: Located, shapes: Shapes): ListParameters {
  const queries = operation.parameters.filter((one) => one.in === 'query')
  const members = shapes.normalised(item)
  const names = new Set(queries.map(({ name }) => normalise(name)))
  const roles = new Map<Role, Parameter>()
  const filters: Filter[] = []
  const deep: string[] = []
  for (const parameter of queries) {
    const name = normalise(parameter.name)
    const role = roleOf(name, names)
    const member = members.get(name.replace(/^(filter|where)(?=.)/, '')) ?? members.get(name)
    // `size` is a pizza's where pizzas have one, and no other word is left for the page.
    const isPaging =
      role !== undefined && (member === undefined || /^(page|limit|offset|cursor|sort|q)/.test(name))
    if (isPaging && !roles.has(role)) roles.set(role, parameter)
    else if (member !== undefined) filters.push(filterBy(parameter, member, item, shapes))
    else if (/^(filters?|where)$/.test(name)) deep.push(parameter.name)
  }
  return { roles, filters, deep }
}

function roleOf(name: string, all: ReadonlySet<string>): Role | undefined {
  const roles = ALL.filter((role) => ROLES[role].includes(name))
  // `order` says by what, unless `sort` does: then it says which way.
  const hasSort = ROLES.sort.some((one) => one !== 'order' && all.has(one))
  return roles.length > 1 && hasSort ? 'direction' : roles[0]
}

function filterBy(parameter: Parameter, member: string, item: Located, shapes: Shapes): Filter {
  const schema = shapes.member(item, member)
  const own = schema && [...shapes.parts(schema)].map((part) => allowedValues(part.schema)).find(Boolean)
  const offered = [...shapes.parts(locate(parameter.schema))]
    .map((part) => allowedValues(part.schema))
    .find(Boolean)
  const idle =
    offered?.filter((value) => (own ? !own.includes(value) : value === 'all' || value === 'any')) ?? []
  return { parameter: parameter.name, member, idle: new Set(idle) }
}

/** A bound or default of a parameter. */
export function numberKeyword(
  { schema }: Parameter,
  keyword: 'minimum' | 'maximum' | 'default',
  shapes: Shapes,
): number | undefined {
  for (const part of shapes.parts(locate(schema))) {
    const value = numberOf(part.schema, keyword)
    if (value !== undefined) return value
  }
  return undefined
}
