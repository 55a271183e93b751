/** Whether requests should be sent here. */
export type ReadinessState =
  | { readonly status: 'ready' }
  | { readonly status: 'degraded' | 'draining'; readonly reason: string }

const DRAINING = 'it has been asked to stop, and only finishes what it has begun'

/** What `/_standin/ready` says. */
export class Readiness {
  readonly #lost: () => string | undefined
  #draining = false

  /** @param lost why the shared store does not answer; undefined where it does, or there is none */
  constructor(lost: () => string | undefined) {
    this.#lost = lost
  }

  /** Says no from now on. */
  drain(): void {
    this.#draining = true
  }

  get state(): ReadinessState {
    if (this.#draining) return { status: 'draining', reason: DRAINING }
    const reason = this.#lost()
    return reason === undefined ? { status: 'ready' } : { status: 'degraded', reason }
  }
}
