import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import autocannon from 'autocannon'
import type { Usage } from './servers/child.js'

/** A server to measure: a module of bench/servers/ and its arguments. */
export interface Contender {
  readonly name: string
  readonly module: string
  readonly args?: readonly string[]
  /** What it prints is not shown. */
  readonly quiet?: boolean
}

export interface BenchRequest {
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** One round of load. */
export interface Round {
  readonly requestsPerSecond: number
  /** Microseconds of the server's processor time a request. */
  readonly cpu: number
  /** Milliseconds. */
  readonly p99: number
  /** Bytes after the round. */
  readonly rss: number
}

export class Running {
  readonly #child: ChildProcess
  readonly #url: string

  private constructor(child: ChildProcess, url: string) {
    this.#child = child
    this.#url = url
  }

  static async start({ module, args = [], quiet = false }: Contender): Promise<Running> {
    const child = fork(new URL(`servers/${module}.js`, import.meta.url), [...args], {
      ...(quiet && { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    })
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${module} ended with ${String(code)} before it listened`)
      }),
    ])
    return new Running(child, message.url)
  }

  async ask(request: BenchRequest): Promise<void> {
    const { path, method, headers, body } = request
    const response = await fetch(this.#url + path, { method, headers, ...(body !== undefined && { body }) })
    if (!response.ok) throw new Error(`Answered ${response.status}: ${await response.text()}`)
    await response.arrayBuffer()
  }

  async load(request: BenchRequest, amount: number, connections: number): Promise<Round> {
    const before = await this.usage()
    const { path, ...rest } = request
    const began = performance.now()
    const result = await autocannon({
      url: this.#url + path,
      ...rest,
      amount,
      connections,
      timeout: 60,
      sampleInt: 50,
    })
    // Its own duration is in whole samples.
    const seconds = (performance.now() - began) / 1000
    const after = await this.usage()
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${result.non2xx + result.errors} requests failed`)
    return {
      requestsPerSecond: amount / seconds,
      cpu: (after.cpu - before.cpu) / amount,
      p99: result.latency.p99,
      rss: after.rss,
    }
  }

  async usage(): Promise<Usage> {
    const answer = once(this.#child, 'message')
    this.#child.send('usage')
    const [usage] = await answer
    return usage
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, 'exit')
    this.#child.disconnect()
    await exit
  }
}
