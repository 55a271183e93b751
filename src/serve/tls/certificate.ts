import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errors } from '../../errors.js'
import { type Certificate, developmentCertificate } from './development.js'
import { pairProblem } from './pair-problem.js'

export type { Certificate } from './development.js'

/** How a server gets its certificate. */
export interface HttpsOptions {
  /** PEM files, the certificate with those that lead to its root behind it. Both, or neither for one of our own. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** Where our own is kept; the user's cache folder by default. */
  readonly folder?: string | undefined
}

/**
 * The certificate of the files, or one for development.
 *
 * @throws STANDIN_ERR_HTTPS_FILE, STANDIN_ERR_HTTPS_FOLDER, STANDIN_ERR_USAGE where only one file is given
 */
export async function certificateFor(
  { cert, key, folder }: HttpsOptions,
  host: string,
  cwd: string,
): Promise<Certificate> {
  if (cert === undefined && key === undefined) return developmentCertificate(host, { folder })
  if (cert === undefined || key === undefined) {
    const missing = cert === undefined ? 'its certificate (--https-cert FILE)' : 'its key (--https-key FILE)'
    throw new errors.STANDIN_ERR_USAGE(`HTTPS needs a certificate and a key: ${missing} is missing.`)
  }
  const pair = { cert: await read(cert, cwd), key: await read(key, cwd) }
  const problem = pairProblem(pair, Date.now())
  if (problem) throw new errors.STANDIN_ERR_HTTPS_FILE(problem.file === 'cert' ? cert : key, problem.reason)
  return pair
}

async function read(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_HTTPS_FILE(file, `It cannot be read: ${reason}`), {
      cause: error,
    })
  }
}
