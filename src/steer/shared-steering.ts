import { randomUUID } from 'node:crypto'
import { errorCode } from '../store/failure.js'
import type { Replicas } from '../store/redis/replicas.js'
import type { SteeringRecord, SteeringRecords } from '../store/redis/steering-records.js'
import type { Claims } from './claims.js'
import { Overrides } from './overrides.js'
import { PendingUses } from './pending-uses.js'
import { readSteering, steeringText } from './steering-text.js'

export interface SharedSteeringOptions {
  readonly records: SteeringRecords
  readonly replicas: Pick<Replicas, 'on' | 'tell'>
  /** Told of what could not be taken in. */
  readonly onFailure: (error: unknown) => void
}

/** What replicas tell each other. */
const CHANGED = 'steering'
const COUNT = 'flush-uses'

interface InMemory {
  readonly revision: string
  readonly overrides: Overrides
}

/**
 * What steers the sessions of several processes. Each has all of it in memory, so that a call asks nobody;
 * whoever changes something goes on when all the others have taken it in. Only what is counted is claimed
 * from where all count it.
 */
export class SharedSteering {
  readonly #options: SharedSteeringOptions
  readonly #inMemory = new Map<string, InMemory>()
  /** The last thing that is done about a session, so that what is read later is never overtaken. */
  readonly #turns = new Map<string, Promise<unknown>>()
  /** Those whose last change may have been kept although the store went, so that the others have not heard of it. */
  readonly #untold = new Set<string>()
  readonly #pending: PendingUses

  constructor(options: SharedSteeringOptions) {
    const { records, replicas } = options
    this.#options = options
    this.#pending = new PendingUses(records)
    replicas.on(CHANGED, (session) => this.#refresh(session))
    replicas.on(COUNT, () => this.#pending.flush())
  }

  /** Takes in all that is set, at the start and when the store has been away. Rejects with STANDIN_ERR_STORE_*. */
  async load(): Promise<void> {
    const sessions = new Set([...(await this.#options.records.sessions()), ...this.#inMemory.keys()])
    await Promise.all([...sessions].map((session) => this.#refresh(session)))
    const untold = [...this.#untold]
    this.#untold.clear()
    await Promise.all(untold.map((session) => this.#telling(session, async () => {})))
  }

  /** Those that are steered, as far as this process knows. */
  sessions(): string[] {
    return [...this.#inMemory.keys()]
  }

  /** As this process knows them; undefined where nothing is set. They are not changed from outside. */
  overrides(session: string): Overrides | undefined {
    return this.#inMemory.get(session)?.overrides
  }

  /** The same with their counts as they are now, whoever was called. Rejects with STANDIN_ERR_STORE_*. */
  async counted(session: string): Promise<Overrides | undefined> {
    if (!this.#inMemory.has(session)) return undefined
    await this.#options.replicas.tell(COUNT, session)
    await this.#refresh(session)
    return this.overrides(session)
  }

  /**
   * Runs `change`, which may be more than once, and resolves with its result when every process goes by it.
   * Rejects with what it throws, and then nothing is changed, or with STANDIN_ERR_STORE_*.
   */
  async change<Result>(session: string, change: (overrides: Overrides) => Result): Promise<Result> {
    return this.#telling(session, () => this.#save(session, change))
  }

  /** Takes back all that is set. Rejects with STANDIN_ERR_STORE_*. */
  async drop(session: string): Promise<void> {
    // A process that was cut off may know nothing of what others hold.
    const isKnown = this.#inMemory.has(session)
    const drop = (): Promise<boolean> => this.#options.records.drop(session)
    await this.#telling(session, drop, (wasThere) => wasThere || isKnown)
  }

  /** Writes down what was counted. Rejects with STANDIN_ERR_STORE_*. */
  flush(): Promise<void> {
    return this.#pending.flush()
  }

  /** Changes what is kept, and has every process take it in, if it is news. */
  async #telling<Result>(
    session: string,
    task: () => Promise<Result>,
    isNews: (result: Result) => boolean = () => true,
  ): Promise<Result> {
    try {
      const result = await this.#inTurn(session, task)
      if (isNews(result)) await this.#options.replicas.tell(CHANGED, session)
      return result
    } catch (error) {
      if (errorCode(error).startsWith('STANDIN_ERR_STORE_')) this.#untold.add(session)
      throw error
    }
  }

  async #save<Result>(session: string, change: (overrides: Overrides) => Result): Promise<Result> {
    const { records } = this.#options
    for (;;) {
      const before = await records.read(session)
      const draft = await this.#read(session, before)
      const result = change(draft)
      const keys = draft.entries.map(({ key }) => key)
      const record = { revision: randomUUID(), text: steeringText(draft), keys }
      // Somebody else was faster, so it is looked at anew.
      if (await records.save(session, before?.revision, record)) return result
    }
  }

  #refresh(session: string): Promise<void> {
    return this.#inTurn(session, async () => {
      const record = await this.#options.records.read(session)
      if (!record) return void this.#inMemory.delete(session)
      const known = this.#inMemory.get(session)
      if (known?.revision === record.revision) return setCounts(known.overrides, record)
      try {
        const overrides = await this.#read(session, record)
        this.#inMemory.set(session, { revision: record.revision, overrides })
      } catch (error) {
        // Another version may have written what this one cannot read: what held before holds on, and nobody
        // waits longer because of it.
        this.#options.onFailure(error)
        this.#inMemory.set(session, { revision: '', overrides: known?.overrides ?? new Overrides() })
      }
    })
  }

  async #read(session: string, record: SteeringRecord | undefined): Promise<Overrides> {
    const claims = this.#claimsOf(session)
    if (!record) return new Overrides({ claims, newKey: randomUUID })
    const entries = this.overrides(session)?.entries ?? []
    const known = new Map(entries.map((one) => [one.key, one]))
    const kept = await readSteering(record.text, known).catch((error: unknown) => {
      throw this.#options.records.foreign(session, error instanceof Error ? error.message : String(error))
    })
    const overrides = new Overrides({ ...kept, claims, newKey: randomUUID })
    setCounts(overrides, record)
    return overrides
  }

  #claimsOf(session: string): Claims {
    const { records } = this.#options
    return {
      use: (key, most) => records.use(session, key, most),
      meet: (key) => records.meet(session, key),
      count: (key) => this.#pending.add(session, key),
    }
  }

  async #inTurn<Result>(session: string, task: () => Promise<Result>): Promise<Result> {
    const turn = (this.#turns.get(session) ?? Promise.resolve()).then(task)
    const settled = turn.catch(() => {})
    this.#turns.set(session, settled)
    try {
      return await turn
    } finally {
      if (this.#turns.get(session) === settled) this.#turns.delete(session)
    }
  }
}

/** Counts only grow, and what was claimed here since they were read is known already. */
function setCounts(overrides: Overrides, { uses }: SteeringRecord): void {
  for (const entry of overrides.entries) entry.used = Math.max(entry.used, uses.get(entry.key) ?? 0)
}
