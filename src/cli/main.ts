#!/usr/bin/env node
import { run } from './run.js'
import type { CreateStandin } from './standin.js'
import type { Terminal } from './terminal.js'

/** The only module that ends the process. */
const terminal: Terminal = {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  exit: (code) => process.exit(code),
}

const createStandin: CreateStandin = async (options) => {
  // Not the whole library, whose proxy brings a client that serving does not need.
  const standin = await import('../standin.js')
  return standin.createStandin(options)
}

// `standin openapi | head` closes the pipe early: that is the reader's right and no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.on('uncaughtException', (error) => void giveUp(error))

async function giveUp(error: unknown): Promise<void> {
  const { reportFailure } = await import('./failure.js')
  reportFailure(error, terminal)
  process.exit(1)
}

const code = await run(process.argv.slice(2), terminal, createStandin)
// Not before everything is written: pipes may be slower than the process.
process.stdout.write('', () => process.exit(code))
