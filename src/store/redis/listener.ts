import type { Redis } from 'ioredis'
import { type Address, addressText } from './location.js'
import { disconnection, isReply } from './refusals.js'

export interface ListenerOptions {
  readonly create: (address: Address) => Redis
  /** Told that what is published now is missed. */
  readonly onLost: (reason: string) => void
  /** Told that from now on everything is heard. */
  readonly onHearing: () => void
}

/** Hears what is published, over a connection of its own. In a cluster it is all the same at which node. */
export class Listener {
  readonly #options: ListenerOptions
  readonly #listeners = new Map<string, Set<(message: string) => void>>()
  #client: Redis | undefined
  #at = ''
  #closed = false

  constructor(options: ListenerOptions) {
    this.#options = options
  }

  isAt(address: Address): boolean {
    return this.#at === addressText(address)
  }

  get isConnected(): boolean {
    return this.#client?.status === 'ready'
  }

  /** Listens there from now on, and nowhere else. Rejects where nobody answers; it goes on trying all the same. */
  async listenAt(address: Address): Promise<void> {
    const before = this.#client
    const client = this.#options.create(address)
    this.#client = client
    this.#at = addressText(address)
    before?.disconnect()
    const whileUsed = (handler: () => void) => () => {
      if (this.#client === client && !this.#closed) handler()
    }
    client.on('error', (error: unknown) => whileUsed(() => this.#options.onLost(disconnection(error)))())
    client.on(
      'close',
      whileUsed(() => this.#options.onLost('the connection was closed')),
    )
    client.on(
      'ready',
      whileUsed(() => void this.#hear(client)),
    )
    client.on('message', (channel: string, message: string) => {
      if (this.#client === client) this.#heard(channel, message)
    })
    await client.connect()
  }

  /** Connects anew: it may not have noticed that its connection is gone, and would hear nothing any more. */
  reconnect(): void {
    this.#client?.disconnect(true)
  }

  /** Resolves with how to stop, once everything that is published on the channel is heard. */
  async subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>> {
    const known = this.#listeners.get(channel)
    if (known) known.add(listener)
    else this.#listeners.set(channel, new Set([listener]))
    await this.#subscribe(channel)
    return async () => {
      const listeners = this.#listeners.get(channel)
      listeners?.delete(listener)
      if (listeners?.size !== 0) return
      this.#listeners.delete(channel)
      if (this.isConnected) await this.#client?.unsubscribe(channel).catch(() => {})
    }
  }

  /** Resolves when everything is heard that is published from now on. Rejects where the connection is lost before. */
  async check(): Promise<void> {
    if (this.#client) await this.#subscribeToAll(this.#client)
  }

  close(): void {
    this.#closed = true
    this.#client?.disconnect()
  }

  async #subscribe(channel: string): Promise<void> {
    for (;;) {
      const client = this.#client
      try {
        await client?.subscribe(channel)
        return
      } catch (error) {
        // The connection was lost before it was answered: it, or one to another node, will be there again.
        if (isReply(error) || this.#closed) throw error
      }
    }
  }

  async #hear(client: Redis): Promise<void> {
    try {
      await this.#subscribeToAll(client)
      if (this.#client === client) this.#options.onHearing()
    } catch {
      // The connection was lost again, and will be ready again.
    }
  }

  async #subscribeToAll(client: Redis): Promise<void> {
    const channels = [...this.#listeners.keys()]
    await (channels.length > 0 ? client.subscribe(...channels) : client.ping())
  }

  #heard(channel: string, message: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(message)
  }
}
