import type { SecurityScheme } from '../operation/description.js'
import { splitUnquoted } from './media-range.js'

/** What is wrong with a credential. `error` is RFC 6750's code, set where one was sent but cannot be right. */
export interface CredentialProblem {
  readonly reason: string
  readonly error?: 'invalid_request' | 'invalid_token'
}

type Read = (place: string, name: string) => string | undefined

/** RFC 6750 section 2.1, the `b64token` of RFC 9110 section 11.2. */
const TOKEN68 = /^[A-Za-z0-9\-._~+/]+=*$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
/** Names of schemes are short words; anything else that begins a header may be the secret itself. */
const SCHEME_NAME = /^[a-z][a-z0-9-]{0,19}$/

/** Without which no server can check a digest (RFC 7616 section 3.4). */
const DIGEST_PARAMETERS = ['username', 'realm', 'nonce', 'uri', 'response']

/** Undefined where the credential of the scheme is there and well formed. */
export function credentialProblem(scheme: SecurityScheme, read: Read): CredentialProblem | undefined {
  if (scheme.type === 'apiKey') {
    const place = scheme.in ?? 'header'
    const name = scheme.name ?? 'Authorization'
    return read(place, name)
      ? undefined
      : { reason: `the ${placeName(place)} ${name} with the API key is missing` }
  }
  const expected = httpScheme(scheme)
  const header = read('header', 'authorization')?.trim()
  if (!header) return { reason: `the header Authorization: ${title(expected)} is missing` }
  const space = header.indexOf(' ')
  const sent = (space === -1 ? header : header.slice(0, space)).toLowerCase()
  const credentials = space === -1 ? '' : header.slice(space + 1).trim()
  if (sent !== expected) {
    const what =
      space !== -1 && SCHEME_NAME.test(sent)
        ? `is of the scheme ${title(sent)}`
        : 'does not begin with a scheme'
    return { reason: `the header Authorization ${what}, expected ${title(expected)}` }
  }
  if (credentials === '') {
    return {
      reason: `the header Authorization: ${title(expected)} has no credentials`,
      error: 'invalid_request',
    }
  }
  return formProblem(expected, credentials)
}

/** The authentication scheme (RFC 9110 section 11.1) in lower case; tokens of OAuth2 and OpenID are bearer tokens. */
const httpScheme = (scheme: SecurityScheme): string =>
  scheme.type === 'http' ? (scheme.scheme ?? 'basic').toLowerCase() : 'bearer'

const placeName = (place: string): string => (place === 'query' ? 'query parameter' : place)

const title = (scheme: string): string => {
  const known: Record<string, string> = { dpop: 'DPoP', hoba: 'HOBA', 'scram-sha-1': 'SCRAM-SHA-1' }
  return known[scheme] ?? scheme.charAt(0).toUpperCase() + scheme.slice(1)
}

function formProblem(scheme: string, credentials: string): CredentialProblem | undefined {
  if (scheme === 'bearer') {
    if (TOKEN68.test(credentials)) return undefined
    return { reason: 'the bearer token holds characters that no token has', error: 'invalid_token' }
  }
  if (scheme === 'basic') {
    // RFC 7617 section 2: user-id and password, joined by a colon, in base64.
    if (BASE64.test(credentials) && Buffer.from(credentials, 'base64').includes(':')) return undefined
    return { reason: 'the Basic credentials are not the base64 of user:password', error: 'invalid_request' }
  }
  if (scheme === 'digest') {
    const names = new Set(
      splitUnquoted(credentials, ',').map((part) => (part.split('=', 1)[0] ?? '').trim().toLowerCase()),
    )
    const lacking = DIGEST_PARAMETERS.filter((name) => !names.has(name))
    if (lacking.length === 0) return undefined
    return { reason: `the Digest credentials lack ${lacking.join(', ')}`, error: 'invalid_request' }
  }
  return undefined
}

/**
 * The challenge of a scheme: RFC 7617 section 2 (Basic), RFC 6750 section 3 (Bearer), RFC 7616
 * section 3.3 (Digest). HTTP has no scheme for API keys; since a 401 must carry a challenge
 * (RFC 9110 section 15.5.2), one named ApiKey says where the key belongs.
 */
export function challengeOf(
  name: string,
  scheme: SecurityScheme,
  scopes: readonly string[],
  error: CredentialProblem['error'],
): string {
  const realm = `realm=${quote(name)}`
  if (scheme.type === 'apiKey') {
    return `ApiKey ${realm}, in=${quote(scheme.in ?? 'header')}, name=${quote(scheme.name ?? 'Authorization')}`
  }
  const expected = httpScheme(scheme)
  if (expected === 'basic') return `Basic ${realm}, charset="UTF-8"`
  // A fixed nonce is enough where no digest is ever computed.
  if (expected === 'digest') return `Digest ${realm}, qop="auth", algorithm=SHA-256, nonce="c3RhbmRpbg=="`
  if (expected !== 'bearer') return `${title(expected)} ${realm}`
  const scope = scopes.length > 0 ? `, scope=${quote(scopes.join(' '))}` : ''
  return `Bearer ${realm}${scope}${error ? `, error=${quote(error)}` : ''}`
}

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
