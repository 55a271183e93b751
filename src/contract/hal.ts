import { isObject } from '../operation/json-object.js'
import { memberOf } from './value.js'

/** A resource of a HAL API (draft-kelly-json-hal): members, and links by relation under `_links`. */
export type Resource = Readonly<Record<string, unknown>>

export interface Link {
  readonly href: string
  readonly name: string | undefined
}

/** The links of a relation; one or several, as HAL allows both. */
export function linksOf(resource: unknown, relation: string): Link[] {
  return [memberOf(memberOf(resource, '_links'), relation)].flat().flatMap((link) => {
    const href = memberOf(link, 'href')
    const name = memberOf(link, 'name')
    return typeof href === 'string' ? [{ href, name: typeof name === 'string' ? name : undefined }] : []
  })
}

/** The first link of a relation with its template filled (`{name}`, RFC 6570 level 1). */
export function hrefOf(
  resource: unknown,
  relation: string,
  values: Readonly<Record<string, string>> = {},
): string | undefined {
  return linksOf(resource, relation)[0]?.href.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  )
}

export const embeddedOf = (resource: unknown, relation: string): unknown[] => {
  const embedded = memberOf(memberOf(resource, '_embedded'), relation)
  return Array.isArray(embedded) ? embedded.filter(isObject) : []
}
