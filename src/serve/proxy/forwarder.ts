import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { RawHeaders } from './hop-by-hop.js'
import { calledAs, requestHeaders } from './request-headers.js'
import { replyHeaders } from './reply-headers.js'
import { type Upstream, parseUpstream } from './upstream.js'
import { failureOf, UpstreamFailure } from './upstream-failure.js'

export interface ForwardOptions {
  /** Milliseconds until the upstream's reply must have begun. */
  readonly timeout: number
  /** Take certificates that nobody vouches for. */
  readonly insecure: boolean
  /** An HTTP proxy through which the upstream is reached. */
  readonly through?: string | undefined
}

/** The body of a request: still to come, read already, or none. */
export type ForwardBody = AsyncIterable<Uint8Array> | string | Uint8Array | undefined

/** The upstream's reply, whose body has yet to be read. */
export interface UpstreamReply {
  readonly status: number
  readonly statusText: string
  /** As the client gets them. */
  readonly headers: RawHeaders
  readonly body: Readable
}

export interface Forwarder {
  readonly upstream: Upstream
  /**
   * Asks the upstream what the client asked. Bodies are neither decoded nor changed.
   * @throws UpstreamFailure where no reply begins; the signal's reason when it is aborted
   */
  exchange(request: IncomingMessage, body: ForwardBody, signal: AbortSignal): Promise<UpstreamReply>
  close(): Promise<void>
}

/**
 * Passes requests on to an upstream.
 * @param upstream its URL; a path in it stands before the path of each request
 * @throws STANDIN_ERR_UPSTREAM
 */
export function createForwarder(upstreamUrl: string, options: ForwardOptions): Forwarder {
  const upstream = parseUpstream(upstreamUrl)
  const dispatcher = createDispatcher(options)
  // Another one for each process, so that a request that comes back to us is known as such.
  const pseudonym = `standin-${randomBytes(4).toString('hex')}`

  const exchange: Forwarder['exchange'] = async (request, body, signal) => {
    if (request.headers.via?.includes(pseudonym) === true)
      throw new UpstreamFailure(
        'upstream-failed',
        `The upstream ${upstream.url} is this proxy itself, or leads back to it`,
      )
    try {
      const reply = await dispatcher.request({
        origin: upstream.origin,
        path: upstream.basePath + targetOf(request),
        method: request.method ?? 'GET',
        headers: requestHeaders(request, pseudonym),
        body: hasBody(request) ? asSent(body) : null,
        signal,
        responseHeaders: 'raw',
      })
      // Who reads it is told of errors; who lets go of it half way has no use for them.
      reply.body.on('error', () => {})
      const { scheme, host } = calledAs(request)
      const headers = replyHeaders(textsOf(reply.headers), upstream, `${scheme}://${host}`)
      return { status: reply.statusCode, statusText: reply.statusText, headers, body: reply.body }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw failureOf(error, upstream, options.timeout)
    }
  }

  return {
    upstream,
    exchange,
    close: () => dispatcher.destroy(),
  }
}

/** Aborts when the client is gone before it has its whole reply: nobody waits for the upstream then. */
export function abortWith(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client has gone'))
  })
  return controller.signal
}

/** The chunks of a request as they come. Whoever stops reading leaves the rest to the next reader. */
export function bodyOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = request.iterator({ destroyOnReturn: false })
  return { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) }
}

/** RFC 9112 section 6.3: a request has a body where its headers say so. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const asSent = (body: ForwardBody): string | Uint8Array | Readable | null =>
  body === undefined
    ? null
    : typeof body === 'string' || body instanceof Uint8Array
      ? body
      : Readable.from(body, { objectMode: false })

/** Path and query. A client that takes this for a proxy of its own sends the whole URL (RFC 9112 section 3.2.2). */
function targetOf({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url
  return url === '*' ? '/' : url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/^(?!\/)/, '/')
}

function createDispatcher({ timeout, insecure, through }: ForwardOptions): Dispatcher {
  const tls = { rejectUnauthorized: !insecure }
  // A stream of events may be silent for as long as it likes; only the beginning is waited for.
  const limits = { headersTimeout: timeout, bodyTimeout: 0 }
  const connect = { ...tls, timeout: Math.min(timeout, 10_000) }
  return through === undefined
    ? new Agent({ ...limits, connect })
    : new ProxyAgent({ uri: through, requestTls: tls, ...limits })
}

/** Asked for raw, undici gives names and values in turn, as Latin-1, which is how node writes them again. */
const textsOf = (headers: unknown): string[] => (Array.isArray(headers) ? headers.map(String) : [])
