import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errors } from '../errors.js'
import type { StateReader, StateWriter } from '../respond/state.js'
import { Durable } from './durable.js'
import { errorCode, errorMessage } from './failure.js'
import { Journal } from './journal.js'
import { readJournals } from './journal-replay.js'
import type { JsonFileOptions, OnMessage } from './json-file.js'
import { Keys } from './keys.js'
import { FolderLock } from './lock.js'
import { Saver } from './saver.js'
import { kindOf } from './session-kind.js'
import { SeedContents } from './seed.js'
import { Session } from './session.js'
import { SessionFolder } from './session-folder.js'
import { stateCodec } from './state-file.js'
import type { Seed, Store } from './store.js'
import { StoredSession } from './stored-session.js'

export interface FileStoreOptions {
  readonly seed: Seed
  /** Wait for the disk itself, so that a loss of power takes nothing that was acknowledged. */
  readonly fsync?: boolean | undefined
  readonly onMessage?: OnMessage | undefined
  /** How often the files that people read follow the changes, and theirs are looked for, in ms; 400 by default. */
  readonly saveEvery?: number | undefined
}

interface Parts {
  readonly location: string
  readonly lock: FolderLock
  readonly seed: SeedContents
  readonly main: StoredSession
  readonly sessions: SessionFolder
  readonly keys: Keys
  readonly saver: Saver
}

class FileStore implements Store {
  readonly location: string
  readonly #parts: Parts
  #closed: Promise<void> | undefined

  constructor(parts: Parts) {
    this.location = parts.location
    this.#parts = parts
    parts.saver.start()
  }

  async read(session: string): Promise<StateReader> {
    this.#check()
    const { main, sessions, seed } = this.#parts
    if (session === '') return main.state
    const found = sessions.find(session)
    const stored = found instanceof Promise ? await found : found
    return stored?.state ?? new Session(new Durable({ root: seed.current, changes: new Map() }))
  }

  async update<Result>(session: string, change: (state: StateWriter) => Result): Promise<Result> {
    this.#check()
    const { main, sessions } = this.#parts
    if (session === '') return main.state.update(change)
    const made = sessions.make(session)
    const stored = made instanceof Promise ? await made : made
    return stored.state.update(change)
  }

  async reset(session: string): Promise<void> {
    this.#check()
    const { main, sessions, seed } = this.#parts
    const contents = await seed.refresh()
    if (session === '') return main.state.replace(contents)
    const stored = await sessions.find(session)
    await stored?.state.replace(contents)
  }

  async sessions(kind = ''): Promise<string[]> {
    return (await this.#parts.sessions.names()).filter((name) => kindOf(name) === kind)
  }

  async secret(name: string): Promise<Uint8Array> {
    this.#check()
    return this.#parts.keys.secret(name)
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const { main, sessions, keys, saver, lock } = this.#parts
    try {
      await Promise.all([main.state.idle(), sessions.idle(), keys.idle()])
      await saver.stop()
    } finally {
      await lock.release()
    }
  }

  #check(): void {
    if (this.#closed) throw new errors.STANDIN_ERR_STORE_CLOSED(this.location)
  }
}

/** Half-written files of a process that was killed. Only for the holder of the lock. */
async function clearTemporary(folder: string): Promise<void> {
  const names = await readdir(folder)
  const left = names.filter((name) => /\.json(\.bak)?\.[0-9a-f]{8}\.tmp$/.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

async function takeFolder(folder: string): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await FolderLock.take(folder)
  } catch (error) {
    if (errorCode(error).startsWith('STANDIN_')) throw error
    throw new errors.STANDIN_ERR_STORE_UNWRITABLE(folder, errorMessage(error))
  }
}

async function openParts(folder: string, lock: FolderLock, options: FileStoreOptions): Promise<Parts> {
  const { onMessage = () => {}, fsync } = options
  const files: JsonFileOptions = { fsync, onMessage }
  const mayWrite = (): void => lock.check()
  await clearTemporary(folder)
  const keys = new Keys(folder, files)
  const seed = await SeedContents.of(options.seed, (name) => keys.secret(name))
  const { lines, paths, last } = await readJournals(folder, onMessage)
  const saver = new Saver({
    journal: new Journal({ folder, fsync: fsync === true, earlier: paths, last }),
    main: () => main,
    named: () => sessions,
    onMessage,
    every: options.saveEvery,
  })
  const shared = {
    ...files,
    seed: () => seed.current,
    append: (line: string) => saver.append(line),
    mayWrite,
  }
  const [main, sessions] = await Promise.all([
    StoredSession.open({
      ...shared,
      session: '',
      path: join(folder, 'state.json'),
      codec: stateCodec,
      replay: lines.get('') ?? [],
      backup: true,
    }),
    SessionFolder.of(join(folder, 'sessions'), lines, shared),
  ])
  return { location: folder, lock, seed, main, sessions, keys, saver }
}

const UNREADABLE = new Set(['EACCES', 'EPERM', 'ENOTDIR', 'EISDIR'])

/**
 * A store in a folder that one process at a time may hold: `state.json` is the default session,
 * whole; `sessions/` holds what the named ones changed; `keys.json` the secrets. All are there to be
 * read and edited; `state.N.journal` holds the changes that are on their way there. Rejects with STANDIN_ERR_STORE_LOCKED, _UNWRITABLE or _UNREADABLE.
 */
export async function openFileStore(folder: string, options: FileStoreOptions): Promise<Store> {
  const lock = await takeFolder(folder)
  try {
    return new FileStore(await openParts(folder, lock, options))
  } catch (error) {
    await lock.release()
    if (UNREADABLE.has(errorCode(error))) {
      throw new errors.STANDIN_ERR_STORE_UNREADABLE(folder, errorMessage(error))
    }
    throw error
  }
}
