import { packageVersion } from './package.js'
import { CallCounts } from './serve/metrics/call-counts.js'
import { type MetricPeers, Metrics } from './serve/metrics/metrics.js'
import type { Measured } from './serve/metrics/own-families.js'
import { Readiness } from './serve/readiness.js'
import type { Shared } from './store/redis/shared.js'

/** What those who operate a stand-in ask of it: whether it is ready, and its figures. */
export class Operating {
  readonly counts = new CallCounts()
  readonly readiness: Readiness
  readonly metrics: Metrics

  constructor(
    shared: Shared | undefined,
    measured: Pick<Measured, 'operations' | 'sessions' | 'journals'>,
    peers: MetricPeers | undefined,
  ) {
    this.readiness = new Readiness(() => {
      const reachability = shared?.connection.reachability
      return reachability?.up === false ? reachability.reason : undefined
    })
    const { counts } = this
    const store = () => shared?.figures
    this.metrics = new Metrics({ ...measured, counts, store, version: packageVersion }, peers)
  }
}
