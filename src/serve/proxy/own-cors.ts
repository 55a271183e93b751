import type { IncomingMessage } from 'node:http'
import { OWN_HEADERS } from '../send.js'
import type { RawHeaders } from './hop-by-hop.js'

/** Whether a browser asks if it may send a request (https://fetch.spec.whatwg.org/#cors-preflight-fetch). */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined

export const allowsOrigins = (headers: RawHeaders): boolean =>
  headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'access-control-allow-origin')

/** The answer to a preflight where the upstream gives none: whatever was asked for. */
export function preflightHeaders({ headers }: IncomingMessage): string[] {
  const asked = headers['access-control-request-headers']
  const pairs = [
    ['access-control-allow-origin', headers.origin ?? '*'],
    ['access-control-allow-credentials', 'true'],
    ['access-control-allow-methods', headers['access-control-request-method'] ?? ''],
    asked === undefined ? [] : ['access-control-allow-headers', asked],
    ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
  ]
  return pairs.flat()
}

/**
 * The headers that let the asking page read a reply. Where the upstream allows pages itself, its word
 * holds, and only our own headers are shown to them as well.
 */
export function corsHeaders({ headers: { origin } }: IncomingMessage, upstreams: RawHeaders): string[] {
  if (origin === undefined) return []
  if (allowsOrigins(upstreams)) return shown(OWN_HEADERS)
  const names = new Set(upstreams.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()))
  const pairs = [
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    shown([...OWN_HEADERS, ...names]),
    ['vary', 'Origin'],
  ]
  return pairs.flat()
}

const shown = (names: readonly string[]): string[] => ['access-control-expose-headers', names.join(', ')]
