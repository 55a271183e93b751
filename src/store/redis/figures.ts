import { Durations } from '../durations.js'

/** Seconds. */
const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]

/** What a connection counts for metrics. */
export class Figures {
  /** How long Redis took to answer, as seen from here. */
  readonly roundTrips = new Durations(BOUNDS)
  /** Changes of state that Redis has taken. */
  commits = 0
  /** Changes that had to be run again, since another replica had changed the same session. */
  conflicts = 0

  /** Resolves as the answer does, whose time is taken. What fails is no round trip. */
  async timed<T>(answer: Promise<T>): Promise<T> {
    const sent = performance.now()
    const answered = await answer
    this.roundTrips.add(performance.now() - sent)
    return answered
  }
}
