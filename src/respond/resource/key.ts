/** The parents of an item as the path names them, outermost first; empty where it has none. */
export type Scope = readonly string[]

const escapeId = (text: string): string => text.replaceAll('%', '%25').replaceAll('/', '%2F')
const unescapeId = (text: string): string => text.replaceAll('%2F', '/').replaceAll('%25', '%')

/** The id of a document in the store: `parent/id`, with `/` and `%` of each percent-encoded. */
export const keyOf = (scope: Scope, id: string): string => [...scope, id].map(escapeId).join('/')

export function partsOfKey(key: string): { readonly scope: Scope; readonly id: string } {
  if (!key.includes('/') && !key.includes('%')) return { scope: [], id: key }
  const parts = key.split('/').map(unescapeId)
  return { scope: parts.slice(0, -1), id: parts.at(-1) ?? '' }
}
