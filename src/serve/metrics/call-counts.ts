import { Durations } from '../../store/durations.js'

/** Seconds. A replay takes a tenth of a millisecond, a change through a shared store a few. */
const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]

/** Operations that are counted by name. Each has a series for each class of status, and Prometheus pays for each. */
const MOST_OPERATIONS = 500

/** The names of what is no operation of its own, in a form that hardly any operation id has. */
export const UNKNOWN = '(unknown)'
export const OTHER = '(other)'

/** What became of the calls of one operation. */
export class OperationCounts {
  /** Replies by the first digit of their status. */
  readonly replies = [0, 0, 0, 0, 0, 0]
  /** Requests that broke the docs. */
  violations = 0

  replied(status: number): void {
    const digit = Math.min(5, Math.max(1, Math.trunc(status / 100)))
    this.replies[digit] = (this.replies[digit] ?? 0) + 1
  }
}

/** Counts calls as they are answered, which costs a call some additions. Outlives the apps, which are made anew when the docs change. */
export class CallCounts {
  /** From the request's arrival at its operation until its reply is handed over, without any delay that was asked for. */
  readonly durations = new Durations(BOUNDS)
  readonly operations = new Map<string, OperationCounts>()
  readonly #limit: number

  constructor(limit = MOST_OPERATIONS) {
    this.#limit = limit
  }

  /** The counts of an operation, or of all those that are more than can be told apart; undefined: of unknown requests. */
  of(operationId: string | undefined): OperationCounts {
    const known = this.operations.get(operationId ?? UNKNOWN)
    if (known) return known
    const name = operationId === undefined ? UNKNOWN : this.#named < this.#limit ? operationId : OTHER
    let counts = this.operations.get(name)
    if (!counts) this.operations.set(name, (counts = new OperationCounts()))
    return counts
  }

  get #named(): number {
    return this.operations.size - Number(this.operations.has(UNKNOWN)) - Number(this.operations.has(OTHER))
  }
}
