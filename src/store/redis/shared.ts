import type { Seed, Store } from '../store.js'
import { Connection } from './connection.js'
import { redisLocation } from './location.js'
import { Replicas } from './replicas.js'
import { openRedisStore } from './store.js'
import { SessionNames } from './session-names.js'
import { SteeringRecords } from './steering-records.js'

/** What several processes have in common, on a Redis: the store, and what steers them. */
export class Shared {
  readonly connection: Connection
  readonly replicas: Replicas
  readonly sessions: SessionNames
  readonly steering: SteeringRecords

  private constructor(connection: Connection, replicas: Replicas) {
    this.connection = connection
    this.replicas = replicas
    this.sessions = new SessionNames(connection)
    this.steering = new SteeringRecords(connection)
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  static async open(location: string): Promise<Shared> {
    const connection = await Connection.open(redisLocation(location))
    try {
      return new Shared(connection, await Replicas.join(connection))
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  /** Shown to people: the URL without its password. */
  get location(): string {
    return this.connection.location
  }

  /** For metrics. */
  get figures() {
    const { reachability, figures } = this.connection
    const { roundTrips, commits, conflicts } = figures
    return { up: reachability.up, roundTrips, commits, conflicts }
  }

  /** The state of all sessions. Close it before this. Rejects with STANDIN_ERR_STORE_*. */
  openStore(seed: Seed): Promise<Store> {
    return openRedisStore(this.connection, seed)
  }

  async close(): Promise<void> {
    await this.replicas.close()
    await this.connection.close()
  }
}
