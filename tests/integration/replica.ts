import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { freePort } from './guide-project.js'

/** A stand-in as it is started by its command, in a process that can be killed and started again. */
export interface ReplicaProcess {
  readonly port: number
  readonly url: string
  /** Stops it, by default with SIGKILL: it can do nothing about that. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts it on the same port. Resolves once it takes requests. */
  start(): Promise<void>
}

interface Teardown {
  teardown(handler: () => Promise<void> | void): unknown
}

const COMMAND = 'dist/cli/main.js'
/** Milliseconds that a start may take before it counts as failed. */
const PATIENCE = 120_000

/**
 * Starts the built command line.
 * @param words those of its command line, but for the port
 */
export async function startReplica(t: Teardown, words: readonly string[]): Promise<ReplicaProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const stop = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const exited = once(running, 'exit')
    running.kill(signal)
    await exited
  }
  const start = async (): Promise<void> => {
    // The test runner's hooks, which it gives to every process, would slow it down. Each request that Redis
    // is missing for is an error in the log.
    const command = ['-u', 'NODE_OPTIONS', process.execPath, COMMAND, ...words, '--port', String(port)]
    const started = spawn('env', [...command, '--log-level', 'fatal'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child = started
    const deadline = Date.now() + PATIENCE
    while (!(await answers(url))) {
      if (started.exitCode !== null) throw new Error(`standin ended with ${started.exitCode}`)
      if (Date.now() > deadline) throw new Error(`standin does not listen on ${url}`)
      await sleep(50)
    }
  }
  t.teardown(() => stop())
  await start()
  return { port, url, stop, start }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${url}/_standin/health`)
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}
