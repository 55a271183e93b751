import { EventEmitter } from 'node:events'
import type { MetricFamily } from '../../serve/metrics/family.js'
import type { MetricPeers } from '../../serve/metrics/metrics.js'
import type { Terminal } from '../terminal.js'
import { type Ports, type Seat, SEAT, type ToPrimary, type ToWorker } from './messages.js'

/** Milliseconds that a scrape waits for the figures of the others. */
const PATIENCE = 3000

/** One of several processes that serve together, as itself. Ends with its primary, which node:cluster sees to. */
export class Worker {
  readonly seat: Seat
  readonly terminal: Terminal
  /** What the primary has said on stopping. */
  stop = { report: false, drain: true }
  /** What is measured here; set once there is something. */
  measured: (() => Promise<readonly MetricFamily[]>) | undefined
  readonly #asked = new Map<number, (others: readonly (readonly MetricFamily[])[]) => void>()
  #id = 0

  constructor(terminal: Terminal) {
    const seat: Seat = JSON.parse(process.env[SEAT] ?? '{}')
    this.seat = seat
    const signals = new EventEmitter()
    let told = false
    const stop = (): void => {
      if (!told) signals.emit('SIGTERM', 'SIGTERM')
      told = true
    }
    // A terminal tells all its processes of Ctrl-C: the primary decides what comes of it.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', stop)
    process.on('message', (message: ToWorker) => {
      if (message.kind === 'stop') {
        this.stop = message
        stop()
      } else if (message.kind === 'asked') void this.#tell(message.id)
      else this.#asked.get(message.id)?.(message.others)
    })
    // What is said to whoever sits at the terminal, the primary says once.
    const stderr = { write: (text: string) => terminal.stderr.write(text) }
    const on: Terminal['signals']['on'] = (signal, listener) => {
      signals.on(signal, listener)
      // Told before anybody listened.
      if (told && signal === 'SIGTERM') queueMicrotask(() => listener(signal))
    }
    this.terminal = { ...terminal, signals: { on, off: signals.off.bind(signals) }, stderr }
  }

  /** Tells the primary that this one listens. */
  serving(ports: Ports, text: string): void {
    send({ kind: 'serving', ports, text })
  }

  readonly peers: MetricPeers = (own) =>
    new Promise((resolve) => {
      const id = ++this.#id
      const done = (others: readonly (readonly MetricFamily[])[]): void => {
        clearTimeout(late)
        this.#asked.delete(id)
        resolve(others)
      }
      const late = setTimeout(() => done([]), PATIENCE)
      this.#asked.set(id, done)
      send({ kind: 'ask', id, own })
    })

  async #tell(id: number): Promise<void> {
    send({ kind: 'metrics', id, own: (await this.measured?.()) ?? [] })
  }
}

/** A primary that is gone hears nothing, and this process ends. */
const send = (message: ToPrimary): void => void process.send?.(message, undefined, {}, () => {})
