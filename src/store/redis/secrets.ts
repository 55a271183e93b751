import { randomBytes } from 'node:crypto'
import { errors } from '../../errors.js'
import type { Connection } from './connection.js'

/**
 * The secrets that all who share a Redis have in common: 32 random bytes each, in base64url (RFC 4648
 * section 5), by name in one hash. Whoever asks first makes it. Where Redis has lost one, those who
 * know it put it back.
 */
export class Secrets {
  readonly #connection: Connection
  readonly #key: string
  readonly #known = new Map<string, Promise<string>>()
  readonly #stop: () => void

  constructor(connection: Connection) {
    this.#connection = connection
    this.#key = connection.keys.shared('secrets')
    this.#stop = connection.onRestored(() => void this.#offerAgain())
  }

  async get(name: string): Promise<Uint8Array> {
    let known = this.#known.get(name)
    if (!known) {
      known = this.#agree(name, randomBytes(32).toString('base64url'))
      this.#known.set(name, known)
      known.catch(() => this.#known.delete(name))
    }
    return Buffer.from(await known, 'base64url')
  }

  close(): void {
    this.#stop()
  }

  /** The secret, which is what is offered where there is none. */
  async #agree(name: string, offered: string): Promise<string> {
    await this.#connection.send('HSETNX', this.#key, name, offered)
    const agreed = await this.#connection.send('HGET', this.#key, name)
    if (typeof agreed === 'string' && /^[\w-]{43}$/.test(agreed)) return agreed
    throw new errors.STANDIN_ERR_STORE_FOREIGN(
      this.#connection.location,
      this.#key,
      'a secret of no valid form',
    )
  }

  async #offerAgain(): Promise<void> {
    for (const [name, known] of this.#known) {
      const again = known.then((secret) => this.#agree(name, secret))
      // If Redis goes away once more, this is done once more.
      await again.then(
        () => this.#known.set(name, again),
        () => {},
      )
    }
  }
}
