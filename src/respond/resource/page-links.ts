import type { Page, Position } from './page.js'
import type { PageLinks } from './page-members.js'
import type { ListParameters } from './list-parameters.js'

/** The URLs of other pages, relative to the server: the request's own with another position. */
export function pageLinks(url: string, page: Page, { roles }: ListParameters): PageLinks {
  const paging = (['page', 'offset', 'cursor'] as const).flatMap((role) => roles.get(role)?.name ?? [])
  const to = (position: Position | undefined): string | undefined => {
    if (!position) return undefined
    const [path = '', query = ''] = url.split(/\?(.*)/s)
    const values = new URLSearchParams(query)
    for (const name of paging) values.delete(name)
    for (const [name, value] of Object.entries(position.query)) values.set(name, value)
    const text = values.toString()
    return text === '' ? path : `${path}?${text}`
  }
  const pageName = roles.get('page')?.name
  const numbered = (number: number): Position | undefined =>
    pageName === undefined ? undefined : { query: { [pageName]: String(number) }, token: '' }
  const last = page.size ? Math.max(0, Math.ceil(page.total / page.size) - 1) : 0
  return {
    self: url,
    next: to(page.next),
    prev: to(page.previous),
    first: to(numbered(page.first)),
    last: to(numbered(page.first + last)),
  }
}

/** RFC 8288 section 3; undefined where there is no other page. */
export function linkHeader(links: PageLinks): string | undefined {
  const others = ['prev', 'next', 'last', 'first'].flatMap((relation) =>
    links[relation] === undefined ? [] : [`<${links[relation]}>; rel="${relation}"`],
  )
  return links['next'] === undefined && links['prev'] === undefined ? undefined : others.join(', ')
}
