import type { CallLog } from '../../store/redis/call-log.js'
import type { Journal, SharedJournal } from './journal.js'
import { Mirror } from './mirror.js'
import { Room } from './room.js'
import type { FollowedJournal } from './session-journal.js'

/** Milliseconds for which a journal stays that nobody follows: whoever asks once mostly asks again. */
const LINGER = 10_000
/** Of those. */
const MOST_IDLE = 16

interface Kept {
  readonly mirror: Mirror
  /** Those who read or follow it now. */
  users: number
  followers: number
  unwatch: Promise<() => Promise<void>> | undefined
}

/** The logs that somebody looks at, as journals of this process. */
export class Mirrors {
  readonly #log: CallLog
  readonly #room: Room
  readonly #shared: SharedJournal
  readonly #kept = new Map<string, Kept>()
  readonly #unwatch: () => void
  #sweeping: NodeJS.Timeout | undefined

  /**
   * @param entries calls that a journal keeps
   * @param bytes that all of them may take together, about
   */
  constructor(log: CallLog, entries: number, bytes: number) {
    this.#log = log
    const room = new Room(bytes)
    this.#room = room
    // Calls are numbered, counted and cut where they are written.
    this.#shared = {
      entries,
      dropped: 0,
      take: () => {},
      changed: (journal, change) => room.changed(journal, change),
    }
    this.#unwatch = log.onRestored(() => this.#refresh())
  }

  /** What they take in memory, about. */
  get bytes(): number {
    return this.#room.bytes
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  async read(session: string): Promise<Journal> {
    const kept = this.#use(session)
    try {
      await kept.mirror.catchUp()
      return kept.mirror.journal
    } finally {
      kept.users--
    }
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  async follow(session: string): Promise<FollowedJournal> {
    const kept = this.#use(session)
    const { mirror } = kept
    kept.followers++
    try {
      kept.unwatch ??= this.#log.watch(session, (news) => {
        if (news.kind === 'more') mirror.catchUp().catch(() => {})
        else if (mirror.isBefore(news.token)) this.#end(session, kept)
      })
      await kept.unwatch
      await mirror.catchUp()
    } catch (error) {
      this.#leave(kept)
      throw error
    }
    let left = false
    return {
      journal: mirror.journal,
      stop: () => {
        if (!left) this.#leave(kept)
        left = true
      },
    }
  }

  /** The session has ended: what comes under its name has another journal. */
  end(session: string): void {
    const kept = this.#kept.get(session)
    if (kept) this.#end(session, kept)
  }

  close(): void {
    this.#unwatch()
    clearInterval(this.#sweeping)
    for (const [session, kept] of this.#kept) this.#forget(session, kept)
  }

  #use(session: string): Kept {
    const kept = this.#kept.get(session) ?? {
      mirror: new Mirror(this.#log, session, this.#shared),
      users: 0,
      followers: 0,
      unwatch: undefined,
    }
    kept.users++
    // The one that was used last is the last to go.
    this.#kept.delete(session)
    this.#kept.set(session, kept)
    this.#sweep(MOST_IDLE)
    this.#sweeping ??= setInterval(() => this.#sweep(0), LINGER).unref()
    return kept
  }

  #leave(kept: Kept): void {
    kept.users--
    kept.followers--
    if (kept.followers === 0) stopWatching(kept)
  }

  /** Lets go of those that nobody uses, but the last of them. */
  #sweep(most: number): void {
    const idle = [...this.#kept].filter(([, { users }]) => users === 0)
    for (const [session, kept] of idle.slice(0, Math.max(0, idle.length - most))) this.#forget(session, kept)
    if (this.#kept.size > 0) return
    clearInterval(this.#sweeping)
    this.#sweeping = undefined
  }

  #end(session: string, kept: Kept): void {
    kept.mirror.journal.close()
    this.#forget(session, kept)
  }

  #forget(session: string, kept: Kept): void {
    if (this.#kept.get(session) === kept) this.#kept.delete(session)
    stopWatching(kept)
    this.#room.left(kept.mirror.journal)
  }

  /** What was told while Redis was away has been missed. */
  #refresh(): void {
    for (const { mirror, followers } of this.#kept.values()) {
      if (followers > 0) mirror.catchUp().catch(() => {})
    }
  }
}

function stopWatching(kept: Kept): void {
  kept.unwatch?.then((stop) => stop()).catch(() => {})
  kept.unwatch = undefined
}
