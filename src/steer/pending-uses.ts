import type { SteeringRecords } from '../store/redis/steering-records.js'

/** How long uses are gathered before they are written, in milliseconds. */
const GATHER = 200

type Counts = Map<string, number>

/** Uses of overrides that nothing depends on: they are written down together, some time after the calls. */
export class PendingUses {
  readonly #records: Pick<SteeringRecords, 'count'>
  #bySession = new Map<string, Counts>()
  #timer: NodeJS.Timeout | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(records: Pick<SteeringRecords, 'count'>) {
    this.#records = records
  }

  add(session: string, key: string): void {
    this.#put(session, key, 1)
    this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), GATHER).unref()
  }

  /** Resolves when everything is written that was added before. Rejects with STANDIN_ERR_STORE_*; it is kept then. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const flushed = this.#last.then(() => this.#write())
    this.#last = flushed.catch(() => {})
    return flushed
  }

  async #write(): Promise<void> {
    const all = this.#bySession
    this.#bySession = new Map()
    await Promise.all([...all].map(([session, counts]) => this.#writeOne(session, counts)))
  }

  async #writeOne(session: string, counts: Counts): Promise<void> {
    try {
      await this.#records.count(session, counts)
    } catch (error) {
      for (const [key, count] of counts) this.#put(session, key, count)
      throw error
    }
  }

  #put(session: string, key: string, count: number): void {
    let counts = this.#bySession.get(session)
    if (!counts) this.#bySession.set(session, (counts = new Map()))
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
}
