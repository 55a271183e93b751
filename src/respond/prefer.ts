import type { RequestInput } from './check.js'
import { splitUnquoted, unquote } from './media-range.js'

/** What a client asks of the mock. Every member is absent unless asked for. */
export interface Preferences {
  /** Three digits, of a final status: an interim one (RFC 9110 section 15.2) would leave the client waiting. */
  readonly code?: string
  /** Name of an example. */
  readonly example?: string
  /** A generated body although there is an example; `false` is what happens anyhow. */
  readonly dynamic?: boolean
  /** Those that have no meaning, for a clear answer. */
  readonly invalid?: readonly InvalidPreference[]
}

export interface InvalidPreference {
  readonly in: 'header' | 'query'
  readonly name: 'code' | 'dynamic' | 'example'
  readonly value: string
  /** What the value must be, as the end of a sentence. */
  readonly message: string
}

const NONE: Preferences = Object.freeze({})
const NAMES = ['code', 'example', 'dynamic'] as const
type Name = (typeof NAMES)[number]

/** What a request asks for. */
export function preferencesOf({ headers, url }: Pick<RequestInput, 'headers' | 'url'>): Preferences {
  const { prefer } = headers
  const mark = url.indexOf('?')
  const header = Array.isArray(prefer) ? prefer.join(', ') : prefer
  return readPreferences(header, mark === -1 ? '' : url.slice(mark + 1))
}

/**
 * Reads `Prefer: code=404, example="not found", dynamic=true` (RFC 7240) and, for clients that
 * cannot set headers, `?__code=404&__example=...&__dynamic=true`. The header goes first, name by
 * name; of repeated preferences the first counts (section 2). `;` separates as `,` does, since
 * both are in use; other preferences are none of ours and left alone.
 *
 * @param header several header lines are joined with `, `, as Node.js does
 * @param query the raw query string, without `?`, or something with `get`
 */
export function readPreferences(
  header: string | undefined,
  query: string | { get(name: string): string | null },
): Preferences {
  const inQuery = typeof query !== 'string' || query.includes('__')
  if (header === undefined && !inQuery) return NONE
  const fromHeader = header === undefined ? undefined : parsePrefer(header)
  const fromQuery = inQuery ? (typeof query === 'string' ? new URLSearchParams(query) : query) : undefined
  const preferences: { code?: string; example?: string; dynamic?: boolean } = {}
  const invalid: InvalidPreference[] = []
  for (const name of NAMES) {
    const inHeader = fromHeader?.get(name)
    const value = inHeader ?? fromQuery?.get(`__${name}`) ?? undefined
    if (value === undefined) continue
    const message = problemOf(name, value)
    if (message !== undefined) {
      invalid.push({ in: inHeader === undefined ? 'query' : 'header', name, value, message })
    } else if (name === 'dynamic') preferences.dynamic = value.toLowerCase() === 'true'
    else preferences[name] = value
  }
  return invalid.length > 0 ? { ...preferences, invalid } : preferences
}

function problemOf(name: Name, value: string): string | undefined {
  if (name === 'code')
    return /^[2-5]\d\d$/.test(value) ? undefined : 'must be a final status of three digits, such as 404'
  if (name === 'dynamic') return /^(true|false)$/i.test(value) ? undefined : 'must be true or false'
  return value === '' ? 'must name an example' : undefined
}

function parsePrefer(header: string): Map<string, string> {
  const preferences = new Map<string, string>()
  for (const part of splitUnquoted(header, ',;')) {
    const equals = part.indexOf('=')
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (name === '' || preferences.has(name)) continue
    // A preference without a value and one with an empty value mean the same (section 2); for
    // `dynamic` that is yes.
    const value = equals === -1 ? '' : unquote(part.slice(equals + 1).trim())
    preferences.set(name, name === 'dynamic' && value === '' ? 'true' : value)
  }
  return preferences
}
