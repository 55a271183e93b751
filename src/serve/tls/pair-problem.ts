import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { KeyPair } from './make-certificate.js'

/** Which of the two files is wrong, and how. */
export interface PairProblem {
  readonly file: 'cert' | 'key'
  readonly reason: string
}

/** Why a server cannot use a certificate with a key at a time; undefined where it can. */
export function pairProblem({ cert, key }: KeyPair, now: number): PairProblem | undefined {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
  } catch {
    return {
      file: 'cert',
      reason: 'It holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----.',
    }
  }
  let privateKey: KeyObject
  try {
    privateKey = createPrivateKey(key)
  } catch {
    const reason = /ENCRYPTED/.test(key)
      ? 'The key is encrypted. Write it without a passphrase: openssl pkey -in KEY -out PLAIN.'
      : 'It holds no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----.'
    return { file: 'key', reason }
  }
  if (!certificate.checkPrivateKey(privateKey))
    return {
      file: 'key',
      reason: 'The key is not the one of the certificate. Give the two that belong together.',
    }
  if (Date.parse(certificate.validTo) <= now)
    return {
      file: 'cert',
      reason: `The certificate ended on ${certificate.validTo}. Give one that is valid.`,
    }
  if (Date.parse(certificate.validFrom) > now)
    return { file: 'cert', reason: `The certificate is valid only from ${certificate.validFrom} on.` }
  return undefined
}
