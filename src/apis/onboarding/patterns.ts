/** A PIN: four digits, leading zeros allowed. */
export const FOUR_DIGITS = '^[0-9]{4}$'

/**
 * A JWE in compact form, RFC 7516 section 7.1: five base64url parts, of which the second (the
 * encrypted key) is empty with `alg: dir`.
 */
export const COMPACT_JWE = String.raw`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$`
