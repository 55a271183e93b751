import { type Exposition, exposition } from './exposition.js'
import type { MetricFamily } from './family.js'
import { type Measured, ownFamilies } from './own-families.js'
import { processFamilies } from './process-families.js'

/** What the other processes of this machine measure that serve on the same port. Never rejects. */
export type MetricPeers = () => Promise<readonly (readonly MetricFamily[])[]>

/** The metrics of this process, and of those beside it. */
export class Metrics {
  readonly #measured: Measured
  readonly #peers: MetricPeers | undefined

  constructor(measured: Measured, peers: MetricPeers | undefined) {
    this.#measured = measured
    this.#peers = peers
  }

  /** Of this process alone. */
  async own(): Promise<readonly MetricFamily[]> {
    return [...ownFamilies(this.#measured), ...(await processFamilies())]
  }

  /** Of all, as a text for a scraper. @param accept `Accept` of its request */
  async exposition(accept: string | undefined): Promise<Exposition> {
    const [own, others = []] = await Promise.all([this.own(), this.#peers?.()])
    return exposition([own, ...others], accept)
  }
}
