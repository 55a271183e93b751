import { kindOf } from '../session-kind.js'
import { list } from './answers.js'
import type { Connection } from './connection.js'

/** Sessions that are asked about at once. */
const AT_ONCE = 1000

/**
 * Which named sessions there are, those of each kind by themselves. A session stands in it before its state
 * is there, and is taken out after its state is gone: so one that is there is never missing, and one that is
 * listed may be gone.
 */
export class SessionIndex {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async add(session: string): Promise<void> {
    await this.#connection.send('SADD', this.#key(kindOf(session)), session)
  }

  async remove(session: string): Promise<void> {
    await this.#connection.send('SREM', this.#key(kindOf(session)), session)
    // Somebody may have begun it anew between its end and this.
    if (await this.#isThere(session)) await this.add(session)
  }

  /** Those that are there, of those that are listed. */
  async list(kind: string): Promise<string[]> {
    const names = list(await this.#connection.send('SMEMBERS', this.#key(kind))).map(String)
    const found: string[] = []
    // One command for each, since their keys are in different slots, and many of them in a write.
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const some = names.slice(from, from + AT_ONCE)
      const there = await Promise.all(some.map((name) => this.#isThere(name)))
      found.push(...some.filter((_, index) => there[index]))
    }
    return found
  }

  #key(kind: string): string {
    return this.#connection.keys.shared(kind === '' ? 'states' : `states-${kind}`)
  }

  async #isThere(session: string): Promise<boolean> {
    return (await this.#connection.send('EXISTS', this.#connection.keys.session(session, 'state'))) === 1
  }
}
