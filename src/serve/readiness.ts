import type { Trouble } from '../store/store.js'

/** Whether requests should be sent here. */
export type ReadinessState =
  | { readonly status: 'ready' }
  | { readonly status: 'degraded' | 'draining'; readonly reason: string }

const DRAINING = 'it has been asked to stop, and only finishes what it has begun'

/** What `/_standin/ready` says. */
export class Readiness {
  readonly #trouble: () => Trouble | undefined
  #draining = false

  /** @param trouble why the shared store does not answer; undefined where it does, or there is none */
  constructor(trouble: () => Trouble | undefined) {
    this.#trouble = trouble
  }

  /** Of the shared store, which steers sessions although nobody keeps state in it. */
  get trouble(): Trouble | undefined {
    return this.#trouble()
  }

  /** Says no from now on. */
  drain(): void {
    this.#draining = true
  }

  get state(): ReadinessState {
    if (this.#draining) return { status: 'draining', reason: DRAINING }
    const { trouble } = this
    return trouble ? { status: 'degraded', reason: trouble.reason } : { status: 'ready' }
  }
}
