import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import { TLSSocket } from 'node:tls'
import { endToEnd } from './hop-by-hop.js'
import { traceHeaders } from './trace-headers.js'

/** Headers that are said anew for the upstream, or that were answered here already (`Expect`, RFC 9110 section 10.1.1). */
const REPLACED = new Set([
  'host',
  'expect',
  'via',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'traceparent',
  'tracestate',
])

/** The scheme and authority by which the client calls this server. */
export function calledAs(request: IncomingMessage): { scheme: 'http' | 'https'; host: string } {
  const scheme = request.socket instanceof TLSSocket ? 'https' : 'http'
  const { localAddress = '127.0.0.1', localPort = 80 } = request.socket
  return { scheme, host: request.headers.host ?? `${bracketed(localAddress)}:${localPort}` }
}

/**
 * The headers of a request as the upstream gets them, names and values in turn: without those of the
 * connection, `Host` left to the client, and with who asked whom through what: `Via` (RFC 9110 section
 * 7.6.3), `Forwarded` (RFC 7239) and the older `X-Forwarded-*` that most servers read; a trace goes on.
 */
export function requestHeaders(request: IncomingMessage, pseudonym: string): string[] {
  const kept = endToEnd(request.rawHeaders).filter(([name]) => !REPLACED.has(name.toLowerCase()))
  const { scheme, host } = calledAs(request)
  const client = request.socket.remoteAddress ?? 'unknown'
  const node = isIPv6(client) ? `"[${client}]"` : client
  const before = (name: string) => {
    const value = request.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
  const after = (name: string, own: string) => {
    const earlier = before(name)
    return earlier === undefined ? own : `${earlier}, ${own}`
  }
  const added = [
    ['Via', after('via', `${request.httpVersion} ${pseudonym}`)],
    ['Forwarded', after('forwarded', `for=${node};host="${host.replaceAll(/["\\]/g, '')}";proto=${scheme}`)],
    ['X-Forwarded-For', after('x-forwarded-for', client)],
    // Whoever stood before us knows better by what name the server was called.
    ['X-Forwarded-Host', before('x-forwarded-host') ?? host],
    ['X-Forwarded-Proto', before('x-forwarded-proto') ?? scheme],
  ]
  return [...kept, ...added, ...traceHeaders(request.headers)].flat()
}

const bracketed = (address: string): string => (isIPv6(address) ? `[${address}]` : address)
