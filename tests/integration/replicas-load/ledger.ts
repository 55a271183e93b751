import { isDeepStrictEqual } from 'node:util'
import type { Note } from './notes.js'

/** What one session was told of its notes: each as it may be now. A note of which all is known is one thing. */
export class Ledger {
  readonly #session: string
  readonly #possible = new Map<string, (Note | undefined)[]>()

  constructor(session: string) {
    this.#session = session
  }

  /** A change was acknowledged: so it is, and nothing else. `undefined` says that there is none. */
  is(id: string, note: Note | undefined): void {
    this.#possible.set(id, [note])
  }

  /** A change was not acknowledged: so it may be, too. */
  mayBe(id: string, note: Note | undefined): void {
    this.#possible.set(id, [...(this.#possible.get(id) ?? [undefined]), note])
  }

  /** What is other than it was told, in words. */
  complaints(notes: readonly Note[]): string[] {
    const there = new Map(notes.map((note) => [note.id, note]))
    const wrong = [...this.#possible].flatMap(([id, possible]) =>
      possible.some((note) => isDeepStrictEqual(note, there.get(id)))
        ? []
        : [`${this.#session}/${id} is ${text(there.get(id))}, told was ${possible.map(text).join(' or ')}`],
    )
    const foreign = notes.filter(({ id }) => !this.#possible.has(id))
    return [...wrong, ...foreign.map((note) => `${this.#session} has ${text(note)}, which is not its own`)]
  }
}

const text = (note: Note | undefined): string => (note ? JSON.stringify(note) : 'not there')
