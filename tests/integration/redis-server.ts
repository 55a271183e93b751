import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { freePort } from './guide-project.js'

/** A redis-server of one test's own. */
export interface RedisServer {
  readonly port: number
  /** `redis://…`. */
  readonly url: string
  /** Stops it, by default as an administrator would (SIGTERM). Its data stay. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Sends it a signal that does not end it: SIGSTOP leaves it connected, and silent. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Starts it again on the same port, over the same data. */
  start(): Promise<void>
}

const COMMAND = process.env['REDIS_SERVER'] ?? 'redis-server'

const missing = `This is tried on a real Redis, and ${COMMAND} cannot be run. Install it (Debian: apt-get install redis-server; its service need not run), or name one with REDIS_SERVER.`

const isThere = spawnSync(COMMAND, ['--version']).status === 0

/** Why a test is left out; never on CI, where it fails instead. */
export const skipWithoutRedis = (): string | false =>
  isThere || process.env['CI'] === 'true' ? false : missing

/** A test that needs a Redis. */
export const redisTest = (name: string, run: (t: Test) => Promise<void>): Promise<unknown> =>
  t.test(name, { skip: skipWithoutRedis() }, run)

interface Teardown {
  teardown(handler: () => Promise<void> | void): unknown
}

/**
 * Starts a redis-server in a folder of its own, with its append-only file on.
 * @param config further words of its command line, such as `--maxmemory 2mb`
 */
export async function startRedis(t: Teardown, config: readonly string[] = []): Promise<RedisServer> {
  if (!isThere) throw new Error(missing)
  const folder = mkdtempSync(join(tmpdir(), 'standin-redis-'))
  const port = await freePort()
  let child: ChildProcess | undefined
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const exited = once(running, 'exit')
    running.kill(signal)
    await exited
  }
  const start = async (): Promise<void> => {
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
    const started = spawn(COMMAND, [...words, '--appendonly', 'yes', ...config], { stdio: 'ignore' })
    child = started
    await answers(port, started)
  }
  t.teardown(async () => {
    await stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  await start()
  const signal: RedisServer['signal'] = (name) => void child?.kill(name)
  return { port, url: `redis://127.0.0.1:${port}`, stop, signal, start }
}

/** Resolves once the server takes commands: it has loaded its file then. */
async function answers(port: number, server: ChildProcess): Promise<void> {
  while (!(await isUp(port))) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`)
    await sleep(20)
  }
}

function isUp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (up: boolean): void => {
      socket.destroy()
      resolve(up)
    }
    socket.once('data', (data) => end(/^(\+PONG|-NOAUTH)/.test(data.toString())))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}
