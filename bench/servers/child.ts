import { isMainThread } from 'node:worker_threads'

/** What a server process tells the benchmark: where it listens, and on request what it has used. */
export type ChildMessage = { readonly url: string } | Usage

export interface Usage {
  /** Microseconds of processor time, user and system, since the process began. */
  readonly cpu: number
  /** Resident memory in bytes. */
  readonly rss: number
  /** The most that it ever was. */
  readonly peak: number
}

export function serveForBench(listen: () => Promise<string>): void {
  if (!isMainThread || !process.send) throw new Error('Start this through the benchmark, npm run bench')
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({
      cpu: user + system,
      rss: process.memoryUsage.rss(),
      peak: process.resourceUsage().maxRSS * 1024,
    })
  })
  // The benchmark ends, so does the server, whatever ended the benchmark.
  process.on('disconnect', () => process.exit())
  void listen().then((url) => process.send?.({ url }))
}
