/** What stands in a log in place of a secret. */
export const REDACTED = '[redacted]'

const secretWords = new Set([
  'pin',
  'pins',
  'otp',
  'cvv',
  'jwt',
  'jwe',
  'token',
  'tokens',
  'cookie',
  'cookies',
  'secret',
  'password',
  'passwd',
  'passcode',
  'authorization',
  'credential',
  'credentials',
  'jsessionid',
])

/** True for names such as `pin`, `newPin`, `X-API-TOKEN`, `user[password]`, `api_key`, whatever their case. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  if (words.some((word) => secretWords.has(word) || /(token|password|secret|apikey)$/.test(word))) return true
  return words.some((word, index) => word === 'api' && words[index + 1] === 'key')
}

/** JWTs and JWEs in compact form (RFC 7519, RFC 7516) begin with base64url of `{"`. */
const compactToken = /eyJ[\w-]*(?:(?:\.|%2E)[\w-]*)+/gi

/** Any text without the tokens in it. */
export const redactTokens = (text: string): string =>
  text.includes('eyJ') ? text.replace(compactToken, REDACTED) : text

/**
 * A finished JSON line of the log, without tokens and without the plain value of any secret name.
 * The last guard: it also sees what was bound to a child logger, which no formatter does.
 */
export const redactLine = (line: string): string =>
  redactTokens(line).replace(/"([^"\\]+)":(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/g, (member, name: string) =>
    isSecretName(name) ? `"${name}":"${REDACTED}"` : member,
  )

/** A request target, or a whole URL, with the secrets of its query and all tokens taken out; else as it came. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?')
  if (start === -1) return redactTokens(url)
  const pairs = url
    .slice(start + 1)
    .split('&')
    .map(redactPair)
  return redactTokens(`${url.slice(0, start)}?${pairs.join('&')}`)
}

function redactPair(pair: string): string {
  const equals = pair.indexOf('=')
  if (equals === -1) return pair
  const value = decode(pair.slice(equals + 1))
  const secret = isSecretName(decode(pair.slice(0, equals))) || holdsSecret(value)
  return secret ? `${pair.slice(0, equals)}=${REDACTED}` : pair
}

/** A document (`filter={"pin":"1111"}`) or another URL (`next=/reset?pin=1111`) may stand in a query. */
const holdsSecret = (value: string): boolean =>
  (/^\s*[[{]/.test(value) && value.split(/["']/).some(isSecretName)) ||
  (value.includes('?') && redactUrl(value) !== value)

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/**
 * A copy of plain data with the value of every secret name replaced, at any depth. Instances of
 * classes (requests, errors) are left to the logger's serializers.
 */
export function redactData(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  // Logged data is shallow; the bound keeps a circular value from never ending.
  if (depth > 8) return REDACTED
  if (Array.isArray(value)) return value.map((member) => redactData(member, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return redactMembers(value, depth)
}

/** {@link redactData} for the members of an object. */
export const redactMembers = (data: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([name, member]) => [name, redactMember(name, member, depth + 1)]),
  )

function redactMember(name: string, member: unknown, depth: number): unknown {
  if (isSecretName(name) && member !== undefined && member !== null) return REDACTED
  return name === 'url' && typeof member === 'string' ? redactUrl(member) : redactData(member, depth)
}
