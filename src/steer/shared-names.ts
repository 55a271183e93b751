import type { Replicas } from '../store/redis/replicas.js'
import type { NamedSession, SessionNames } from '../store/redis/session-names.js'

/** How long uses are gathered before they are written, in milliseconds. */
const GATHER = 1000

/** What replicas tell each other. */
const TOUCH = 'flush-sessions'
const ENDING = 'sessions-ending'

/**
 * Which sessions there are, where several processes have them in common. A call never waits for it: what
 * was used is written down about once a second, and before anybody looks. Everything rejects with
 * STANDIN_ERR_STORE_*.
 */
export class SharedNames {
  readonly #names: SessionNames
  readonly #replicas: Pick<Replicas, 'on' | 'tell'>
  #touched = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(names: SessionNames, replicas: Pick<Replicas, 'on' | 'tell'>) {
    this.#names = names
    this.#replicas = replicas
    replicas.on(TOUCH, () => this.flush())
  }

  /** Says what is done about sessions that any of the processes is about to end. */
  onEnding(listener: (names: readonly string[]) => Promise<void>): void {
    this.#replicas.on(ENDING, (about) => {
      const names: string[] = JSON.parse(about)
      return listener(names)
    })
  }

  /** Says that a session was used. */
  touch(name: string): void {
    this.#touched.add(name)
    this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), GATHER).unref()
  }

  /** Resolves when it is written what was used before. What cannot be written is kept. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const flushed = this.#last.then(() => this.#write())
    this.#last = flushed.catch(() => {})
    return flushed
  }

  /** Takes in sessions of which something is there, and the default one. Those that are known stay as they are. */
  adopt(names: readonly string[]): Promise<void> {
    return this.#names.adopt(['', ...names])
  }

  async find(name: string): Promise<NamedSession | undefined> {
    await this.#flushAll()
    return this.#names.find(name)
  }

  async list(): Promise<NamedSession[]> {
    await this.#flushAll()
    return this.#names.list()
  }

  async count(): Promise<number> {
    await this.#flushAll()
    return this.#names.count()
  }

  async add(name: string, limit: number): Promise<'added' | 'taken' | 'full'> {
    await this.#flushAll()
    return this.#names.add(name, limit)
  }

  /** True for whoever is to end it: one of all that ask. */
  async remove(name: string): Promise<boolean> {
    await this.#flushAll()
    return this.#names.remove(name)
  }

  /** Those that this process is to end, since nobody has used them for so long. */
  async takeIdle(idle: number): Promise<string[]> {
    await this.#flushAll()
    return this.#names.takeIdle(idle)
  }

  /** Whether it is this process that looks for idle sessions this time. */
  isToLook(every: number): Promise<boolean> {
    return this.#names.isToLook(every)
  }

  /** Resolves when every process has let go of them. */
  ending(names: readonly string[]): Promise<void> {
    return this.#replicas.tell(ENDING, JSON.stringify(names))
  }

  /** Of these, those that were ended while this process did not hear of it. */
  async missing(names: readonly string[]): Promise<string[]> {
    await this.flush()
    return this.#names.missing(names)
  }

  #flushAll(): Promise<void> {
    return this.#replicas.tell(TOUCH, '')
  }

  async #write(): Promise<void> {
    const touched = this.#touched
    if (touched.size === 0) return
    this.#touched = new Set()
    try {
      await this.#names.touch([...touched])
    } catch (error) {
      for (const name of touched) this.#touched.add(name)
      throw error
    }
  }
}
