import type { SessionState } from '../respond/behaviour.js'
import type { Journals } from './journal/journals.js'
import type { Store } from '../store/store.js'
import { Session } from './session.js'
import { isSessionName } from './session-name.js'
import type { SharedSteering } from './shared-steering.js'

export type { Session } from './session.js'

export interface SessionsOptions {
  readonly store: Store | undefined
  /** A state as people are to see it, with what it stands on; as it is where this is left out. */
  readonly shown?: ((state: SessionState) => SessionState) | undefined
  /** Undefined keeps no calls. */
  readonly journals: Journals | undefined
  /** What steers them, where that is shared with other processes. */
  readonly steering?: SharedSteering | undefined
  /** Named sessions at once. */
  readonly limit: number
  /** Milliseconds without a call after which a named session is dropped; 0 keeps it. */
  readonly idle: number
  /** The clock by which sessions are idle, in milliseconds since 1970; Date.now by default. */
  readonly now?: (() => number) | undefined
  /** Told of a session that could not be dropped for good; its state stays in the store. */
  readonly onFailure?: ((error: unknown) => void) | undefined
}

/** Why a request gets no session. */
export interface SessionRefusal {
  readonly code: 'bad-session' | 'too-many-sessions'
  readonly detail: string
}

/** How often idle sessions are looked for, in milliseconds, at most and at least. */
const SWEEP = { most: 60_000, least: 20 }

/** The sessions of a stand-in, made on first use and dropped when nobody uses them. */
export class Sessions {
  readonly default: Session
  readonly #options: SessionsOptions
  readonly #named = new Map<string, Session>()
  /** Names whose state is being dropped. */
  readonly #ending = new Map<string, Promise<void>>()
  readonly #now: () => number
  #sweeping: NodeJS.Timeout | undefined

  constructor(options: SessionsOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.default = this.#make('')
  }

  get(name: string): Session | SessionRefusal {
    const session = this.find(name)
    if (session) {
      session.lastUsed = this.#now()
      return session
    }
    if (!isSessionName(name)) return { code: 'bad-session', detail: badName(name) }
    const { limit } = this.#options
    if (this.#named.size >= limit) {
      return {
        code: 'too-many-sessions',
        detail: `${limit} sessions are in use; drop some (DELETE /_standin/v1/sessions/NAME) or raise --max-sessions`,
      }
    }
    return this.#add(name)
  }

  /** The session of this name, if it is in use. */
  find(name: string): Session | undefined {
    return name === '' ? this.default : this.#named.get(name)
  }

  /** The default one first. */
  list(): Session[] {
    return [this.default, ...this.#named.values()]
  }

  /** Takes in the sessions that a store has kept from before, so that they are listed and end like others. */
  async adopt(): Promise<void> {
    for (const name of (await this.#options.store?.sessions()) ?? []) {
      if (isSessionName(name) && !this.#named.has(name)) this.#add(name)
    }
  }

  /** Forgets a named session and all that it holds. Resolves with false where there is none. */
  async drop(name: string): Promise<boolean> {
    const session = this.#named.get(name)
    if (!session) return false
    this.#named.delete(name)
    const ended = session.end()
    // A session that is made anew meanwhile must not lose what is put into it.
    const ending = ended.catch(() => {}).finally(() => this.#ending.delete(name))
    this.#ending.set(name, ending)
    await ended
    return true
  }

  /** Drops what has been idle for too long. Goes on by itself as long as there are sessions. */
  async sweep(): Promise<void> {
    const { idle, onFailure } = this.#options
    if (idle === 0) return
    const over = [...this.#named.values()].filter(({ lastUsed }) => this.#now() - lastUsed >= idle)
    await Promise.all(over.map(({ name }) => this.drop(name).catch((error: unknown) => onFailure?.(error))))
    if (this.#named.size === 0) this.close()
  }

  /** Looks for idle sessions no more. */
  close(): void {
    clearInterval(this.#sweeping)
    this.#sweeping = undefined
  }

  #add(name: string): Session {
    const { idle } = this.#options
    const session = this.#make(name)
    this.#named.set(name, session)
    if (idle > 0) {
      const every = Math.min(SWEEP.most, Math.max(SWEEP.least, Math.floor(idle / 4)))
      this.#sweeping ??= setInterval(() => void this.sweep(), every).unref()
    }
    return session
  }

  #make(name: string): Session {
    const { store, shown = asIs, journals, steering } = this.#options
    const after = this.#ending.get(name)
    return new Session(name, { store, shown, journals, steering, made: this.#now(), after })
  }
}

const asIs = (state: SessionState): SessionState => state

const badName = (name: string): string =>
  `'${name.slice(0, 80)}' is no name of a session: up to 64 letters, digits, '.', '_' and '-', the first a letter or digit`
