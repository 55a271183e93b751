import { type Exposition, exposition } from './exposition.js'
import type { MetricFamily } from './family.js'
import { type Measured, ownFamilies } from './own-families.js'
import { processFamilies } from './process-families.js'

/** What the other processes of this machine measure that serve on the same port, told what this one does. Never rejects. */
export type MetricPeers = (own: readonly MetricFamily[]) => Promise<readonly (readonly MetricFamily[])[]>

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
    const own = await this.own()
    const others = (await this.#peers?.(own)) ?? []
    return exposition([own, ...others], accept)
  }
}
