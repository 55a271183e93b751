import { Type } from '@sinclair/typebox'
import { decoded } from '../operation/decoded.js'
import type { Beginning } from './beginning.js'

/** The header that names a session; the cookie has the same name. */
export const SESSION_HEADER = 'standin-session'

/** For clients that can set neither: `/_standin/in/NAME/users/7` is `/users/7` in the session NAME. */
export const SESSION_PATH = '/_standin/in/'

export const FORM_IN_WORDS = "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit"

/** Letters, digits, `.`, `_` and `-`; begins with a letter or digit. The default session is `''`, which nobody names. */
export const SessionName = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: FORM_IN_WORDS,
})
const FORM = new RegExp(SessionName.pattern ?? '')

export const isSessionName = (text: string): boolean => FORM.test(text)

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The session that a request names, as it is written there; `''` where it names none. The header goes before the cookie. */
export const sessionNameOf = (headers: Headers): string => nameIn(sessionTextOf(headers))

/** The name in `NAME; snapshot=…`, which nothing has to follow. Without a name it is no session's either. */
export function nameIn(text: string): string {
  const plain = plainText(text)
  const end = plain.indexOf(';')
  return end === -1 ? plain : plain.slice(0, end).trim() || plain
}

/** All that a request says of its session; `''` where it says nothing. */
export function sessionTextOf(headers: Headers): string {
  const header = headers[SESSION_HEADER]
  if (header !== undefined) return String(header)
  const { cookie } = headers
  return cookie?.includes(SESSION_HEADER) === true ? fromCookie(String(cookie)) : ''
}

/**
 * What the session is to begin from: `NAME; snapshot=demo; scenario=late`, in the form of parameters (RFC 9110
 * section 5.6.6). A cookie has it percent-encoded, since it can hold no `;`.
 *
 * @returns undefined where nothing is asked for, a sentence where that cannot be understood
 */
export function beginningAskedIn(text: string): Beginning | string | undefined {
  const [, ...parameters] = plainText(text).split(';')
  const asked = new Map<string, string>()
  for (const parameter of parameters) {
    const [name, value] = pairIn(parameter)
    if (name === '' && value === '') continue
    const key = name.toLowerCase()
    if (key !== 'snapshot' && key !== 'scenario') {
      return `'${name.slice(0, 80)}' is nothing that a session begins from: there is snapshot=NAME and scenario=NAME`
    }
    if (asked.has(key)) return `${key} is there twice; a session begins from one`
    const plain = value.replace(/^"(.*)"$/, '$1')
    if (!isSessionName(plain)) return `'${value.slice(0, 80)}' is no name of a ${key}: ${FORM_IN_WORDS}`
    asked.set(key, plain)
  }
  return asked.size === 0 ? undefined : { snapshot: asked.get('snapshot'), scenario: asked.get('scenario') }
}

/** Cookies and paths may have it percent-encoded; no name has a percent sign. */
const plainText = (text: string): string => (text.includes('%') ? decoded(text) : text)

/** RFC 6265 section 5.4: pairs parted by `; `. */
function fromCookie(cookie: string): string {
  for (const pair of cookie.split(';')) {
    const [name, value] = pairIn(pair)
    if (name.toLowerCase() === SESSION_HEADER) return value
  }
  return ''
}

/** `NAME=VALUE`, whose value may hold a further `=`. */
function pairIn(text: string): readonly [name: string, value: string] {
  const [name = '', ...value] = text.split('=')
  return [name.trim(), value.join('=').trim()]
}

/** A request target that begins with {@link SESSION_PATH}, as a session and the target without it. */
export function splitSessionPath(
  url: string,
): { readonly session: string; readonly url: string } | undefined {
  if (!url.startsWith(SESSION_PATH)) return undefined
  const rest = url.slice(SESSION_PATH.length)
  const end = rest.search(/[/?]/)
  if (end === -1) return { session: rest, url: '/' }
  return { session: rest.slice(0, end), url: rest[end] === '/' ? rest.slice(end) : `/${rest.slice(end)}` }
}
