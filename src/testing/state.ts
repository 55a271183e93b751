import { type Static, Type } from '@sinclair/typebox'
import type { Asks } from './control.js'

/** Documents by id, by collection. Numbers are JavaScript's: digits past 2^53 are rounded here, though the stand-in keeps them. */
export const StateContents = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()))
export type StateContents = Static<typeof StateContents>

/** What the mocked API remembers in a session. Everything rejects where the stand-in is stateless. */
export interface TestState {
  read(): Promise<StateContents>
  /** Merges (RFC 7396): null removes a member, a document or a collection. Resolves with the whole. */
  patch(patch: object): Promise<StateContents>
  /** Puts a state in place of the whole. */
  replace(contents: object): Promise<StateContents>
  /** Back to the fixtures; overrides and journal stay. */
  reset(): Promise<void>
  /** Puts the state aside under a name, which any session of this stand-in can begin from. */
  save(snapshot: string): Promise<void>
  restore(snapshot: string): Promise<void>
}

const snapshot = (name: string): string => `/snapshots/${encodeURIComponent(name)}`

export function testState(asks: Asks): TestState {
  const path = '/state'
  return {
    read: () => asks.get(StateContents, { path }),
    patch: (body) => asks.get(StateContents, { method: 'PATCH', path, body }),
    replace: (body) => asks.get(StateContents, { method: 'PUT', path, body }),
    async reset() {
      await asks.call({ method: 'POST', path: `${path}/reset` })
    },
    async save(name) {
      await asks.call({ method: 'PUT', path: snapshot(name) })
    },
    async restore(name) {
      await asks.call({ method: 'POST', path: `${snapshot(name)}/restore` })
    },
  }
}
