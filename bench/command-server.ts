import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A server that is started by its command, as people start it. */
export interface CommandServer {
  readonly pid: number
  stop(): Promise<void>
}

export interface StandinServer extends CommandServer {
  readonly url: string
}

/** Starts the built command line on a free port. Resolves when it has said where it listens. */
export async function startStandin(words: readonly string[], cwd: string): Promise<StandinServer> {
  const main = new URL('../../dist/cli/main.js', import.meta.url).pathname
  const child = spawn(process.execPath, [main, '--port', '0', '--log-level', 'error', ...words], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    const [url] = /http:\/\/[\d.:]+/.exec(line) ?? []
    if (url === undefined) continue
    // What it prints from now on is read and not needed.
    child.stdout.resume()
    return { url, ...running(child) }
  }
  throw new Error(`standin ${words.join(' ')} ended before it listened`)
}

/** How a child is told to end, and which number it has. */
export function running(child: ChildProcess): CommandServer {
  const { pid } = child
  if (pid === undefined) throw new Error(`${child.spawnfile} could not be started`)
  const ended = once(child, 'exit')
  return {
    pid,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
