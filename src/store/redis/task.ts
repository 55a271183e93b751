import type { StateReader, StateWriter } from '../../respond/state.js'
import { Draft, type Layer, type Stack } from '../layer.js'

/** Something to be done with the state of a session, which is answered once it is certain. */
export interface Task {
  /** Runs on what is known of the state, maybe more than once; what it changes counts only when all has been committed. */
  attempt(stack: Stack): Layer | undefined
  /** What it ran on was the state. */
  done(): void
  failed(reason: unknown): void
}

/** A task, and what becomes of it. */
export interface Pending<Result> {
  readonly task: Task
  readonly result: Promise<Result>
}

type Outcome<Result> = { readonly value: Result } | { readonly thrown: unknown }

/** A change: what it throws counts, too, only when what it saw was the state. */
export function changing<Result>(change: (state: StateWriter) => Result): Pending<Result> {
  let outcome: Outcome<Result> = { thrown: new Error('It has not been run') }
  const { promise, resolve, reject } = settling<Result>()
  const attempt = (stack: Stack): Layer | undefined => {
    const draft = new Draft(stack)
    try {
      const value = change(draft)
      if (value instanceof Promise) {
        // Its fate is of no interest, since nothing that it does is kept.
        value.catch(() => {})
        throw new TypeError('A change must be synchronous, and this one returned a promise')
      }
      outcome = { value }
      return draft.layer
    } catch (thrown) {
      outcome = { thrown }
      return undefined
    } finally {
      draft.close()
    }
  }
  const done = (): void => ('value' in outcome ? resolve(outcome.value) : reject(outcome.thrown))
  return { task: { attempt, done, failed: reject }, result: promise }
}

export function reading(state: StateReader): Pending<StateReader> {
  const { promise, resolve, reject } = settling<StateReader>()
  return {
    task: { attempt: () => undefined, done: () => resolve(state), failed: reject },
    result: promise,
  }
}

interface Settling<Result> {
  readonly promise: Promise<Result>
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

function settling<Result>(): Settling<Result> {
  let settle: Omit<Settling<Result>, 'promise'> | undefined
  const promise = new Promise<Result>((resolve, reject) => (settle = { resolve, reject }))
  if (!settle) throw new Error('A promise runs what makes it at once')
  return { promise, ...settle }
}
