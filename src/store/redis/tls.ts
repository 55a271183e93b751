import { connect as connectPlainly, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { errors } from '../../errors.js'
import { errorCode } from '../failure.js'
import type { Address } from './location.js'

/** Milliseconds. */
const PATIENCE = 2000

const TRUST =
  'If you trust it, name the PEM file of the certificate, or of the authority that signed it, with ?ca=FILE at the end of the URL or in NODE_EXTRA_CA_CERTS; ?insecure takes any certificate'
const UNKNOWN = `its certificate is signed by an authority that nobody here knows. ${TRUST}`
const KEEP_TIME = 'Renew it, or correct the clock of this machine'

/** By Node's codes (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const UNTRUSTED: ReadonlyMap<string, string> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', `its certificate is self-signed. ${TRUST}`],
  ['SELF_SIGNED_CERT_IN_CHAIN', UNKNOWN],
  ['UNABLE_TO_GET_ISSUER_CERT', UNKNOWN],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNKNOWN],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNKNOWN],
  ['CERT_HAS_EXPIRED', `its certificate is no longer valid. ${KEEP_TIME}`],
  ['CERT_NOT_YET_VALID', `its certificate is not valid yet. ${KEEP_TIME}`],
  [
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'it asks for a certificate of its clients. Name the PEM files of one and of its key with ?cert=FILE&key=FILE at the end of the URL, or let it do without (tls-auth-clients no)',
  ],
])

/** The error for a connection that could not be secured; undefined for any other. */
export function insecurity(location: string, error: unknown): Error | undefined {
  const why = UNTRUSTED.get(errorCode(error)) ?? otherName(error)
  return why === undefined ? undefined : new errors.STANDIN_ERR_STORE_TLS(location, why)
}

function otherName(error: unknown): string | undefined {
  if (!(error instanceof Error) || errorCode(error) !== 'ERR_TLS_CERT_ALTNAME_INVALID') return undefined
  const cert: unknown = 'cert' in error ? error.cert : undefined
  const named = typeof cert === 'object' && cert !== null && 'subjectaltname' in cert && cert.subjectaltname
  const names = typeof named === 'string' ? named : error.message
  return `its certificate is for another name (${names}). Call it by that`
}

/**
 * The error for a node that cannot be connected to: nobody understands anybody where the one speaks TLS
 * and the other does not, and waits for more.
 * @param secure whether we do
 */
export async function explained(
  error: unknown,
  { address, shown }: { readonly address: Address; readonly shown: string },
  secure: boolean,
): Promise<unknown> {
  if (errorCode(error) !== 'STANDIN_ERR_STORE_UNREACHABLE') return error
  if (secure ? !(await speaksPlainly(address)) : !(await speaksTls(address))) return error
  const why = secure
    ? 'it speaks no TLS. Its URL begins with redis://'
    : 'it speaks TLS. Its URL begins with rediss://'
  return new errors.STANDIN_ERR_STORE_TLS(shown, why)
}

function speaksPlainly(address: Address): Promise<boolean> {
  const socket = connectPlainly(address)
  socket.once('connect', () => socket.write('PING\r\n'))
  // Whoever asks for a password says so with an error.
  return answer(socket, 'data', (data) => /^(\+PONG|-[A-Z]+ )/.test(String(data)))
}

function speaksTls(address: Address): Promise<boolean> {
  // Nothing is sent: it is only looked at how the other begins.
  return answer(connectSecurely({ ...address, rejectUnauthorized: false }), 'secureConnect', () => true)
}

/** What is made of the first event of that name; false where there is none. */
function answer(socket: Socket, event: string, judge: (data: unknown) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(PATIENCE, () => end(false))
    socket.once(event, (data: unknown) => end(judge(data)))
    socket.on('error', () => end(false))
    socket.once('close', () => end(false))
  })
}
