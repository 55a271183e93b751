import { malformedEncoding, Unreadable } from './malformed.js'

export type Decode = (text: string) => string

/** Percent-decoding (RFC 3986 section 2.1). Throws Unreadable. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    throw malformedEncoding()
  }
}

/** As forms and browsers encode queries: `+` is a space (WHATWG URL, section 5.1). Throws Unreadable. */
export const decodeForm = (text: string): string =>
  decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text)

/** Cookies are decoded where they are encoded, and taken as they are where they only look so. */
export function decodeCookie(text: string): string {
  try {
    return decodePercent(text)
  } catch {
    return text
  }
}

/** A name or value with the text that was sent for it, still encoded. */
export interface Pair {
  readonly name: string
  readonly raw: string
}

/** The pairs of a query or form in their order; those whose name cannot be decoded have no name to match. */
export function parsePairs(query: string): Pair[] {
  const pairs: Pair[] = []
  for (let start = 0; start < query.length;) {
    const mark = query.indexOf('&', start)
    const end = mark === -1 ? query.length : mark
    if (end > start) addPair(pairs, query.slice(start, end))
    start = end + 1
  }
  return pairs
}

function addPair(pairs: Pair[], part: string): void {
  const equals = part.indexOf('=')
  try {
    pairs.push({
      name: decodeForm(equals === -1 ? part : part.slice(0, equals)),
      raw: equals === -1 ? '' : part.slice(equals + 1),
    })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
  }
}
