import { decoded } from './decoded.js'

/** JSON Pointers (RFC 6901): `/paths/~1users/get`, and the tokens they are made of. */

export const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1')

export const joinPointer = (pointer: string, token: string | number): string =>
  `${pointer}/${typeof token === 'number' ? token : escapeToken(token)}`

/** The tokens of a pointer; an empty list for the whole document. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return []
  const rest = pointer.startsWith('/') ? pointer.slice(1) : pointer
  return rest.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A token in the URI fragment form of a pointer (RFC 6901 section 6). */
export const tokenToFragment = (token: string): string =>
  /^[\w.-]*$/.test(token) ? token : encodeURIComponent(wellFormed(escapeToken(token)))

/** Text without halves of surrogate pairs, which have no form in UTF-8. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')

/** The pointer in a URI fragment, given without `#`. A stray `%` stands for itself. */
export const fragmentToPointer = (fragment: string): string => decoded(fragment)

/** The value at a pointer; undefined where it leads nowhere. */
export function valueAt(root: unknown, tokens: readonly string[]): unknown {
  let value = root
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined
    value = Reflect.get(value, token)
  }
  return value
}
