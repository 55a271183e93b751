import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { ApiDescription } from './operation/description.js'
import { packageVersion } from './package.js'
import { type KnownReplicas, type ReplicaAbout, summaries, written } from './serve/control/replica-list.js'
import { CallCounts } from './serve/metrics/call-counts.js'
import { type MetricPeers, Metrics } from './serve/metrics/metrics.js'
import type { Measured } from './serve/metrics/own-families.js'
import { Readiness } from './serve/readiness.js'
import type { Shared } from './store/redis/shared.js'

/** What is served, and by what. Nothing of it is looked at before somebody asks. */
export interface Served extends Pick<Measured, 'sessions' | 'journals'> {
  readonly description: () => ApiDescription
  /** Its OpenAPI document. */
  readonly openapi: () => Promise<string>
  /** Told where others cannot be told of it. */
  readonly onFailure: (error: unknown) => void
}

/** What those who operate a stand-in ask of it: whether it is ready, and its figures. */
export class Operating {
  readonly counts = new CallCounts()
  readonly readiness: Readiness
  readonly metrics: Metrics
  readonly replicas: KnownReplicas
  readonly #shared: Shared | undefined
  readonly #served: Served
  readonly #id = randomUUID()
  readonly #started = new Date().toISOString()

  constructor(shared: Shared | undefined, served: Served, peers: MetricPeers | undefined) {
    this.#shared = shared
    this.replicas = {
      shared: shared !== undefined,
      list: async () =>
        shared
          ? summaries(await shared.replicas.list())
          : [{ id: this.#id, self: true, about: await this.#about() }],
    }
    this.#served = served
    this.readiness = new Readiness(() => shared?.connection.trouble)
    const { counts } = this
    const store = () => shared?.figures
    const operations = () => served.description().operations.length
    this.metrics = new Metrics({ ...served, operations, counts, store, version: packageVersion }, peers)
  }

  /**
   * Tells those that share the store what is served here. Whoever lists replicas later is told, too, so that
   * a store that does not answer now is no failure. Never rejects.
   */
  async describe(): Promise<void> {
    if (!this.#shared) return
    try {
      const about = written(await this.#about())
      await this.#shared.replicas.describe(about).catch(() => {})
    } catch (error) {
      this.#served.onFailure(error)
    }
  }

  async #about(): Promise<ReplicaAbout> {
    const { title, operations } = this.#served.description()
    return {
      standin: packageVersion,
      title,
      description: createHash('sha256')
        .update(await this.#served.openapi())
        .digest('hex'),
      operations: operations.length,
      host: hostname(),
      pid: process.pid,
      started: this.#started,
    }
  }
}
