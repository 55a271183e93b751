import type { SampleRequest } from '../api/shapes.js'
import { pretty } from './pretty.js'

/** A request as it stands in the form. */
export interface Draft {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly body: string
}

/** The form filled in with the request that the docs show. */
export const draftOf = ({ method, url, headers, body }: SampleRequest): Draft => ({
  method,
  url,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  body: pretty(body ?? ''),
})

/** Names that a browser lets no page set (https://fetch.spec.whatwg.org/#forbidden-request-header). */
const FORBIDDEN =
  /^(accept-charset|accept-encoding|access-control-request-(headers|method)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i

/** What of a draft a browser does not send, as sentences. */
export function notSent({ method, headers, body }: Draft): string[] {
  const held = headers.filter(({ name }) => FORBIDDEN.test(name)).map(({ name }) => name)
  return [
    ...(body !== '' && (method === 'GET' || method === 'HEAD')
      ? [`Browsers send no body with ${method}: it is left out here. Copied as curl it is sent.`]
      : []),
    ...(held.length > 0 ? [`Browsers let no page set ${held.join(', ')}: left out here.`] : []),
  ]
}

/** The draft for fetch. */
export function requestOf({ method, headers, body }: Draft): {
  method: string
  headers: [string, string][]
  body?: string
} {
  const sendable = headers
    .filter(({ name }) => name.trim() !== '' && !FORBIDDEN.test(name))
    .map(({ name, value }): [string, string] => [name.trim(), value])
  const bodiless = body === '' || method === 'GET' || method === 'HEAD'
  return { method, headers: sendable, ...(!bodiless && { body }) }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The draft as a command for a POSIX shell. */
export function curlOf({ method, url, headers, body }: Draft, origin: string): string {
  return [
    ['curl', '-X', method, quoted(origin + url)].join(' '),
    ...headers
      .filter(({ name }) => name.trim() !== '')
      .map(({ name, value }) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === '' ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ')
}
