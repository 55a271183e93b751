import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { ControlApp } from './context.js'
import { ControlProblem } from './problems.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For everybody: shows nothing of requests or state, and changes nothing. */
    readonly public?: boolean
  }
}

export interface GuardOptions {
  /** Undefined where none is asked for. */
  readonly token: string | undefined
  /** Names, with a port or for any, that the server may be called besides those of loopback. */
  readonly hosts: readonly string[]
  /** Whether other machines can reach the server. Then ports may be mapped, and a token is asked for. */
  readonly open: boolean
}

/** Fields of a request's head; browsers send twenty. */
const MOST_HEADERS = 100

/**
 * Keeps pages of other origins away from what steers the stand-in, before anything else looks at their
 * requests: by `Origin` and `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/), and by `Host`, since a
 * name that was made to point here (DNS rebinding) makes any page one of the same origin.
 */
export function guard(app: ControlApp, options: GuardOptions): void {
  const holds = options.token === undefined ? undefined : tokenCheck(options.token)
  const isOwn = hostCheck(options)
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.public === true) return
    const { headers, raw } = request
    if (raw.rawHeaders.length > 2 * MOST_HEADERS) {
      throw new ControlProblem('headers-too-large', `The request has more than ${MOST_HEADERS} header fields`)
    }
    if (!isOwn(request)) {
      throw new ControlProblem(
        'origin-refused',
        `'${headers.host ?? ''}' is none of this server's own names; --control-host adds one`,
      )
    }
    if (!isSameOrigin(request)) {
      throw new ControlProblem('origin-refused', 'A page of another origin may not steer the stand-in')
    }
    // A server of somebody else's may listen to other machines, whatever address was configured here.
    if (!holds && !isHere(raw.socket.remoteAddress)) {
      throw new ControlProblem(
        'control-token-needed',
        'Another machine may steer the stand-in only with a token, and none is set: set one with --control-token (controlToken)',
        undefined,
        { 'www-authenticate': CHALLENGE },
      )
    }
    if (holds && !holds(headers.authorization)) {
      throw new ControlProblem(
        'control-token-needed',
        'Send the header Authorization: Bearer TOKEN; the token was given with --control-token, or printed at the start',
        undefined,
        { 'www-authenticate': CHALLENGE },
      )
    }
  })
}

const CHALLENGE = 'Bearer realm="standin"'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a connection comes from this machine. A request without a socket has no address. */
const isHere = (address: string | undefined): boolean =>
  address === undefined || /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(address)

/** In a time that does not depend on how much of the token is right. */
function tokenCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = sha256(token)
  return (authorization = '') => {
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? []
    return given !== '' && timingSafeEqual(expected, sha256(given))
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

function hostCheck({ hosts, open }: GuardOptions): (request: FastifyRequest) => boolean {
  const own = new Set(hosts.map((host) => host.toLowerCase()))
  return ({ headers, raw, protocol }) => {
    const [, name = '', port = protocol === 'https' ? '443' : '80'] =
      /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec((headers.host ?? '').toLowerCase()) ?? []
    if (name === '') return false
    if (own.has(name) || own.has(`${name}:${port}`)) return true
    const { localAddress, localPort } = raw.socket
    // An injected request has no socket, and what is open to others may stand behind a mapped port.
    const isPort = open || localPort === undefined || Number(port) === localPort
    return isPort && (LOOPBACK.test(name) || isAddress(name, localAddress))
  }
}

/** Whether a host is the very address that was connected to, which no name can be made to be. */
function isAddress(host: string, address: string | undefined): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return isIP(bare) !== 0 && address !== undefined && bare === address.replace(/^::ffff:(?=\d+\.)/, '')
}

/** Clients outside a browser send neither header. */
function isSameOrigin({ headers }: FastifyRequest): boolean {
  const { origin, host = '' } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return true
  return origin === `http://${host}` || origin === `https://${host}`
}
