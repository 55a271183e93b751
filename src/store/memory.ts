import { randomBytes } from 'node:crypto'
import { errors } from '../errors.js'
import type { StateReader, StateWriter } from '../respond/state.js'
import { Durable } from './durable.js'
import { kindOf } from './session-kind.js'
import { SeedContents } from './seed.js'
import { Session } from './session.js'
import type { Seed, Store } from './store.js'

class MemoryStore implements Store {
  readonly location = 'memory'
  readonly #seed: SeedContents
  readonly #sessions = new Map<string, Session>()
  readonly secret: Store['secret']
  #closed = false

  constructor(seed: SeedContents, secret: Store['secret']) {
    this.#seed = seed
    this.secret = secret
  }

  async read(session: string): Promise<StateReader> {
    this.#check()
    return this.#sessions.get(session) ?? this.#fresh()
  }

  async update<Result>(session: string, change: (state: StateWriter) => Result): Promise<Result> {
    this.#check()
    let state = this.#sessions.get(session)
    if (state === undefined) this.#sessions.set(session, (state = this.#fresh()))
    return state.update(change)
  }

  async reset(session: string): Promise<void> {
    this.#check()
    await this.#seed.refresh()
    this.#sessions.delete(session)
  }

  async sessions(kind = ''): Promise<string[]> {
    return [...this.#sessions.keys()].filter((name) => name !== '' && kindOf(name) === kind)
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  #check(): void {
    if (this.#closed) throw new errors.STANDIN_ERR_STORE_CLOSED(this.location)
  }

  #fresh(): Session {
    return new Session(new Durable({ root: this.#seed.current, changes: new Map() }))
  }
}

/** A store that ends with the process. Durable means in memory. */
export async function openMemoryStore({ seed }: { readonly seed: Seed }): Promise<Store> {
  const secrets = new Map<string, Uint8Array>()
  const secret = async (name: string): Promise<Uint8Array> => {
    const known = secrets.get(name)
    if (known !== undefined) return known
    const made = randomBytes(32)
    secrets.set(name, made)
    return made
  }
  return new MemoryStore(await SeedContents.of(seed, secret), secret)
}
