import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the verifier's process sees: nothing that would change where it sends requests, or what it
 * verifies, and no certificates. It would read all of the system's anew for each request and each
 * provider state, which takes ten times as long as all else it does; and it needs none, since it
 * speaks plain HTTP on loopback only.
 * @param folder where the places are made that hold no certificates
 */
export function engineEnvironment(folder: string, given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(given).filter(
    ([name]) => !/^PACT_|_PROXY$|^LOG_?LEVEL$|^RUST_|^NODE_OPTIONS$/i.test(name),
  )
  // Both, since the system's own is taken for the one that is not named; and both exist, since one that does not may be an error.
  const file = join(folder, 'no-certificates.pem')
  const directory = join(folder, 'no-certificates')
  writeFileSync(file, '')
  mkdirSync(directory, { recursive: true })
  return {
    ...Object.fromEntries(kept),
    PACT_DO_NOT_TRACK: 'true',
    SSL_CERT_FILE: file,
    SSL_CERT_DIR: directory,
  }
}
