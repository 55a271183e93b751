import { generateKeyPair, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { promisify } from 'node:util'

/** A certificate and its private key, both PEM (RFC 7468). */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

const DAY = 86_400_000

/** Days. Apple's clients refuse server certificates that are valid for longer than 825. */
const VALID = 397

/**
 * A certificate for the names, signed by its own key (X.509, RFC 5280). It is no certificate
 * authority: who trusts it trusts this server under these names, and nothing else that its key might sign.
 *
 * @param names host names and IP addresses; the first is the common name
 */
export async function makeCertificate(names: readonly string[], now: number): Promise<KeyPair> {
  const { default: forge } = await import('node-forge')
  // Node makes the key: natively, off the main thread.
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  // Positive, as section 4.1.2.2 wants it, and never the same: browsers refuse a serial number twice.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  // A clock that is a little late would not take a certificate of this very second.
  certificate.validity.notBefore = new Date(now - DAY)
  certificate.validity.notAfter = new Date(now + VALID * DAY)
  const name = [
    { name: 'commonName', value: names[0] ?? 'localhost' },
    { name: 'organizationName', value: 'Standin development certificate' },
  ]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map(alternativeName) },
    { name: 'subjectKeyIdentifier' },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create())
  return { cert: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key: privateKey }
}

/** GeneralName, section 4.2.1.6: 7 is an address, 2 a name. */
const alternativeName = (name: string) =>
  isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name }
