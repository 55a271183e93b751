import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from './failure.js'
import type { JournalLine } from './journal-line.js'
import { sessionFileName } from './session-file-name.js'
import { sessionCodec } from './state-file.js'
import { StoredSession, type StoredSessionOptions } from './stored-session.js'

export type SessionFolderOptions = Omit<StoredSessionOptions, 'session' | 'path' | 'codec' | 'replay'>

/** The named sessions of a folder, one file each, read when first asked for. Only those that differ from the seed are there. */
export class SessionFolder {
  readonly #folder: string
  readonly #options: SessionFolderOptions
  readonly #open = new Map<string, StoredSession>()
  readonly #opening = new Map<string, Promise<StoredSession>>()
  /** Files of earlier runs that have not been read yet. */
  readonly #unread: Set<string>

  private constructor(folder: string, unread: string[], options: SessionFolderOptions) {
    this.#folder = folder
    this.#unread = new Set(unread)
    this.#options = options
  }

  /** `replay` is what the last run left in the journal, by session. */
  static async of(
    folder: string,
    replay: ReadonlyMap<string, readonly JournalLine[]>,
    options: SessionFolderOptions,
  ): Promise<SessionFolder> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    })
    const unread = names.filter((name) => name.endsWith('.json'))
    const sessions = new SessionFolder(folder, unread, options)
    // Not when first asked for, as others: the journal goes as soon as all that it says is elsewhere.
    for (const [session, lines] of replay) if (session !== '') await sessions.#load(session, lines)
    return sessions
  }

  /** The session, if it differs from the seed. */
  find(session: string): StoredSession | undefined | Promise<StoredSession> {
    return this.#open.get(session) ?? (this.#isUnread(session) ? this.#read(session) : undefined)
  }

  /** The session, to be changed. */
  make(session: string): StoredSession | Promise<StoredSession> {
    return this.#open.get(session) ?? this.#read(session)
  }

  /** Brings their files up to date. Forgets a session that went back to the seed, once its file is gone too. */
  async save(): Promise<void> {
    for (const [session, stored] of this.#open) {
      if (stored.saved) continue
      await stored.save()
      if (stored.saved && !stored.state.busy && stored.unchanged) this.#open.delete(session)
    }
  }

  async names(): Promise<string[]> {
    const unread = await Promise.all([...this.#unread].map((name) => this.#nameIn(name)))
    const open = [...this.#open].filter(([, { state, unchanged }]) => state.busy || !unchanged)
    return [...new Set([...open.map(([name]) => name), ...unread.filter((name) => name !== undefined)])]
  }

  /** Resolves when no change is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#opening.values()].map((opening) => opening.catch(() => {})))
    await Promise.all([...this.#open.values()].map((stored) => stored.state.idle()))
  }

  #isUnread(session: string): boolean {
    return this.#unread.has(sessionFileName(session)) || this.#opening.has(session)
  }

  #read(session: string): Promise<StoredSession> {
    let opening = this.#opening.get(session)
    if (opening === undefined) {
      opening = this.#load(session, []).finally(() => this.#opening.delete(session))
      this.#opening.set(session, opening)
    }
    return opening
  }

  async #load(session: string, replay: readonly JournalLine[]): Promise<StoredSession> {
    const { seed } = this.#options
    const name = sessionFileName(session)
    const stored = await StoredSession.open({
      ...this.#options,
      session,
      path: join(this.#folder, name),
      codec: sessionCodec(session, seed),
      replay,
    })
    this.#open.set(session, stored)
    this.#unread.delete(name)
    return stored
  }

  /** What the file says its session is called; a broken one is dealt with when it is used. */
  async #nameIn(file: string): Promise<string | undefined> {
    try {
      const value: unknown = JSON.parse(await readFile(join(this.#folder, file), 'utf8'))
      const name =
        value !== null && typeof value === 'object' && 'session' in value ? value.session : undefined
      return typeof name === 'string' && sessionFileName(name) === file ? name : undefined
    } catch {
      return undefined
    }
  }
}
