import type { SessionState } from '../respond/behaviour.js'
import { errorCode } from '../store/failure.js'
import type { NamedSession } from '../store/redis/session-names.js'
import type { SessionJournals } from './journal/session-journal.js'
import type { Store } from '../store/store.js'
import { Session } from './session.js'
import { FORM_IN_WORDS, isSessionName } from './session-name.js'
import type { SharedNames } from './shared-names.js'
import type { SharedSteering } from './shared-steering.js'

export type { Session } from './session.js'

export interface SessionsOptions {
  readonly store: Store | undefined
  /** A state as people are to see it, with what it stands on; as it is where this is left out. */
  readonly shown?: ((state: SessionState) => SessionState) | undefined
  /** Undefined keeps no calls. */
  readonly journals: SessionJournals | undefined
  /** What several processes have in common; undefined where this one is on its own. */
  readonly shared?: SharedSessions | undefined
  /** Named sessions at once. */
  readonly limit: number
  /** Milliseconds without a call after which a named session is dropped; 0 keeps it. */
  readonly idle: number
  /** The clock by which sessions are idle, in milliseconds since 1970; Date.now by default. Those that are shared go by Redis's. */
  readonly now?: (() => number) | undefined
  /** Told of a session that could not be dropped for good; its state stays in the store. */
  readonly onFailure?: ((error: unknown) => void) | undefined
}

export interface SharedSessions {
  readonly names: SharedNames
  readonly steering: SharedSteering
}

/** Why a request gets no session. */
export interface SessionRefusal {
  readonly code: 'bad-session' | 'too-many-sessions'
  readonly detail: string
}

/** A session as it is listed. */
export interface SessionAbout extends Pick<Session, 'name' | 'made' | 'lastUsed' | 'scenario' | 'consumer'> {
  /** How many there are. */
  readonly overrides: number
}

/** How often idle sessions are looked for, in milliseconds, at most and at least. */
const SWEEP = { most: 60_000, least: 20 }

/**
 * The sessions of a stand-in, made on first use and dropped when nobody uses them. Where several processes
 * have them in common, each makes what it needs of a session when it is first named there.
 */
export class Sessions {
  readonly default: Session
  readonly #options: SessionsOptions
  readonly #shared: SharedSessions | undefined
  readonly #named = new Map<string, Session>()
  /** Names whose state is being dropped. */
  readonly #ending = new Map<string, Promise<void>>()
  readonly #now: () => number
  #sweeping: NodeJS.Timeout | undefined
  /** The code of what kept it from looking for idle sessions the last time. */
  #told = ''

  constructor(options: SessionsOptions) {
    this.#options = options
    this.#shared = options.shared
    this.#now = options.now ?? Date.now
    this.default = this.#make('')
    this.#shared?.names.onEnding((names) => this.#letGo(names))
  }

  get(name: string): Session | SessionRefusal {
    const session = this.held(name) ?? this.#begin(name)
    if ('code' in session) return session
    session.lastUsed = this.#now()
    this.#shared?.names.touch(name)
    return session
  }

  /** The session of this name, if it was used in this process. */
  held(name: string): Session | undefined {
    return name === '' ? this.default : this.#named.get(name)
  }

  /** How many were used in this process, the default one among them. */
  get size(): number {
    return 1 + this.#named.size
  }

