import { randomUUID } from 'node:crypto'
import { type Answer, list, numbers } from './answers.js'
import { APPEND, BEGIN_COUNTING, COUNT, FORGET, READ } from './call-scripts.js'
import type { Connection } from './connection.js'
import { ALIVE, type Replicas } from './replicas.js'

/** Calls that were written at once, as a text; what it says is its writer's. */
export interface LoggedCalls {
  readonly text: string
  /** How many. */
  readonly count: number
}

/** A call that has ended after it was written. */
export interface LoggedEnd {
  readonly id: number
  /** Milliseconds. */
  readonly took: number
}

/** A number to be added to. Of those of one group there are only so many different ones. */
export interface LoggedCount {
  readonly field: string
  readonly times: number
  readonly group: { readonly name: string; readonly most: number } | undefined
}

/** What a process writes at once. It may be given again where it is not known whether it was written. */
export interface Batch {
  readonly calls: LoggedCalls
  readonly ends: readonly LoggedEnd[]
  readonly counts: readonly LoggedCount[]
  /** Calls that could not be kept until now. */
  readonly lost: number
}

/** Where a reader is. */
export interface Place {
  /** Another one once the journal has been cleared. */
  readonly token: string
  /** The entry that was read last; '' before the first. */
  readonly entry: string
}

/** Calls of which the first has a number that the others follow, or an end. */
export type LogEntry = ({ readonly first: number } & LoggedCalls) | LoggedEnd

/** What came after a place. */
export interface Page {
  readonly next: Place
  readonly entries: readonly LogEntry[]
  /** Whether there is more. */
  readonly more: boolean
  /** The number of the newest call ever, and of the newest that was cleared. */
  readonly last: number
  readonly base: number
  /** Calls that no process could write since it was last cleared. */
  readonly lost: number
}

/** What is told to who watches: there is more to read, or the session that was there before `token` has gone. */
export type LogNews = { readonly kind: 'more' } | { readonly kind: 'gone'; readonly token: string }

/** Entries that are read at once; each may be large. */
const PAGE = 50
/** Seconds in which a session that comes again goes on with its numbers: who reconnects asks for what came after one. */
const REMEMBERED = 3600

/** The calls of sessions, a stream each, and how often what was called. */
export class CallLog {
  readonly #connection: Connection
  readonly #writer = randomUUID().slice(0, 8)
  readonly #numbers = new WeakMap<object, number>()
  #batches = 0
  #counting = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Whether there is any use in writing. */
  get isUp(): boolean {
    return this.#connection.reachability.up
  }

  /** Told when Redis has come back. Returns how to stop. */
  onRestored(listener: () => void): () => void {
    return this.#connection.onRestored(listener)
  }

  /**
   * Resolves with the number of the first call; the others follow. Rejects with STANDIN_ERR_STORE_*.
   * @param keep calls that the session keeps
   */
  async append(session: string, batch: Batch, keep: number): Promise<number> {
    const { calls, ends, lost, counts } = batch
    const keys = ['calls', 'calls-head', 'tally'].map((part) => this.#key(session, part))
    const first = await this.#connection.run(APPEND, keys, [
      this.#writer,
      this.#numberOf(batch),
      keep,
      randomUUID(),
      this.#channel(session),
      lost,
      calls.count,
      calls.text,
      ends.length,
      ...ends.flatMap(({ id, took }) => [id, took]),
      ...countValues(counts),
    ])
    return Number(first)
  }

  /** What came after a place. Rejects with STANDIN_ERR_STORE_*. */
  async read(session: string, { token, entry }: Place): Promise<Page> {
    const keys = ['calls', 'calls-head'].map((part) => this.#key(session, part))
    const answer = list(await this.#connection.run(READ, keys, [token, entry, PAGE]))
    const entries = list(answer[4]).map(list)
    const last = entries.at(-1)?.[0]
    const known = String(answer[0] ?? '')
    return {
      next: { token: known, entry: last === undefined ? (known === token ? entry : '') : String(last) },
      entries: entries.map(([id, fields]) => entryOf(String(id), list(fields))),
      more: entries.length === PAGE,
      last: Number(answer[1]),
      base: Number(answer[2]),
      lost: Number(answer[3]),
    }
  }

  /** Forgets the calls of a session. Rejects with STANDIN_ERR_STORE_*. */
  async clear(session: string): Promise<void> {
    await this.#forget(session, 0)
  }

  /** As {@link clear}, and whoever watches is told that the session has gone. */
  async drop(session: string): Promise<void> {
    await this.#forget(session, REMEMBERED)
  }

  /** Adds to the numbers of all sessions together. Rejects with STANDIN_ERR_STORE_*. */
  async count(counts: readonly LoggedCount[]): Promise<void> {
    const values = [this.#writer, this.#numberOf(counts), ...countValues(counts)]
    await this.#connection.run(COUNT, [this.#connection.keys.shared('tally')], values)
  }

  /** The numbers of one session, or of all together. Rejects with STANDIN_ERR_STORE_*. */
  async counts(session?: string): Promise<Map<string, number>> {
    const { keys } = this.#connection
    const key = session === undefined ? keys.shared('tally') : keys.session(session, 'tally')
    const counts = numbers(await this.#connection.send('HGETALL', key))
    // What the scripts note for themselves.
    for (const field of counts.keys()) if (field.startsWith('#')) counts.delete(field)
    return counts
  }

  /**
   * Counts with those that are alive, anew where this process is the first of them. To be called again when
   * Redis has come back, which may know nothing of it any more. Rejects with STANDIN_ERR_STORE_*.
   */
  async beginCounting({ id, beats }: Replicas): Promise<void> {
    const { keys } = this.#connection
    await this.#connection.run(
      BEGIN_COUNTING,
      [keys.shared('tally-of'), beats, keys.shared('tally')],
      [id, ALIVE, Number(this.#counting)],
    )
    this.#counting = true
  }

  /** Resolves with how to stop. Rejects with STANDIN_ERR_STORE_*. */
  watch(session: string, listener: (news: LogNews) => void): Promise<() => Promise<void>> {
    return this.#connection.subscribe(this.#channel(session), (message) =>
      listener(message === 'more' ? { kind: 'more' } : { kind: 'gone', token: message }),
    )
  }

  async #forget(session: string, remembered: number): Promise<void> {
    const keys = ['calls', 'calls-head', 'tally'].map((part) => this.#key(session, part))
    const token = randomUUID()
    const news = remembered === 0 ? 'more' : token
    await this.#connection.change(FORGET, keys, [token, this.#channel(session), news, remembered])
  }

  #key(session: string, part: string): string {
    return this.#connection.keys.session(session, part)
  }

  #channel(session: string): string {
    return this.#key(session, 'calls-told')
  }

  /** The same for the same batch. */
  #numberOf(batch: object): number {
    const number = this.#numbers.get(batch) ?? ++this.#batches
    this.#numbers.set(batch, number)
    return number
  }
}

const countValues = (counts: readonly LoggedCount[]): (string | number)[] => [
  counts.length,
  ...counts.flatMap(({ field, times, group }) => [field, times, group?.name ?? '', group?.most ?? 0]),
]

/** `12-0`, `calls`, …, `count`, `3` or `15-2`, `end`, `12`, `took`, … */
function entryOf(id: string, [kind, first, , second]: readonly Answer[]): LogEntry {
  if (kind === 'end') return { id: Number(first), took: Number(second) }
  const count = Number(second)
  return { first: Number.parseInt(id) - count + 1, count, text: String(first) }
}
