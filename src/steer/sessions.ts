import type { SessionState } from '../respond/behaviour.js'
import type { Store } from '../store/store.js'
import { Journal } from './journal/journal.js'
import { Overrides } from './overrides.js'
import { isSessionName } from './session-name.js'

/** An isolated copy of everything that a caller can change: state, overrides, journal. */
export interface Session {
  /** `''` for the default one. */
  readonly name: string
  /** Undefined where the stand-in is stateless. */
  readonly state: SessionState | undefined
  readonly overrides: Overrides
  readonly journal: Journal | undefined
  /** Milliseconds since 1970. */
  readonly made: number
  lastUsed: number
}

export interface SessionsOptions {
  readonly store: Store | undefined
  /** Calls kept for each session; 0 keeps none. */
  readonly journal: number
  /** Named sessions at once. */
  readonly limit: number
  /** Milliseconds without a call after which a named session is dropped. */
  readonly idle: number
  readonly now: () => number
}

/** Why a request gets no session. */
export interface SessionRefusal {
  readonly code: 'bad-session' | 'too-many-sessions'
  readonly detail: string
}

/** The sessions of a stand-in, made on first use and dropped when nobody uses them. */
export class Sessions {
  readonly default: Session
  readonly #options: SessionsOptions
  readonly #named = new Map<string, Session>()

  constructor(options: SessionsOptions) {
    this.#options = options
    this.default = this.#make('')
  }

  get(name: string): Session | SessionRefusal {
    const session = name === '' ? this.default : this.#named.get(name)
    if (session) {
      session.lastUsed = this.#options.now()
      return session
    }
    if (!isSessionName(name)) return { code: 'bad-session', detail: badName(name) }
    const { limit } = this.#options
    if (this.#named.size >= limit) {
      return {
        code: 'too-many-sessions',
        detail: `${limit} sessions are in use; drop some or raise --sessions`,
      }
    }
    const made = this.#make(name)
    this.#named.set(name, made)
    return made
  }

  /** The named ones that are in use, the default one first. */
  list(): Session[] {
    return [this.default, ...this.#named.values()]
  }

  #make(name: string): Session {
    const { store, journal, now } = this.#options
    const made = now()
    return {
      name,
      state: store && {
        read: () => store.read(name),
        update: (change) => store.update(name, change),
      },
      overrides: new Overrides(),
      journal: journal > 0 ? new Journal(journal) : undefined,
      made,
      lastUsed: made,
    }
  }
}

const badName = (name: string): string =>
  `'${name.slice(0, 80)}' is no name of a session: up to 64 letters, digits, '.', '_' and '-', the first a letter or digit`
