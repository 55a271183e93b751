import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from './failure.js'
import type { Contents } from './document.js'
import type { JsonFileOptions } from './json-file.js'
import { sessionFileName } from './session-file-name.js'
import { isUnchanged, sessionCodec } from './state-file.js'
import { StoredSession } from './stored-session.js'

export interface SessionFolderOptions extends JsonFileOptions {
  readonly seed: () => Contents
  readonly mayWrite: () => void
}

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

  static async of(folder: string, options: SessionFolderOptions): Promise<SessionFolder> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    })
    return new SessionFolder(
      folder,
      names.filter((name) => name.endsWith('.json')),
      options,
    )
  }

  /** The session, if it differs from the seed. */
  find(session: string): StoredSession | undefined | Promise<StoredSession> {
    return this.#open.get(session) ?? (this.#isUnread(session) ? this.#read(session) : undefined)
  }

  /** The session, to be changed. */
  make(session: string): StoredSession | Promise<StoredSession> {
    return this.#open.get(session) ?? this.#read(session)
  }

  /** Forgets a session that does not differ from the seed, unless it is being changed. */
  drop(session: string): void {
    const stored = this.#open.get(session)
    if (stored && !stored.state.busy && isUnchanged(stored.state.durable)) this.#open.delete(session)
  }

  async names(): Promise<string[]> {
    const unread = await Promise.all([...this.#unread].map((name) => this.#nameIn(name)))
    return [...new Set([...this.#open.keys(), ...unread.filter((name) => name !== undefined)])]
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opening.values()].map((opening) => opening.catch(() => {})))
    await Promise.all([...this.#open.values()].map((stored) => stored.close()))
  }

  #isUnread(session: string): boolean {
    return this.#unread.has(sessionFileName(session)) || this.#opening.has(session)
  }

  #read(session: string): Promise<StoredSession> {
    let opening = this.#opening.get(session)
    if (opening === undefined) {
      opening = this.#load(session).finally(() => this.#opening.delete(session))
      this.#opening.set(session, opening)
    }
    return opening
  }

  async #load(session: string): Promise<StoredSession> {
    const { seed } = this.#options
    const name = sessionFileName(session)
    const stored = await StoredSession.open({
      ...this.#options,
      path: join(this.#folder, name),
      codec: sessionCodec(session, seed),
      seed: seed(),
      sparse: true,
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
