import { endToEnd, type RawHeaders } from './hop-by-hop.js'
import type { Upstream } from './upstream.js'

/**
 * The headers of the upstream's reply as the client gets them: without those of the connection, and
 * with what names the upstream itself naming this server, so that clients stay with it.
 *
 * @param own scheme and authority of this server, `http://localhost:8080`
 */
export const replyHeaders = (headers: RawHeaders, upstream: Upstream, own: string): string[] =>
  endToEnd(headers).flatMap(([name, value]) => [name, rewritten(name.toLowerCase(), value, upstream, own)])

function rewritten(name: string, value: string, upstream: Upstream, own: string): string {
  if (name === 'location' || name === 'content-location') return ownLocation(value, upstream, own)
  return name === 'set-cookie' ? ownCookie(value, upstream) : value
}

/** A place of the upstream as a place of this server; a place of any other server as it is. */
function ownLocation(location: string, { origin, basePath }: Upstream, own: string): string {
  if (location.startsWith('/') && !location.startsWith('//')) return withoutBase(location, basePath)
  const absolute = location.startsWith('//') ? new URL(origin).protocol + location : location
  if (!URL.canParse(absolute) || new URL(absolute).origin !== origin) return location
  const rest = absolute.slice(absolute.indexOf('//') + 2).replace(/^[^/?#]*/, '')
  const path = withoutBase(rest, basePath)
  return path === rest && basePath !== '' ? location : own + path
}

function withoutBase(path: string, basePath: string): string {
  if (basePath === '' || !path.startsWith(basePath)) return path
  const rest = path.slice(basePath.length)
  return rest === '' || rest.startsWith('?') || rest.startsWith('#')
    ? `/${rest}`
    : rest.startsWith('/')
      ? rest
      : path
}

/**
 * A cookie (RFC 6265 section 4.1) for this server. One with the upstream's `Domain` would be refused by
 * the client, which called another host; without it, it belongs to the host that sent it.
 */
const ownCookie = (cookie: string, { basePath }: Upstream): string =>
  cookie
    .split(';')
    .filter((part, index) => index === 0 || !/^\s*domain\s*=/i.test(part))
    .map((part, index) =>
      index === 0
        ? part
        : part.replace(
            /^(\s*path\s*=\s*)(\/.*)$/i,
            (_, name: string, path: string) => name + withoutBase(path, basePath),
          ),
    )
    .join(';')
