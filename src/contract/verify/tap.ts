import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** What went over the wire for one interaction, byte for byte. */
export interface Exchange {
  readonly request: Buffer[]
  readonly response: Buffer[]
  /** Why the provider could not be reached, or stopped in the middle: the code of the system's error. */
  trouble: string | undefined
  /** Whether the provider has said its last byte, and not only we have stopped to wait. */
  ended: boolean
}

export interface TapTarget {
  readonly url: URL
  /** Whether certificates that nobody vouches for are taken. */
  readonly insecure: boolean
}

/** A connection to the provider, with TLS where its address says so. */
export function connectTo({ url, insecure }: TapTarget): Socket {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (url.protocol !== 'https:') return connect({ host, port: Number(url.port || 80) })
  const named = /[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}
  return connectTls({
    host,
    port: Number(url.port || 443),
    rejectUnauthorized: !insecure,
    ALPNProtocols: ['http/1.1'],
    ...named,
  })
}

/**
 * Stands between Pact's verifier and the provider and copies bytes, unchanged, in both directions.
 * It reads no HTTP, so nothing that a proxy would mend, merge or reject is lost: what the verifier
 * was sent can be looked at afterwards. TLS is spoken on the side of the provider only.
 */
export class Tap {
  readonly #target: TapTarget
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #current: Exchange = newExchange()

  constructor(target: TapTarget) {
    this.#target = target
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#carry(socket))
  }

  /** Resolves with the port on loopback. */
  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The tap has no port')
    return address.port
  }

  /** What is sent from now on belongs to a new exchange. */
  begin(): Exchange {
    this.#current = newExchange()
    return this.#current
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #carry(client: Socket): void {
    const provider = connectTo(this.#target)
    // A connection that is kept alive carries several; an answer belongs to the last request on it.
    let exchange = this.#current
    for (const socket of [client, provider]) {
      this.#sockets.add(socket)
      socket.setNoDelay(true)
      socket.once('close', () => this.#sockets.delete(socket))
    }
    client.on('data', (chunk) => {
      exchange = this.#current
      exchange.request.push(chunk)
    })
    provider.on('data', (chunk) => exchange.response.push(chunk))
    let gaveUp = false
    client.once('end', () => {
      gaveUp = true
    })
    provider.once('end', () => {
      exchange.ended = !gaveUp
    })
    provider.on('error', (error: NodeJS.ErrnoException) => {
      exchange.trouble ??= error.code ?? error.message
      client.resetAndDestroy()
    })
    client.on('error', () => provider.destroy())
    client.once('close', () => provider.destroy())
    provider.once('close', () => client.destroySoon())
    client.pipe(provider)
    provider.pipe(client)
  }
}

const newExchange = (): Exchange => ({ request: [], response: [], trouble: undefined, ended: false })
