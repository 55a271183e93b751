import { type Static, Type } from '@sinclair/typebox'
import { redactTokens } from '../../operation/secrets.js'
import type { Trail } from '../trail.js'

/** A request that no documented operation takes, and how often it came. */
export const UnknownRequest = Type.Object(
  {
    method: Type.String(),
    /** Without the query. */
    path: Type.String(),
    times: Type.Integer(),
    /** Why it was not taken, with the nearest operations. */
    reason: Type.String(),
  },
  { $id: 'UnknownRequest' },
)
export type UnknownRequest = Static<typeof UnknownRequest>

/** The requests that no documented operation takes. */
export class UnknownRequests {
  readonly #found = new Map<string, UnknownRequest>()
  readonly #most: number
  #total = 0

  /** @param most different ones that are kept; a client may well make up paths without end */
  constructor(most: number) {
    this.#most = most
  }

  /** How many there were, those that are not listed included. */
  get total(): number {
    return this.#total
  }

  count({ input, reply }: Trail): void {
    // OPTIONS on a documented path has an answer.
    if (reply !== undefined && reply.status < 400 && input.method === 'OPTIONS') return
    const { method } = input
    const path = redactTokens(input.url.split('?', 1)[0] ?? '')
    const known = this.#found.has(`${method} ${path}`)
    this.add({ method, path, reason: known ? '' : redactTokens(reply?.reason ?? '') }, 1)
  }

  /** The reason of the first of a kind stays. */
  add(request: Omit<UnknownRequest, 'times'>, times: number): void {
    this.#total += times
    const key = `${request.method} ${request.path}`
    const known = this.#found.get(key)
    if (known) known.times += times
    else if (this.#found.size < this.#most) this.#found.set(key, { ...request, times })
  }

  list(): UnknownRequest[] {
    return [...this.#found.values()]
  }
}
