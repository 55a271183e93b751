import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, errorMessage } from '../failure.js'
import type { Seed, Store } from '../store.js'
import { CallLog } from './call-log.js'
import { Confirmation } from './confirmation.js'
import { Connection, type Prepared } from './connection.js'
import { groundWarnings, prepareGround } from './ground.js'
import { type RedisLocation, redisLocation } from './location.js'
import { Replicas } from './replicas.js'
import { openRedisStore } from './store.js'
import { SessionNames } from './session-names.js'
import { SteeringRecords } from './steering-records.js'

export interface SharedOptions {
  /** What is answered has to be on the disk of Redis. */
  readonly fsync?: boolean | undefined
  /** How many replicas of Redis have to confirm a change before it is answered; none by default. */
  readonly confirmedBy?: number | undefined
  /** Seconds to wait for a Redis that does not answer yet; 0, the default, does not. */
  readonly waitFor?: number | undefined
  /** Told, as a sentence, that it waits, and what there is to be said of what this Redis keeps. */
  readonly onMessage?: ((message: string) => void) | undefined
}

/** Milliseconds between two attempts to reach a Redis that is waited for. */
const AGAIN = 250

/** What may pass: nobody answers yet, or nodes of a cluster have not found each other yet. */
const TO_COME: ReadonlySet<string> = new Set(['STANDIN_ERR_STORE_UNREACHABLE', 'STANDIN_ERR_STORE_CLUSTER'])

/** What several processes have in common, on a Redis: the store, and what steers them. */
export class Shared {
  readonly connection: Connection
  readonly replicas: Replicas
  readonly sessions: SessionNames
  readonly steering: SteeringRecords
  readonly calls: CallLog
  readonly #confirmation: Confirmation

  private constructor(connection: Connection, replicas: Replicas, confirmedBy: number) {
    this.connection = connection
    this.replicas = replicas
    this.sessions = new SessionNames(connection)
    this.steering = new SteeringRecords(connection)
    this.calls = new CallLog(connection)
    this.#confirmation = new Confirmation(confirmedBy)
  }

  /** Rejects with STANDIN_ERR_STORE_*. */
  static async open(location: string, options: SharedOptions = {}): Promise<Shared> {
    const connection = await connected(redisLocation(location), options)
    try {
      await connection.checkWrites()
      const replicas = await Replicas.join(connection)
      const shared = new Shared(connection, replicas, options.confirmedBy ?? 0)
      await shared.#warn(options)
      return shared
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  /** Shown to people: the URL without user and password. */
  get location(): string {
    return this.connection.location
  }

  /** For metrics. */
  get figures() {
    const { isWhole, figures } = this.connection
    const { roundTrips, commits, conflicts } = figures
    return { up: isWhole, roundTrips, commits, conflicts }
  }

  /** The state of all sessions. Close it before this. Rejects with STANDIN_ERR_STORE_*. */
  openStore(seed: Seed): Promise<Store> {
    return openRedisStore(this.connection, seed, { confirmation: this.#confirmation })
  }

  async close(): Promise<void> {
    try {
      await this.replicas.close()
    } finally {
      await this.connection.close()
    }
  }

  async #warn({ onMessage }: SharedOptions): Promise<void> {
    if (!onMessage) return
    for (const { ask, shown } of this.connection.redises) {
      for (const warning of await groundWarnings(ask)) onMessage(`The store ${shown}: ${warning}`)
    }
  }
}

/** A connection, as soon as there may be one. */
async function connected(location: RedisLocation, options: SharedOptions): Promise<Connection> {
  const { fsync = false, waitFor = 0, onMessage } = options
  const prepare = (redis: Prepared): Promise<void> => prepareGround(redis, location.prefix, { fsync })
  const until = Date.now() + waitFor * 1000
  for (let attempt = 1; ; attempt++) {
    try {
      return await Connection.open(location, { prepare, onMessage })
    } catch (error) {
      if (!TO_COME.has(errorCode(error)) || Date.now() >= until) throw error
      if (attempt === 1) onMessage?.(`${errorMessage(error)} Waiting for it, ${waitFor} seconds at most.`)
      await sleep(AGAIN)
    }
  }
}
