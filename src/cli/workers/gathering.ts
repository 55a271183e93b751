import { merged } from '../../serve/metrics/exposition.js'
import type { MetricFamily } from '../../serve/metrics/family.js'

type Families = readonly MetricFamily[]

/** Milliseconds. Of a worker that is too busy to tell its figures, those are shown that it told last. */
const PATIENCE = 2000

/**
 * The figures of all workers. Those that have ended are counted on, as they were last known: a sum over
 * processes that became smaller would be taken for one that has begun anew.
 */
export class Gathering {
  readonly #ask: (pid: number, id: number) => void
  readonly #last = new Map<number, Families>()
  readonly #waiting = new Map<number, { readonly missing: Set<number>; readonly done: () => void }>()
  #ended: Promise<Families> = Promise.resolve([])
  #id = 0

  constructor(ask: (pid: number, id: number) => void) {
    this.#ask = ask
  }

  /** The figures of all but the one who asks. @param own what that one has */
  async others(from: number, own: Families, pids: readonly number[]): Promise<readonly Families[]> {
    this.#last.set(from, own)
    const others = pids.filter((pid) => pid !== from)
    await this.#collect(others)
    return [await this.#ended, ...others.map((pid) => this.#last.get(pid) ?? [])]
  }

  told(pid: number, id: number, own: Families): void {
    this.#last.set(pid, own)
    this.#without(pid, this.#waiting.get(id))
  }

  left(pid: number): void {
    const last = this.#last.get(pid)
    this.#last.delete(pid)
    for (const waiting of this.#waiting.values()) this.#without(pid, waiting)
    if (last) this.#ended = this.#ended.then((before) => merged([before, last.filter(isCounted)]))
  }

  async #collect(pids: readonly number[]): Promise<void> {
    if (pids.length === 0) return
    const id = ++this.#id
    let late: NodeJS.Timeout | undefined
    await new Promise<void>((done) => {
      late = setTimeout(done, PATIENCE)
      this.#waiting.set(id, { missing: new Set(pids), done })
      for (const pid of pids) this.#ask(pid, id)
    })
    clearTimeout(late)
    this.#waiting.delete(id)
  }

  #without(
    pid: number,
    waiting: { readonly missing: Set<number>; readonly done: () => void } | undefined,
  ): void {
    waiting?.missing.delete(pid)
    if (waiting?.missing.size === 0) waiting.done()
  }
}

/** What only grows, of Standin's own: the memory of a process is gone with it. */
const isCounted = ({ name, type }: MetricFamily): boolean => name.startsWith('standin_') && type !== 'gauge'
