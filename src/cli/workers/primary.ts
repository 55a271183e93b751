import cluster, { type Worker as Process } from 'node:cluster'
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { isLoopback } from '../../standin-options.js'
import type { Options } from '../options.js'
import { untilStopped } from '../signals.js'
import type { Terminal } from '../terminal.js'
import { Gathering } from './gathering.js'
import { type Ports, type Seat, SEAT, type ToPrimary, type ToWorker } from './messages.js'
import type { WorkerPlan } from './plan.js'
import { Replacement } from './replacement.js'

/** A worker, as its primary knows it. */
interface Seated {
  readonly number: number
  readonly process: Process
  /** From `performance.now()`; undefined until it serves. */
  since: number | undefined
  /** Whether it was asked to end. */
  stopped: boolean
}

/**
 * The process that starts the workers, hands the port to them (node:cluster) and replaces those that end.
 * It reads no source: the first worker alone is started first, so that what is wrong is said once.
 */
export class Primary {
  readonly #plan: WorkerPlan
  readonly #options: Options
  readonly #terminal: Terminal
  readonly #logger: Logger | false
  readonly #token: string | undefined
  readonly #seated = new Map<number, Seated>()
  readonly #replacement = new Replacement()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #gathering = new Gathering((pid, id) => this.#send(pid, { kind: 'asked', id }))
  #text: string | undefined
  #ports: Ports | undefined
  /** Whether all have once been gone, so that port 0 would be another one. */
  #wereAllGone = false
  #stopping = false
  /** The worst exit code so far. */
  #code = 0
  #ended: (code: number) => void = () => {}

  constructor(plan: WorkerPlan, options: Options, terminal: Terminal, logger: Logger | false) {
    this.#plan = plan
    this.#options = options
    this.#terminal = terminal
    this.#logger = logger
    const made = options.control && options.controlToken === undefined && !isLoopback(options.host)
    this.#token = made && !plan.alone ? randomBytes(24).toString('base64url') : undefined
  }

  /** Serves until a signal asks it to stop, or no worker can. Resolves with the worst exit code of the workers. */
  async run(): Promise<number> {
    const ended = new Promise<number>((resolve) => (this.#ended = resolve))
    this.#fork(1)
    const stopped = untilStopped(() => this.#stop(), this.#terminal)
    return Promise.race([ended, stopped.then(() => this.#code)])
  }

  #fork(number: number): void {
    // Port 0 is the same port for all as long as one of them holds it.
    if (this.#ports !== undefined && this.#seated.size === 0) this.#wereAllGone = true
    const seat: Seat = {
      number,
      ...(this.#token !== undefined && { controlToken: this.#token }),
      ...(this.#wereAllGone && this.#ports && { ports: this.#ports }),
    }
    const process = cluster.fork({ [SEAT]: JSON.stringify(seat) })
    const { pid } = process.process
    const seated: Seated = { number, process, since: undefined, stopped: false }
    if (pid !== undefined) this.#seated.set(pid, seated)
    process.on('message', (message: ToPrimary) => void this.#hear(seated, pid ?? 0, message))
    // A message to one that has just ended.
    process.on('error', () => {})
    process.on('exit', (code, signal: NodeJS.Signals | null) => this.#exited(seated, pid ?? 0, code, signal))
  }

  async #hear(seated: Seated, pid: number, message: ToPrimary): Promise<void> {
    if (message.kind === 'serving') return this.#serves(seated, pid, message)
    if (message.kind === 'metrics') return this.#gathering.told(pid, message.id, message.own)
    const { id, own } = message
    this.#send(pid, { kind: 'peers', id, others: await this.#gathering.others(pid, own, this.#serving()) })
  }

  #serves(seated: Seated, pid: number, { ports, text }: { ports: Ports; text: string }): void {
    seated.since = performance.now()
    if (this.#ports === undefined) {
      this.#ports = ports
      for (let number = 2; number <= this.#plan.count; number++) this.#fork(number)
    }
    if (this.#text !== undefined) {
      this.#log('info', { worker: seated.number, pid }, `worker ${seated.number} serves`)
    } else if (this.#serving().length >= this.#plan.count) {
      this.#text = text
      this.#terminal.stdout.write(text)
    }
  }

  #exited(seated: Seated, pid: number, code: number | null, signal: NodeJS.Signals | null): void {
    const { number, since, stopped } = seated
    this.#seated.delete(pid)
    this.#gathering.left(pid)
    if (this.#stopping) {
      if (!stopped || since !== undefined) this.#code = Math.max(this.#code, code ?? 1)
      return
    }
    // What is wrong at the start, the worker itself has said.
    const failed = this.#text === undefined && since === undefined
    const wait = this.#replacement.after(
      since === undefined ? undefined : performance.now() - since,
      this.#serving().length > 0,
    )
    if (failed || wait === undefined) return void this.#giveUp(code)
    const how = signal === null ? `has ended with exit code ${code}` : `was ended by ${signal}`
    this.#log(
      'warn',
      { worker: number, pid },
      `worker ${number} ${how}; another one takes its place in ${wait} ms`,
    )
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#fork(number)
    }, wait)
    this.#timers.add(timer)
  }

  async #giveUp(code: number | null): Promise<void> {
    await this.#stop()
    this.#ended(code === null || code === 0 ? 1 : code)
  }

  /** Has all workers finish what they have begun. Resolves when all have ended. */
  async #stop(): Promise<void> {
    this.#stopping = true
    for (const timer of this.#timers) clearTimeout(timer)
    const all = [...this.#seated.values()]
    const { coverage, coverageMin, unknown } = this.#options
    const reports = coverage !== undefined || coverageMin !== undefined || unknown === 'fail'
    const last = reports ? all.find(({ since }) => since !== undefined) : undefined
    await Promise.all(
      all.filter((one) => one !== last).map((one) => end(one, { report: false, drain: true })),
    )
    if (last) await end(last, { report: true, drain: all.length === 1 })
  }

  #serving(): number[] {
    return [...this.#seated].filter(([, { since }]) => since !== undefined).map(([pid]) => pid)
  }

  #send(pid: number, message: ToWorker): void {
    const process = this.#seated.get(pid)?.process
    if (process?.isConnected() === true) process.send(message)
  }

  #log(level: 'info' | 'warn', data: object, message: string): void {
    if (this.#logger) this.#logger[level](data, message)
  }
}

/** One that does not serve yet has nothing to finish. */
async function end(seated: Seated, how: { report: boolean; drain: boolean }): Promise<void> {
  const { process, since } = seated
  const exited = new Promise<void>((resolve) => process.once('exit', () => resolve()))
  seated.stopped = true
  if (process.isDead()) return
  if (since === undefined || !process.isConnected()) process.process.kill('SIGKILL')
  else process.send({ kind: 'stop', ...how } satisfies ToWorker)
  await exited
}
