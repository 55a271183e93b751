import { X509Certificate } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { errors } from '../../errors.js'
import { writeAtomically } from '../../store/atomic-write.js'
import { type KeyPair, makeCertificate } from './make-certificate.js'
import { pairProblem } from './pair-problem.js'

/** The certificate that a server uses, and where it was made for this machine, its file. */
export interface Certificate extends KeyPair {
  /** Absolute path of a certificate that clients have to be told to trust. */
  readonly trust?: string
}

/** Milliseconds before the end of its validity at which a new one is made. */
const RENEW = 30 * 86_400_000

const NAMES = ['localhost', '127.0.0.1', '::1']

/** Addresses to listen on that no client calls a server by. */
const ANY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])

/**
 * A certificate for this machine's own names and the host that is served on, kept in a folder so that
 * whoever trusts it once need not do so again. It is made anew 30 days before it ends.
 *
 * @throws STANDIN_ERR_HTTPS_FOLDER where it cannot be kept
 */
export async function developmentCertificate(
  host: string,
  { folder = cacheFolder(), now = Date.now() }: { folder?: string | undefined; now?: number } = {},
): Promise<Certificate> {
  const names = NAMES.includes(host) || ANY_ADDRESS.has(host) ? NAMES : [...NAMES, host]
  const file = names === NAMES ? 'localhost' : `localhost+${host.replaceAll(/[^\w.-]/g, '_')}`
  const [certFile, keyFile] = [join(folder, `${file}.pem`), join(folder, `${file}-key.pem`)]
  const kept = await readPair(certFile, keyFile)
  if (kept && isGood(kept, names, now)) return { ...kept, trust: certFile }
  const made = await makeCertificate(names, now)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Both readable by their owner alone. The key first: a certificate without one would be made again.
    await writeAtomically(keyFile, made.key, false)
    await writeAtomically(certFile, made.cert, false)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_HTTPS_FOLDER(folder, reason), { cause: error })
  }
  return { ...made, trust: certFile }
}

/** Where programs keep what they can make again: of the user, since one certificate does for all folders. */
function cacheFolder({ env, platform } = process): string {
  const base =
    platform === 'win32'
      ? env['LOCALAPPDATA']
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : env['XDG_CACHE_HOME']
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'standin', 'https')
}

async function readPair(certFile: string, keyFile: string): Promise<KeyPair | undefined> {
  try {
    return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') }
  } catch {
    return undefined
  }
}

function isGood({ cert, key }: KeyPair, names: readonly string[], now: number): boolean {
  if (pairProblem({ cert, key }, now + RENEW) !== undefined) return false
  const known = new X509Certificate(cert)
  return names.every((name) =>
    isIP(name) === 0 ? known.checkHost(name) !== undefined : known.checkIP(name) !== undefined,
  )
}
