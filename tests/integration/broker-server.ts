import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Test } from 'tap'
import { bare } from '../bare.js'

const script = 'scripts/pact-broker.js'
const missing =
  'A real Pact Broker is needed, and its gems are not installed. Install them (node scripts/pact-broker.js --install); ' +
  'it needs Ruby, bundler, a C compiler and the headers of SQLite (Debian: scripts/ci-broker.sh installs these too).'

const installed = spawnSync(process.execPath, [script, '--check']).status === 0

/** Why the test is skipped; false where it runs. In CI nothing is skipped. */
export const skip = installed || process.env['CI'] === 'true' ? false : missing

/** Starts a broker for one test. Resolves with the variables by which Pact's tools find it. */
export async function startBroker(t: Test): Promise<Record<string, string>> {
  if (!installed) throw new Error(missing)
  const child = spawn(...bare(process.execPath, [script]), { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => {
    child.once('exit', resolve)
  })
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  for await (const line of createInterface(child.stdout)) {
    const { url, username, password }: Record<string, string | undefined> = JSON.parse(line)
    if (url === undefined || username === undefined || password === undefined) break
    return { PACT_BROKER_BASE_URL: url, PACT_BROKER_USERNAME: username, PACT_BROKER_PASSWORD: password }
  }
  throw new Error('The Pact Broker did not start')
}
