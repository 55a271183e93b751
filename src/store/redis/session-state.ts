import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { errors } from '../../errors.js'
import type { StateReader, StateWriter } from '../../respond/state.js'
import type { Contents } from '../document.js'
import { errorMessage } from '../failure.js'
import { type Layer, merge } from '../layer.js'
import { type Answer, list } from './answers.js'
import type { Confirmation } from './confirmation.js'
import type { Connection } from './connection.js'
import { Copy } from './copy.js'
import { CHANGES_SINCE, COMMIT, RESET } from './state-scripts.js'
import { changing, type Pending, reading, type Task } from './task.js'

/** Commits that others are told apart; whoever has missed more reads the whole session anew. */
const LOGGED = 64
/** A commit of more fields than this is not logged: the whole is as soon read. */
const LONGEST = 1000

export interface SessionStateOptions {
  readonly connection: Connection
  readonly confirmation: Confirmation
  readonly session: string
  readonly root: () => Contents
  /** Told before the first commit, and again with it: see the index of sessions. */
  readonly onBegin: () => Promise<void>
  /** Told how many documents more, or fewer, the copy holds. */
  readonly onGrowth: (documents: number) => void
}

/**
 * The state of a session that other processes change too. Changes run on a copy and are committed
 * only where that is what Redis has; else the copy takes over what is new, and they run again. One
 * commit is in flight at a time: what is asked for meanwhile shares the next. Reads and changes that
 * change nothing ask Redis the same way, so that they see all that was acknowledged anywhere before.
 */
export class SessionState {
  readonly #options: SessionStateOptions
  readonly #keys: readonly [state: string, log: string]
  readonly #copy: Copy
  #size = 0
  #waiting: (Task | (() => Promise<void>))[] = []
  #running: Promise<void> | undefined

  constructor(options: SessionStateOptions) {
    const { connection, session, root } = options
    this.#options = options
    this.#keys = [connection.keys.session(session, 'state'), connection.keys.session(session, 'log')]
    this.#copy = new Copy(root())
  }

  get busy(): boolean {
    return this.#running !== undefined
  }

  /** How many documents its copy was said to hold. */
  get size(): number {
    return this.#size
  }

  read(): Promise<StateReader> {
    return this.#add(reading(this.#copy))
  }

  update<Result>(change: (state: StateWriter) => Result): Promise<Result> {
    return this.#add(changing(change))
  }

  /** Back to where it starts, in turn. @param before what is done just before that */
  async reset(before: () => Promise<void>): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push(() => this.#reset(before).then(resolve, reject))
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing is left to do. Never rejects: whoever asked is told of failures. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #add<Result>({ task, result }: Pending<Result>): Promise<Result> {
    this.#waiting.push(task)
    this.#running ??= this.#run()
    return result
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop shares the commit.
    await nextTurn()
    for (;;) {
      const [first] = this.#waiting
      if (first === undefined) break
      if (typeof first === 'function') {
        this.#waiting.shift()
        await first()
      } else await this.#settle(this.#takeTasks())
      this.#tellGrowth()
    }
    this.#running = undefined
  }

  #tellGrowth(): void {
    const { size } = this.#copy
    const before = this.#size
    this.#size = size
    if (size !== before) this.#options.onGrowth(size - before)
  }

  /** All that waits before the next reset. */
  #takeTasks(): Task[] {
    const tasks: Task[] = []
    const waiting = this.#waiting
    for (const one of waiting) {
      if (typeof one === 'function') break
      tasks.push(one)
    }
    this.#waiting = waiting.slice(tasks.length)
    return tasks
  }

  async #settle(tasks: readonly Task[]): Promise<void> {
    try {
      while (!(await this.#attempt(tasks)));
    } catch (error) {
      for (const task of tasks) task.failed(error)
      return
    }
    for (const task of tasks) task.done()
  }

  /** Resolves with whether what the tasks ran on was the state. */
  async #attempt(tasks: readonly Task[]): Promise<boolean> {
    const copy = this.#copy
    if (copy.version === '') copy.startFrom(this.#options.root())
    const layer: Layer = { changes: new Map() }
    for (const task of tasks) {
      const changed = task.attempt(layer.changes.size === 0 ? copy.stack : [layer, ...copy.stack])
      if (changed) merge(layer, changed)
    }
    if (layer.changes.size > 0) return this.#commit(layer)
    const { connection } = this.#options
    return this.#isCurrent(await connection.run(CHANGES_SINCE, this.#keys, [copy.version]))
  }

  async #commit(layer: Layer): Promise<boolean> {
    const { connection, confirmation, onBegin } = this.#options
    const copy = this.#copy
    const begins = copy.version === ''
    if (begins) await onBegin()
    const version = nextVersion(copy.version)
    const { sets, drops } = copy.writes(layer)
    const fields = [...sets.filter((_, index) => index % 2 === 0), ...drops]
    const entry = fields.length > LONGEST ? '*' : fields.join('\n')
    const committed = connection.commit(COMMIT, this.#keys, [
      copy.version,
      version,
      entry,
      LOGGED,
      drops.length,
      ...drops,
      ...sets,
    ])
    // A reset elsewhere may just have taken it out again: this comes after the commit.
    if (begins) onBegin().catch(() => {})
    const answered = await committed
    if (!this.#isCurrent(answered.answer)) {
      connection.figures.conflicts++
      return false
    }
    connection.figures.commits++
    copy.add(layer, version)
    await confirmation.confirm(answered)
    return true
  }

  /** Takes over what is new. */
  #isCurrent(answer: Answer): boolean {
    if (answer === 0) return true
    const [version, fields, values] = list(answer)
    try {
      if (values === undefined) this.#copy.replace(this.#options.root(), textsOf(fields), String(version))
      else this.#copy.change(textsOf(fields), valuesOf(values), String(version))
      return false
    } catch (error) {
      // Whatever is there, the copy is no longer any version of it.
      this.#copy.replace(this.#options.root(), [], '')
      const { location } = this.#options.connection
      throw new errors.STANDIN_ERR_STORE_FOREIGN(location, this.#keys[0], errorMessage(error))
    }
  }

  async #reset(before: () => Promise<void>): Promise<void> {
    const { connection, confirmation, root } = this.#options
    await before()
    // Whether or not it is answered, the copy is asked about before it is used again.
    const answered = await connection.commit(RESET, this.#keys, [])
    this.#copy.replace(root(), [], '')
    await confirmation.confirm(answered)
  }
}

/** `EPOCH:COUNTER`. */
function nextVersion(version: string): string {
  if (version === '') return `${randomBytes(9).toString('base64url')}:1`
  const colon = version.lastIndexOf(':')
  return `${version.slice(0, colon)}:${Number(version.slice(colon + 1)) + 1}`
}

const textsOf = (answer: Answer | undefined): string[] => list(answer).map(String)

const valuesOf = (answer: Answer): (string | null)[] =>
  list(answer).map((value) => (value === null ? null : String(value)))
