import { type ReadonlySignal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type ApiFailure, toFailure } from '../api/problem.js'
import { sessionName } from './route.js'
import { token } from './token.js'

export interface Loaded<T> {
  readonly value: T | undefined
  readonly failure: ApiFailure | undefined
}

/** Something that the control API is asked for, with the newest answer. */
export interface Resource<T> {
  readonly state: ReadonlySignal<Loaded<T>>
  /** Asks again. Never rejects: a failure is a state. */
  readonly refresh: () => Promise<void>
}

const NOTHING = { value: undefined, failure: undefined }

export function resource<T>(load: () => Promise<T>): Resource<T> {
  const state = signal<Loaded<T>>(NOTHING)
  let asked = 0
  let askedFor = ''
  return {
    state,
    refresh: async () => {
      const mine = ++asked
      // What another session holds is not shown while this one's is on its way.
      if (askedFor !== sessionName.peek()) state.value = NOTHING
      askedFor = sessionName.peek()
      let loaded: Loaded<T>
      try {
        loaded = { value: await load(), failure: undefined }
      } catch (error) {
        loaded = { value: undefined, failure: toFailure(error) }
      }
      // An answer that has been overtaken is of no use.
      if (mine === asked) state.value = loaded
    },
  }
}

/** The resource as it is, asked for when first shown, and again for another session or token. */
export function useLoaded<T>(one: Resource<T>): Loaded<T> {
  const session = sessionName.value
  const given = token.value
  useEffect(() => void one.refresh(), [one, session, given])
  return one.state.value
}
