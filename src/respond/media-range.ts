import { essenceOf } from '../operation/media-type.js'

/** A media type or a range of them, taken apart (RFC 9110 section 8.3.1 and 12.5.1). Names in lower case, values as written. */
export interface MediaRange {
  readonly type: string
  readonly subtype: string
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/

/** Splits at a separator that does not stand inside a quoted string (RFC 9110 section 5.6.4). */
export function splitUnquoted(text: string, separators: string): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (!quoted && separators.includes(character)) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

/** The value of a token or of a quoted string. */
export const unquote = (text: string): string =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll(/\\(.)/gs, '$1')
    : text

/** Undefined where the text is no media type. `*` alone, as old Java clients send it, is any type. */
export function parseMediaRange(text: string): MediaRange | undefined {
  const essence = essenceOf(text)
  const [type = '', subtype = '', more] = essence === '*' ? ['*', '*'] : essence.split('/')
  if (more !== undefined || !TOKEN.test(type) || !TOKEN.test(subtype)) return undefined
  if (type === '*' && subtype !== '*') return undefined
  const parameters = new Map<string, string>()
  const end = text.indexOf(';')
  if (end !== -1) {
    for (const parameter of splitUnquoted(text.slice(end + 1), ';')) {
      const equals = parameter.indexOf('=')
      if (equals === -1) continue
      const name = parameter.slice(0, equals).trim().toLowerCase()
      if (!parameters.has(name)) parameters.set(name, unquote(parameter.slice(equals + 1).trim()))
    }
  }
  return { type, subtype, parameters }
}

/**
 * How closely a range fits a media type, or undefined where it does not: 1 for any type, 2 for
 * `type/*`, 3 for `type/*+suffix` (RFC 6838 section 4.2.8), 4 for the type itself, more with each
 * matching parameter. The media type may be a range too, as descriptions have them: then any of its
 * members may be meant. A suffix implies nothing: `application/json` does not fit
 * `application/problem+json`. Bodies are sent in UTF-8, so `charset=utf-8` always holds. A
 * parameter that the media type does not have makes the fit less close, but no misfit: descriptions
 * seldom name the parameters that their types are served with.
 */
export function fit(range: MediaRange, media: MediaRange): number | undefined {
  const closeness = fitOfType(range, media)
  if (closeness === undefined) return undefined
  let parameters = 0
  for (const [name, value] of range.parameters) {
    if (name === 'q') break
    const actual = media.parameters.get(name) ?? (name === 'charset' ? 'utf-8' : undefined)
    if (actual === undefined) parameters -= 0.5
    else if (actual.toLowerCase() !== value.toLowerCase()) return undefined
    else parameters++
  }
  return closeness + parameters
}

function fitOfType(range: MediaRange, media: MediaRange): number | undefined {
  if (range.type === '*') return 1
  if (media.type === '*') return 4
  if (range.type !== media.type) return undefined
  if (range.subtype === '*') return 2
  if (range.subtype === media.subtype || media.subtype === '*') return 4
  if (range.subtype.startsWith('*+') && media.subtype.endsWith(range.subtype.slice(1))) return 3
  if (media.subtype.startsWith('*+') && range.subtype.endsWith(media.subtype.slice(1))) return 4
  return undefined
}
