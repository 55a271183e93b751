import { EventEmitter } from 'node:events'
import type { Terminal } from '../../src/cli/terminal.js'

export interface FakeTerminal extends Terminal {
  readonly signals: EventEmitter
  readonly exits: number[]
  out(): string
  err(): string
}

/** A terminal that keeps what is written to it. */
export function fakeTerminal(given: {
  cwd?: string
  env?: Record<string, string>
  tty?: boolean
}): FakeTerminal {
  const out: string[] = []
  const err: string[] = []
  const exits: number[] = []
  const isTTY = given.tty ?? false
  return {
    cwd: given.cwd ?? process.cwd(),
    env: given.env ?? {},
    stdout: { isTTY, write: (text) => out.push(text) },
    stderr: { isTTY, write: (text) => err.push(text) },
    signals: new EventEmitter(),
    exit: (code) => void exits.push(code),
    exits,
    out: () => out.join(''),
    err: () => err.join(''),
  }
}
