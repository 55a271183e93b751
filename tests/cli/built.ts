import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { bare } from '../bare.js'
import type { Scope } from '../serve/helper.js'

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))

/** The real program in a process of its own, which does not outlive the test, and what it printed. */
export function startProgram(
  t: Scope,
  cwd: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn(...bare(process.execPath, [main, ...argv]), {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const text = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk))
  const ended = once(child, 'close')
  t.teardown(() => child.kill('SIGKILL'))
  /** Resolves with the URL once it serves. */
  const serving = async (): Promise<string> => {
    while (!text.out.includes('What the docs leave open')) {
      const over = await Promise.race([once(child.stdout, 'data').then(() => false), ended.then(() => true)])
      if (over) throw new Error(`It ended: ${text.out}${text.err}`)
    }
    return / on (http:\S+)/.exec(text.out)?.[1] ?? ''
  }
  return { child, text, ended, serving }
}

/** Runs it to its end. */
export async function runProgram(t: Scope, cwd: string, argv: readonly string[]) {
  const { text, ended } = startProgram(t, cwd, argv)
  const [code]: (number | null)[] = await ended
  return { code, ...text }
}
