import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './guide-project.js'

const COMMAND = process.env['NGINX'] ?? 'nginx'
/** Debian's nginx has it as a module of its own; the official image has it built in. */
const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so'

const missing = `This is tried behind nginx, and ${COMMAND} cannot be run, or knows no streams. Install it (Debian: apt-get install nginx libnginx-mod-stream; its service need not run), or name one with NGINX.`

const { status, stderr } = spawnSync(COMMAND, ['-V'], { encoding: 'utf8' })
const isThere = status === 0 && (existsSync(STREAM_MODULE) || /--with-stream( |$)/.test(stderr))

/** Why a test is left out; never on CI, where it fails instead. */
export const skipWithoutNginx = (): string | false =>
  isThere || process.env['CI'] === 'true' ? false : missing

/** The configurations that are shipped: by connections, and by requests. */
export const CONFIGURATIONS = ['nginx.conf', 'nginx-http.conf'] as const
export type Configuration = (typeof CONFIGURATIONS)[number]

interface Teardown {
  teardown(handler: () => Promise<void> | void): unknown
}

/** A shipped configuration for this machine: other ports, files in a folder of its own, all else as it is. */
export function configure(
  name: Configuration,
  folder: string,
  port: number,
  replicas: readonly number[],
): string {
  const shipped = readFileSync(join('examples/replicas', name), 'utf8')
  const servers = (_: string, options: string): string =>
    replicas.map((replica) => `server 127.0.0.1:${replica}${options};`).join('\n    ')
  const text = shipped
    .replaceAll('/tmp/', `${folder}/`)
    .replace('listen 10000', `listen 127.0.0.1:${port}`)
    .replace(/server standin:10000([^;]*);/, servers)
    // Every core of this machine is wanted by the replicas as well.
    .replace('worker_processes auto', 'worker_processes 1')
  return existsSync(STREAM_MODULE) ? `load_module ${STREAM_MODULE};\n${text}` : text
}

/** Starts nginx in front of replicas, as whoever runs the tests. Resolves with its port. */
export async function startNginx(
  t: Teardown,
  name: Configuration,
  replicas: readonly number[],
): Promise<number> {
  if (!isThere) throw new Error(missing)
  const folder = mkdtempSync(join(tmpdir(), 'standin-nginx-'))
  const port = await freePort()
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, configure(name, folder, port, replicas))
  const child = spawn(COMMAND, ['-p', folder, '-c', file, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // It logs each replica that it cannot reach, which is what tests bring about.
  let said = ''
  child.stderr.on('data', (text) => (said = `${said}${text}`.slice(-1000)))
  const ended = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${said}`)
    await sleep(20)
  }
  return port
}

/** What nginx itself says of a configuration; nothing where it is well. */
export function checkConfiguration(name: Configuration, folder: string): string {
  if (!isThere) throw new Error(missing)
  const file = join(folder, name)
  writeFileSync(file, configure(name, folder, 10_000, [10_001, 10_002, 10_003]))
  const checked = spawnSync(COMMAND, ['-t', '-q', '-p', folder, '-c', file], { encoding: 'utf8' })
  return checked.status === 0 ? checked.stderr : `ended with ${checked.status}: ${checked.stderr}`
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
