import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import inject from 'light-my-request'
import type { Reply } from '../respond/reply.js'
import { SESSION_HEADER, splitSessionPath } from '../steer/session-name.js'
import { answerBrokenHttp } from './broken-http.js'
import { asHttp1 } from './http2.js'
import type { KeyPair } from './tls/make-certificate.js'
import { answerPlainConnections } from './tls/plain-http.js'

/** What begins so is no path of the mocked API. */
const OWN_PATHS = '/_standin/'

/** What people type for the page, whose addresses begin with {@link OWN_PATHS}. */
const BARE = '/_standin'
const toPage = (response: ServerResponse): void => void response.writeHead(308, { location: OWN_PATHS }).end()

/** How often, while closing, connections that have become idle are let go, in milliseconds. */
const IDLE_CHECK = 20

/** How long, while closing, requests in flight may take, in milliseconds. */
const PATIENCE = 10_000

/** How long, while closing, replies that come from elsewhere may go on, in milliseconds. */
const GRACE = 2000

export interface FrontOptions {
  /** Makes it speak HTTPS (HTTP/1.1 over TLS). */
  readonly certificate?: KeyPair | undefined
  /** How long, while closing, requests in flight may take, in milliseconds. */
  readonly patience?: number | undefined
  /** Told of bytes that were no HTTP request: what was answered, and the packet in which that was found. */
  readonly onUnreadable?: ((reply: Reply, packet: Uint8Array | undefined) => void) | undefined
}

/**
 * The socket in front of an app. It outlives the app: when the docs change, a new app takes the
 * place of the old one while clients stay connected.
 */
export class Front {
  readonly #server: Server
  readonly #control: Pick<FastifyInstance, 'routing' | 'ready' | 'close'>
  readonly #scheme: 'http' | 'https'
  readonly #patience: number
  #draining = false
  #app: FastifyInstance | undefined
  #handler: RequestListener = () => {}
  #endNotTls = (): void => {}

  /**
   * @param control takes every path that is Standin's own
   */
  constructor(
    control: Pick<FastifyInstance, 'routing' | 'ready' | 'close'>,
    { certificate, patience = PATIENCE, onUnreadable }: FrontOptions = {},
  ) {
    this.#control = control
    this.#patience = patience
    const listener: RequestListener = (request, response) => {
      // Node.js writes `Connection: close` then (RFC 9112 section 9.6).
      if (this.#draining) response.shouldKeepAlive = false
      this.#handler(request, response)
    }
    if (certificate) {
      const server = createTlsServer({ cert: certificate.cert, key: certificate.key }, listener)
      this.#endNotTls = answerPlainConnections(server)
      this.#server = server
    } else this.#server = createServer(listener)
    this.#scheme = certificate ? 'https' : 'http'
    this.#server.on('clientError', (error: Error & { rawPacket?: Uint8Array }, socket: Socket) => {
      const reply = answerBrokenHttp(error, socket)
      if (reply) onUnreadable?.(reply, error.rawPacket)
    })
    // As Fastify sets it, so that a client behind a proxy does not meet a closed connection.
    this.#server.keepAliveTimeout = 72_000
  }

  /** Puts an app in place, once it is ready; requests in flight are finished by the one before. */
  async serve(app: FastifyInstance): Promise<void> {
    await Promise.all([app.ready(), this.#control.ready()])
    this.#handler = (request, response) => {
      if (request.url?.startsWith(OWN_PATHS) !== true) {
        if (request.url === BARE) return toPage(response)
        return app.routing(request, response)
      }
      const inSession = splitSessionPath(request.url)
      if (!inSession) return this.#control.routing(request, response)
      request.url = inSession.url
      request.headers[SESSION_HEADER] = inSession.session
      return app.routing(request, response)
    }
    this.#app = app
  }

  /**
   * A request that came to a server of somebody else. That server may listen to other machines: without
   * `controlToken` those cannot steer the stand-in, and get 401 from the control API.
   */
  handle(request: IncomingMessage, response: ServerResponse): void {
    if (request.httpVersionMajor > 1) asHttp1(request)
    this.#handler(request, response)
  }

  /** A request without a socket. */
  inject(request: InjectOptions | string): Promise<LightMyRequestResponse> {
    return inject((...exchange) => this.#handler(...exchange), request)
  }

  /** Resolves with the URL, without a slash at the end. Rejects with the system's error. */
  async listen(port: number, host: string): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ port, host }, () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    const address = this.#server.address()
    return `${this.#scheme}://${authority(address !== null && typeof address === 'object' ? address : { address: host, port })}`
  }

  /** From now on each reply asks its client to connect anew for the next, which need not be to this process. */
  drain(): void {
    this.#draining = true
  }

  /**
   * Takes no new connection, and resolves when every request in flight has been answered, or has had its time.
   * @param source where replies come from that may have no end, such as a stream of events; it is closed
   * too, as soon as nobody waits for it, and after two seconds at the latest
   */
  async close(source?: { close(): Promise<void> }): Promise<void> {
    this.drain()
    const cutOff = source && setTimeout(() => void source.close().catch(() => {}), GRACE)
    await this.#closeServer()
    clearTimeout(cutOff)
    await Promise.all([this.#app?.close(), this.#control.close(), source?.close()])
  }

  async #closeServer(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (!this.#server.listening) return resolve()
      const idle = setInterval(() => {
        this.#server.closeIdleConnections()
        this.#endNotTls()
      }, IDLE_CHECK)
      const late = setTimeout(() => this.#server.closeAllConnections(), this.#patience)
      this.#server.close(() => {
        clearTimeout(late)
        clearInterval(idle)
        resolve()
      })
    })
  }
}

const authority = ({ address, port }: Pick<AddressInfo, 'address' | 'port'>): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`
