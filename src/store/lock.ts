import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { errors } from '../errors.js'
import { sameStamp, stampOf } from './atomic-write.js'
import { errorCode } from './failure.js'
import { fateOf, ownIdentity } from './process-identity.js'

const LockFile = Type.Object({
  pid: Type.Integer(),
  place: Type.String(),
  began: Type.Union([Type.String(), Type.Null()]),
})
type LockFile = Static<typeof LockFile>

/** How often a holder shows that it is alive, in ms. */
const BEAT = 1000
/** How long to look for a sign of life of a process that cannot be asked, in ms. */
const SILENCE = 5000
/** Two that try at once each see the other and step back; so each tries again, after a time of its own. */
const ATTEMPTS = 6

/** The process that a lock's file name tells of; undefined for other files. */
function holderOf(name: string): number | undefined {
  const pid = /^lock\.(\d+)-[0-9a-f]+$/.exec(name)?.[1]
  return pid === undefined ? undefined : Number(pid)
}

/** What the file says; `unreadable` if it belongs to another user; undefined if it is none, or gone. */
async function readLock(path: string): Promise<LockFile | 'unreadable' | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return Value.Check(LockFile, value) ? value : undefined
  } catch (error) {
    return errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM' ? 'unreadable' : undefined
  }
}

async function showsLife(path: string): Promise<boolean> {
  const before = await stampOf(path)
  for (let waited = 0; waited < SILENCE; waited += BEAT / 4) {
    await delay(BEAT / 4)
    const after = await stampOf(path)
    if (after === undefined) return false
    if (!sameStamp(before, after)) return true
  }
  return false
}

async function isHeld(path: string): Promise<boolean> {
  const lock = await readLock(path)
  if (lock === undefined) return false
  const fate = lock === 'unreadable' ? 'unknown' : await fateOf(lock)
  return fate === 'alive' || (fate === 'unknown' && (await showsLife(path)))
}

/**
 * The right of one process to a folder. Each contender puts down a file under a name that nobody
 * ever uses again and only then looks for others. Of two, the later must see the earlier, so never
 * both go on; and a file left by a dead process can be removed without fear of hitting a live one's.
 */
export class FolderLock {
  readonly #folder: string
  readonly #name: string
  readonly #text: string
  #beat: NodeJS.Timeout | undefined
  /** Of the last beat, which takes its time where the disk does. */
  #shown: Promise<void> = Promise.resolve()
  #takenBy: number | undefined

  private constructor(folder: string, text: string) {
    this.#folder = folder
    this.#name = `lock.${process.pid}-${randomBytes(8).toString('hex')}`
    this.#text = text
  }

  /** Rejects with STANDIN_ERR_STORE_LOCKED while another holds it, a second store of this process included. */
  static async take(folder: string): Promise<FolderLock> {
    const lock = new FolderLock(folder, `${JSON.stringify(await ownIdentity())}\n`)
    for (let attempt = 1; ; attempt++) {
      await lock.#put()
      const other = await lock.#rival()
      if (other === undefined) break
      await lock.#remove()
      if (attempt === ATTEMPTS) throw new errors.STANDIN_ERR_STORE_LOCKED(folder, String(other))
      await delay(Math.random() * 20 * attempt)
    }
    lock.#beat = setInterval(() => {
      lock.#shown = lock.#shown.then(() => lock.#showLife())
    }, BEAT).unref()
    return lock
  }

  /** Throws if another took the folder, because this process did not move for seconds. */
  check(): void {
    if (this.#takenBy !== undefined) {
      throw new errors.STANDIN_ERR_STORE_LOCKED(this.#folder, String(this.#takenBy))
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#beat)
    this.#beat = undefined
    // It may be putting the file there again.
    await this.#shown
    await this.#remove()
  }

  /** Under a name of no meaning first, since nobody may see it half written. */
  async #put(): Promise<void> {
    const path = join(this.#folder, this.#name)
    await writeFile(`${path}.tmp`, this.#text, { flag: 'w', mode: 0o600 })
    await rename(`${path}.tmp`, path)
  }

  async #remove(): Promise<void> {
    await rm(join(this.#folder, this.#name), { force: true })
  }

  /** The process that also has a lock here and is alive; what dead ones left is cleared away. */
  async #rival(): Promise<number | undefined> {
    for (const name of await readdir(this.#folder)) {
      const holder = holderOf(name)
      if (holder === undefined || name === this.#name) continue
      const path = join(this.#folder, name)
      if (await isHeld(path)) return holder
      await rm(path, { force: true })
    }
    return undefined
  }

  async #showLife(): Promise<void> {
    if (this.#beat === undefined) return
    const now = new Date()
    try {
      await utimes(join(this.#folder, this.#name), now, now)
    } catch {
      if (this.#beat !== undefined) await this.#retake()
    }
  }

  /** Our file is gone: with the whole folder, or by the hand of one who held us for dead. */
  async #retake(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await this.#put()
      this.#takenBy = await this.#rival()
    } catch {
      // The folder cannot be written at all; whoever writes there next is told so.
    }
    if (this.#takenBy !== undefined) {
      clearInterval(this.#beat)
      await this.#remove().catch(() => {})
    }
  }
}
