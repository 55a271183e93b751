import { COMPACT_JWE } from './patterns.js'

/** How long an issued token is valid, in milliseconds. The docs show when one ended, not how long it lasted. */
export const TOKEN_LIFETIME = 60 * 60 * 1000

/** Loaded with the first token that is made or decrypted, so that the start does not wait for it. */
const jose = () => import('jose')

const JWE = new RegExp(COMPACT_JWE)

export interface IssuedToken {
  readonly token: string
  /** Milliseconds since 1970, a whole second: JWT dates are seconds (RFC 7519 section 2). */
  readonly expiresAt: number
}

/** Whose token it is, or why it is not accepted; neither holds anything of the token. */
export type Verdict = { readonly account: string } | { readonly refusal: string }

export interface Tokens {
  issue(account: string): Promise<IssuedToken>
  /** At once for a token that was seen before, since decrypting one costs more than a whole reply. */
  verify(token: string): Verdict | Promise<Verdict>
}

export interface TokenOptions {
  readonly key: () => Promise<Uint8Array>
  readonly now: () => number
  /** Tokens that the docs show, with the account that they belong to. They do not expire. */
  readonly documented: ReadonlyMap<string, string>
  /** The account of a token that is none of ours; undefined where such a token is refused. */
  readonly fallbackAccount: string | undefined
  /** How many verified tokens are remembered; the one that was verified first makes room for another. */
  readonly cacheSize?: number
}

/**
 * Tokens as the docs' samples are: compact JWE, `alg: dir`, `enc: A256GCM` (RFC 7516, RFC 7518
 * sections 4.5 and 5.3), the account as `sub`. Only these two algorithms are ever accepted,
 * whatever the header of a token asks for.
 */
export function createTokens({
  key,
  now,
  documented,
  fallbackAccount,
  cacheSize = 10_000,
}: TokenOptions): Tokens {
  const verified = new Map<string, { readonly account: string; readonly expiresAt: number }>()

  function remember(token: string, account: string, expiresAt: number): void {
    if (verified.size >= cacheSize) {
      const [oldest] = verified.keys()
      if (oldest !== undefined) verified.delete(oldest)
    }
    verified.set(token, { account, expiresAt })
  }

  const refuse = (token: string, refusal: string): Verdict =>
    fallbackAccount !== undefined && token !== '' ? { account: fallbackAccount } : { refusal }

  async function decrypt(token: string): Promise<Verdict> {
    const { errors, jwtDecrypt } = await jose()
    try {
      const { payload } = await jwtDecrypt(token, await key(), {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        currentDate: new Date(now()),
        requiredClaims: ['sub', 'exp'],
      })
      const { sub, exp = 0 } = payload
      if (typeof sub !== 'string') throw new errors.JWTInvalid('sub is not a string')
      remember(token, sub, exp * 1000)
      return { account: sub }
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse(token, 'The token has expired')
      if (error instanceof errors.JOSEError) return refuse(token, 'The token was not issued by this stand-in')
      throw error
    }
  }

  return {
    async issue(account) {
      const { EncryptJWT } = await jose()
      const seconds = Math.floor(now() / 1000)
      const expiry = seconds + TOKEN_LIFETIME / 1000
      const token = await new EncryptJWT()
        .setProtectedHeader({ enc: 'A256GCM', alg: 'dir' })
        .setSubject(account)
        .setIssuedAt(seconds)
        .setExpirationTime(expiry)
        .encrypt(await key())
      remember(token, account, expiry * 1000)
      return { token, expiresAt: expiry * 1000 }
    },

    verify(token) {
      const known = verified.get(token)
      if (known) {
        if (now() < known.expiresAt) return { account: known.account }
        verified.delete(token)
        return refuse(token, 'The token has expired')
      }
      const account = documented.get(token)
      if (account !== undefined) return { account }
      return JWE.test(token) ? decrypt(token) : refuse(token, 'The token is not one in compact JWE form')
    },
  }
}
