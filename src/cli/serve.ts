import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { packageVersion } from '../package.js'
import { banner, greeting } from './banner.js'
import type { Invocation, Run } from './commands.js'
import { httpsOf } from './https-options.js'
import { listenError } from './listen-errors.js'
import { loggerFor } from './logger-for.js'
import type { Options } from './options.js'
import { progress } from './progress.js'
import { checkReported, reportRun } from './serve-report.js'
import { untilStopped } from './signals.js'
import type { Standin } from './standin.js'
import { hasColour } from './terminal.js'
import { planWorkers, type WorkerPlan, workerOptions } from './workers/plan.js'
import type { Ports } from './workers/messages.js'
import type { Worker } from './workers/worker.js'

/** `standin [serve] [SOURCE…]`: serves until a signal asks it to stop. */
export const serve: Run = async (invocation) => {
  const { options, terminal } = invocation
  checkReported(options)
  const plan = planWorkers(options, availableParallelism())
  if (!plan) return serveHere(invocation)
  const { default: cluster } = await import('node:cluster')
  if (cluster.isPrimary) {
    const { Primary } = await import('./workers/primary.js')
    return new Primary(plan, options, terminal, await loggerFor(options, terminal)).run()
  }
  const { Worker } = await import('./workers/worker.js')
  return serveHere(
    { ...invocation, options: workerOptions(options, plan) },
    { plan, worker: new Worker(terminal) },
  )
}

/** The place of this process among others. */
interface Place {
  readonly plan: WorkerPlan
  readonly worker: Worker
}

async function serveHere(invocation: Invocation, place?: Place): Promise<number> {
  const { options, positionals, createStandin } = invocation
  const { worker } = place ?? {}
  const terminal = worker?.terminal ?? invocation.terminal
  const { config: _config, out: _out, sources = [], coverage: _file, coverageMin: _least, ...rest } = options
  const { workers: _workers, drain, ...given } = rest
  const reading = progress(terminal)
  const standin = await createStandin({
    ...given,
    ...placed(worker),
    https: httpsOf(options),
    sources: positionals.length > 0 ? positionals : sources,
    logger: await loggerFor(options, invocation.terminal, worker?.seat.number),
    onRead: reading.onRead,
  })
  reading.done()
  let stopped: Promise<number>
  let closing = false
  try {
    const url = await listen(standin, options)
    // Before the first line is printed: whoever reads it may signal at once.
    stopped = untilStopped(async () => {
      closing = true
      standin.drain?.()
      if (drain > 0 && worker?.stop.drain !== false) await sleep(drain * 1000)
      await standin.close()
      terminal.stdout.write(standin.recorded.map(recordedText).join(''))
    }, terminal)
    const how = {
      ...options,
      version: packageVersion,
      colour: hasColour(terminal.stdout, terminal),
      full: options.logLevel === 'debug' || options.logLevel === 'trace',
      workers: place && { ...place.plan, generated: place.worker.seat.controlToken !== undefined },
    }
    if (!worker) terminal.stdout.write(greeting(standin, url, how))
    await Promise.race([standin.settle?.(), stopped])
    if (worker) {
      worker.measured = async () => (await standin.metrics?.()) ?? []
      worker.serving(portsOf(url, standin, options), greeting(standin, url, how) + banner(standin, url, how))
    } else if (!closing) terminal.stdout.write(banner(standin, url, how))
  } catch (error) {
    await standin.close()
    throw error
  }
  const code = await stopped
  return code === 0 && worker?.stop.report !== false ? reportRun(standin, options, terminal) : code
}

/** What a worker is told by its primary. */
const placed = (worker: Worker | undefined) =>
  worker && {
    metricPeers: worker.peers,
    ...worker.seat.ports,
    ...(worker.seat.controlToken !== undefined && { controlToken: worker.seat.controlToken }),
  }

/** Where it listens, once it does. */
function portsOf(url: string, { control }: Standin, { controlPort }: Options): Ports {
  const port = Number(new URL(url).port)
  if (controlPort === undefined || control?.url === undefined) return { port }
  return { port, controlPort: Number(new URL(control.url).port) }
}

/** What became of each recording, and which calls are not in it. */
function recordedText({ consumer, file, interactions, leftOut }: Standin['recorded'][number]): string {
  const head =
    file === undefined
      ? `No call of ${consumer} could be recorded as a contract.`
      : `${file}: ${interactions} interaction${interactions === 1 ? '' : 's'} recorded`
  const lines = leftOut.map(
    ({ call, reason, times }) => `  left out: ${call}${times > 1 ? `, ${times} times` : ''}: ${reason}`,
  )
  return `${[head, ...lines].join('\n')}\n`
}

async function listen(standin: Standin, { host, port, controlPort }: Options): Promise<string> {
  try {
    return await standin.listen()
  } catch (error) {
    throw listenError(error, host, port, controlPort)
  }
}
