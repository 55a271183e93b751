import { isDeepStrictEqual } from 'node:util'
import type { Client, Reply } from './client.js'
import { Ledger } from './ledger.js'
import type { Note } from './notes.js'

/** How often the override of each session answers. */
export const GREETED = 7
/** What it answers with, which no documented reply does. */
export const OVERRIDDEN = 418

/**
 * What workers do at once in one session: each makes notes of its own, reads, changes and deletes them,
 * counts in a member of a note that all of them change, and uses up an override that all of them call.
 */
export class SessionLoad {
  readonly name: string
  /** Answers by the override. */
  greeted = 0
  /** Calls of which nobody knows whether they used it up. */
  greetedPerhaps = 0
  readonly #client: Client
  readonly #deleted: readonly number[]
  readonly #ledger: Ledger
  /** Members of the common note, as they were acknowledged; undefined where nobody knows. */
  readonly #counted = new Map<string, number | undefined>()
  readonly #complaints: string[] = []

  /**
   * @param repeats whether a DELETE that a replica broke off is sent to another one, which may find that
   *   it was done
   */
  constructor(client: Client, name: string, repeats: boolean) {
    this.#client = client
    this.#deleted = repeats ? [204, 404] : [204]
    this.name = name
    this.#ledger = new Ledger(name)
  }

  async begin(): Promise<void> {
    const override = { operationId: 'greet', status: OVERRIDDEN, times: GREETED }
    this.#expect([201], await this.#send('POST', '/_standin/v1/overrides', override), 'the override')
  }

  /** @param step called at the beginning of each step */
  async work(worker: string, steps: number, step: () => void): Promise<void> {
    let member = `${worker}0`
    for (let index = 0; index < steps; index++) {
      step()
      await this.#note(`${worker}-${index}`, index)
      // A change that was not acknowledged may still come: its member is left alone from then on.
      if (!(await this.#count(member, index))) member = `${worker}${index + 1}`
      await this.#greet()
    }
  }

  /** Everything that is other than it was told, in words. */
  judge(notes: readonly Note[]): string[] {
    const both = notes.find(({ id }) => id === 'both')
    const counts = [...this.#counted].flatMap(([member, told]) =>
      told === undefined || both?.[member] === told
        ? []
        : [`${this.name}: ${member} of the common note is ${String(both?.[member])}, told was ${told}`],
    )
    const own = notes.filter(({ id }) => id !== 'both')
    return [...this.#complaints, ...counts, ...this.#ledger.complaints(own)]
  }

  async #note(id: string, index: number): Promise<void> {
    const path = `/notes/${id}`
    const note = { id, text: `${this.name} ${id}` }
    if (!(await this.#change(id, note, [201], 'POST', '/notes', note))) return
    const seen = await this.#client.repeat('GET', path, this.name)
    if (!isDeepStrictEqual(seen.body, note)) this.#complain(`${id} was read`, seen)
    if (index % 3 === 1) {
      const changed = { ...note, text: `${note.text} changed` }
      await this.#change(id, changed, [200], 'PATCH', path, { text: changed.text })
    }
    if (index % 3 === 2) await this.#change(id, undefined, this.#deleted, 'DELETE', path)
  }

  /** Whether it is known what became of the change. What nobody knows of may still be on its way. */
  async #change(
    id: string,
    becomes: Note | undefined,
    statuses: readonly number[],
    ...request: [method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown]
  ): Promise<boolean> {
    this.#ledger.mayBe(id, becomes)
    const reply = await this.#send(...request)
    if (!reply) return false
    if (this.#expect(statuses, reply, `${request[0]} of ${id}`)) this.#ledger.is(id, becomes)
    return true
  }

  async #count(member: string, value: number): Promise<boolean> {
    const reply = await this.#send('PATCH', '/notes/both', { [member]: value })
    this.#counted.set(member, reply && value)
    if (reply) this.#expect([200], reply, 'PATCH of the common note')
    return reply !== undefined
  }

  async #greet(): Promise<void> {
    const reply = await this.#send('POST', '/greet')
    if (!reply) this.greetedPerhaps++
    else if (reply.status === OVERRIDDEN) this.greeted++
    else this.#expect([200], reply, 'a greeting')
  }

  #expect(statuses: readonly number[], reply: Reply | undefined, what: string): boolean {
    if (reply && statuses.includes(reply.status)) return true
    this.#complain(what, reply)
    return false
  }

  #complain(what: string, reply: Reply | undefined): void {
    this.#complaints.push(`${this.name}: ${what} as ${reply?.status} ${JSON.stringify(reply?.body)}`)
  }

  #send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Reply | undefined> {
    return this.#client.send(method, path, this.name, body)
  }
}
