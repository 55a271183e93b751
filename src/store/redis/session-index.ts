import { list } from './answers.js'
import type { Connection } from './connection.js'

/**
 * Which named sessions there are. A session stands in it before its state is there, and is taken out after
 * its state is gone: so one that is there is never missing, and one that is listed may be gone.
 */
export class SessionIndex {
  readonly #connection: Connection
  readonly #key: string

  constructor(connection: Connection) {
    this.#connection = connection
    this.#key = connection.keys.shared('states')
  }

  async add(session: string): Promise<void> {
    await this.#connection.send('SADD', this.#key, session)
  }

  async remove(session: string): Promise<void> {
    await this.#connection.send('SREM', this.#key, session)
    // Somebody may have begun it anew between its end and this.
    if (await this.#isThere(session)) await this.add(session)
  }

  /** Those that are there, of those that are listed. */
  async list(): Promise<string[]> {
    const names = list(await this.#connection.send('SMEMBERS', this.#key)).map(String)
    const there = await Promise.all(names.map((name) => this.#isThere(name)))
    return names.filter((_, index) => there[index])
  }

  async #isThere(session: string): Promise<boolean> {
    return (await this.#connection.send('EXISTS', this.#connection.keys.session(session, 'state'))) === 1
  }
}