  /** The session of this name, if it is in use. */
  async find(name: string): Promise<SessionAbout | undefined> {
    if (!this.#shared) return aboutOf(this.held(name))
    return this.#aboutShared(await this.#shared.names.find(name))
  }

  /** The default one first. */
  async list(): Promise<SessionAbout[]> {
    const all = this.#shared
      ? (await this.#shared.names.list()).map((one) => this.#aboutShared(one))
      : [this.default, ...this.#named.values()].map(aboutOf)
    const known = all.filter((one) => one !== undefined)
    return [...known.filter(({ name }) => name === ''), ...known.filter(({ name }) => name !== '')]
  }

  /** How many are in use, the default one among them. */
  async count(): Promise<number> {
    return this.#shared ? this.#shared.names.count() : this.size
  }

  /** Makes a session; undefined where there is one of this name. */
  async add(name: string): Promise<Session | SessionRefusal | undefined> {
    if (!this.#shared) return this.held(name) ? undefined : this.get(name)
    if (!isSessionName(name)) return badName(name)
    const { limit } = this.#options
    const added = await this.#shared.names.add(name, limit)
    if (added === 'taken') return undefined
    return added === 'full' ? tooMany(limit) : this.get(name)
  }

  /** Takes in the sessions that were left from before, so that they are listed and end like others. */
  async adopt(): Promise<void> {
    const kept = (await this.#options.store?.sessions()) ?? []
    if (!this.#shared) {
      for (const name of kept) if (isSessionName(name) && !this.#named.has(name)) this.#add(name)
      return
    }
    const { names, steering } = this.#shared
    await this.#letGo(await names.missing([...this.#named.keys()]))
    await names.adopt([...kept, ...steering.sessions()].filter(isSessionName))
    this.#sweepOften()
  }

  /** Forgets a named session and all that it holds. Resolves with false where there is none. */
  async drop(name: string): Promise<boolean> {
    if (!this.#shared) return this.#dropOwn(name)
    const { names } = this.#shared
    if (name === '' || !(await names.remove(name))) return false
    for (const reason of await this.#endShared(names, [name])) throw reason
    return true
  }

  /** Drops what has been idle for too long. Goes on by itself as long as there are sessions. */
  async sweep(): Promise<void> {
    const { idle, onFailure } = this.#options
    if (idle === 0) return
    if (this.#shared) return this.#sweepShared(this.#shared.names)
    const over = [...this.#named.values()].filter(({ lastUsed }) => this.#now() - lastUsed >= idle)
    await Promise.all(over.map(({ name }) => this.drop(name).catch((error: unknown) => onFailure?.(error))))
    if (this.#named.size === 0) this.close()
  }

  /** Looks for idle sessions no more. */
  close(): void {
    clearInterval(this.#sweeping)
    this.#sweeping = undefined
  }

  /** A named session that is made now, unless it cannot be. */
  #begin(name: string): Session | SessionRefusal {
    if (!isSessionName(name)) return badName(name)
    const { limit } = this.#options
    return this.#named.size >= limit ? tooMany(limit) : this.#add(name)
  }

  #add(name: string): Session {
    const session = this.#make(name)
    this.#named.set(name, session)
    this.#sweepOften()
    return session
  }

  #make(name: string): Session {
    const { store, shown = asIs, journals } = this.#options
    const after = this.#ending.get(name)
    const steering = this.#shared?.steering
    return new Session(name, { store, shown, journals, steering, made: this.#now(), after })
  }

  async #dropOwn(name: string): Promise<boolean> {
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

  /** One of all processes does it; a call that comes meanwhile counts as before the end. */
  async #sweepShared(names: SharedNames): Promise<void> {
    if (!(await names.isToLook(this.#every))) return
    for (;;) {
      const over = await names.takeIdle(this.#options.idle)
      if (over.length === 0) return
      for (const reason of await this.#endShared(names, over)) this.#options.onFailure?.(reason)
    }
  }

  /**
   * Ends sessions that were taken out of the names. One that cannot be ended is put back, so that it can be
   * asked for again. Resolves with the reasons.
   */
  async #endShared(names: SharedNames, over: readonly string[]): Promise<ReadonlySet<unknown>> {
    const reasons = new Set<unknown>()
    const letGo = names.ending(over)
    const end = async (name: string): Promise<void> => {
      try {
        await letGo
        await this.#make(name).end()
      } catch (error) {
        names.touch(name)
        reasons.add(error)
      }
    }
    await Promise.all(over.map(end))
    return reasons
  }

  async #letGo(names: readonly string[]): Promise<void> {
    const sessions = names.flatMap((name) => this.#named.get(name) ?? [])
    for (const name of names) this.#named.delete(name)
    await Promise.all(sessions.map((session) => session.leaveOff()))
  }

  #aboutShared(one: NamedSession | undefined): SessionAbout | undefined {
    const overrides = one && this.#shared?.steering.overrides(one.name)
    return (
      one && { ...one, overrides: overrides?.size ?? 0, scenario: overrides?.scenario, consumer: undefined }
    )
  }

  #sweepOften(): void {
    if (this.#options.idle === 0) return
    this.#sweeping ??= setInterval(() => void this.#sweepOrTell(), this.#every).unref()
  }

  /** What keeps it from looking is told once; that a shared store is away, by its connection. */
  async #sweepOrTell(): Promise<void> {
    try {
      await this.sweep()
      this.#told = ''
    } catch (error) {
      const code = errorCode(error)
      if (code !== 'STANDIN_ERR_STORE_UNREACHABLE' && code !== this.#told) this.#options.onFailure?.(error)
      this.#told = code
    }
  }

  get #every(): number {
    return Math.min(SWEEP.most, Math.max(SWEEP.least, Math.floor(this.#options.idle / 4)))
  }
}

const asIs = (state: SessionState): SessionState => state

const aboutOf = (session: Session | undefined): SessionAbout | undefined =>
  session && {
    name: session.name,
    made: session.made,
    lastUsed: session.lastUsed,
    overrides: session.steered ? session.overrides.size : 0,
    scenario: session.scenario,
    consumer: session.consumer,
  }

const badName = (name: string): SessionRefusal => ({
  code: 'bad-session',
  detail: `'${name.slice(0, 80)}' is no name of a session: ${FORM_IN_WORDS}`,
})

const tooMany = (limit: number): SessionRefusal => ({
  code: 'too-many-sessions',
  detail: `${limit} sessions are in use; drop some (DELETE /_standin/v1/sessions/NAME) or raise --max-sessions`,
})
