import { errors } from '../../errors.js'
import type { StateReader, StateWriter } from '../../respond/state.js'
import { SeedContents } from '../seed.js'
import type { Seed, Store, Trouble } from '../store.js'
import { Confirmation } from './confirmation.js'
import type { Connection } from './connection.js'
import { Secrets } from './secrets.js'
import { SessionIndex } from './session-index.js'
import { SessionState } from './session-state.js'

/** How much is kept here of what Redis has, so that little is asked for anew. */
export interface CopyLimits {
  readonly sessions: number
  readonly documents: number
}

const LIMITS: CopyLimits = { sessions: 10_000, documents: 200_000 }

export interface RedisStoreOptions {
  /** By whom what is written has to be confirmed. */
  readonly confirmation?: Confirmation
  readonly limits?: CopyLimits
}

class RedisStore implements Store {
  readonly location: string
  readonly #connection: Connection
  readonly #seed: SeedContents
  readonly #secrets: Secrets
  readonly #index: SessionIndex
  readonly #confirmation: Confirmation
  readonly #limits: CopyLimits
  /** Those that were used last are at the end. */
  readonly #sessions = new Map<string, SessionState>()
  /** In the copies of all sessions. */
  #documents = 0
  #closed = false

  constructor(
    connection: Connection,
    seed: SeedContents,
    secrets: Secrets,
    { confirmation, limits }: Required<RedisStoreOptions>,
  ) {
    this.location = connection.location
    this.#connection = connection
    this.#seed = seed
    this.#secrets = secrets
    this.#index = new SessionIndex(connection)
    this.#confirmation = confirmation
    this.#limits = limits
  }

  get trouble(): Trouble | undefined {
    return this.#connection.trouble
  }

  async read(session: string): Promise<StateReader> {
    return this.#session(session).read()
  }

  async update<Result>(session: string, change: (state: StateWriter) => Result): Promise<Result> {
    return this.#session(session).update(change)
  }

  async reset(session: string): Promise<void> {
    await this.#session(session).reset(async () => void (await this.#seed.refresh()))
    if (session !== '') await this.#index.remove(session)
  }

  async sessions(kind = ''): Promise<string[]> {
    this.#check()
    return this.#index.list(kind)
  }

  async secret(name: string): Promise<Uint8Array> {
    this.#check()
    return this.#secrets.get(name)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#sessions.values()].map((session) => session.idle()))
    this.#secrets.close()
  }

  #session(name: string): SessionState {
    this.#check()
    const known = this.#sessions.get(name)
    const session = known ?? this.#make(name)
    if (known) this.#sessions.delete(name)
    this.#sessions.set(name, session)
    return session
  }

  #make(name: string): SessionState {
    this.#makeRoom(1)
    return new SessionState({
      connection: this.#connection,
      confirmation: this.#confirmation,
      session: name,
      root: () => this.#seed.current,
      onBegin: async () => {
        if (name !== '') await this.#index.add(name)
      },
      onGrowth: (documents) => {
        this.#documents += documents
        this.#makeRoom(0)
      },
    })
  }

  /** Forgets those that have not been used for longest, if there are too many: they are read again when they are. */
  #makeRoom(more: number): void {
    const { sessions, documents } = this.#limits
    if (this.#sessions.size + more <= sessions && this.#documents <= documents) return
    for (const [name, session] of this.#sessions) {
      if (session.busy) continue
      this.#sessions.delete(name)
      this.#documents -= session.size
      if (this.#sessions.size + more <= sessions && this.#documents <= documents) return
    }
  }

  #check(): void {
    if (this.#closed) throw new errors.STANDIN_ERR_STORE_CLOSED(this.location)
  }
}

/** A store on a Redis, which other processes may share. Rejects with STANDIN_ERR_STORE_*. */
export async function openRedisStore(
  connection: Connection,
  seed: Seed,
  { confirmation = new Confirmation(0), limits = LIMITS }: RedisStoreOptions = {},
): Promise<Store> {
  const secrets = new Secrets(connection)
  try {
    const contents = await SeedContents.of(seed, (name) => secrets.get(name))
    return new RedisStore(connection, contents, secrets, { confirmation, limits })
  } catch (error) {
    secrets.close()
    throw error
  }
}
