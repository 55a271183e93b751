import { Type } from '@sinclair/typebox'

/** The header that names a session; the cookie has the same name. */
export const SESSION_HEADER = 'standin-session'

/** For clients that can set neither: `/_standin/in/NAME/users/7` is `/users/7` in the session NAME. */
export const SESSION_PATH = '/_standin/in/'

/** Letters, digits, `.`, `_` and `-`; begins with a letter or digit. The default session is `''`, which nobody names. */
export const SessionName = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: "up to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
})
const FORM = new RegExp(SessionName.pattern ?? '')

export const isSessionName = (text: string): boolean => FORM.test(text)

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The session that a request names, as it is written there; `''` where it names none. The header goes before the cookie. */
export function sessionNameOf(headers: Headers): string {
  const header = headers[SESSION_HEADER]
  if (header !== undefined) return String(header)
  const { cookie } = headers
  return cookie?.includes(SESSION_HEADER) === true ? fromCookie(String(cookie)) : ''
}

/** RFC 6265 section 5.4: pairs parted by `; `. */
function fromCookie(cookie: string): string {
  for (const pair of cookie.split(';')) {
    const [name = '', value = ''] = pair.split('=', 2)
    if (name.trim().toLowerCase() === SESSION_HEADER) return value.trim()
  }
  return ''
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
