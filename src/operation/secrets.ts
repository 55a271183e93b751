import { decodedForm } from './decoded.js'
import { isLosslessNumber } from './json.js'
import { escapeToken } from './pointer.js'

/**
 * What is secret in a message, by its name. One list for whatever keeps or shows what went over the
 * wire: the log, the journal, recorded examples.
 */

/** What stands in place of a secret. */
export const REDACTED = '[redacted]'

const secretWords = new Set([
  'pin',
  'pins',
  'otp',
  'totp',
  'cvv',
  'cvc',
  'jwt',
  'jwe',
  'pwd',
  'token',
  'tokens',
  'bearer',
  'cookie',
  'cookies',
  'secret',
  'secrets',
  'password',
  'passwords',
  'passwd',
  'passcode',
  'passphrase',
  'authorization',
  'credential',
  'credentials',
  'jsessionid',
  'sessionid',
])

/** Two words that are secret only together. */
const secretPairs = new Set([
  'api key',
  'access key',
  'private key',
  'session id',
  'session key',
  'pass word',
])

/** True for names such as `pin`, `newPin`, `X-API-TOKEN`, `user[password]`, `api_key`, whatever their case. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  if (words.some((word) => secretWords.has(word) || /(token|password|secret|apikey)$/.test(word))) return true
  return words.some((word, index) => secretPairs.has(`${word} ${words[index + 1]}`))
}

/** JWTs and JWEs in compact form (RFC 7519, RFC 7516) begin with base64url of `{"`. */
const compactToken = /eyJ[\w-]*(?:(?:\.|%2E)[\w-]*)+/gi

/** Any text without the tokens in it. */
export const redactTokens = (text: string): string =>
  text.includes('eyJ') ? text.replace(compactToken, REDACTED) : text

/** A request target, or a whole URL, with the secrets of its query and all tokens taken out; else as it came. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?')
  if (start === -1) return redactTokens(url)
  return redactTokens(`${url.slice(0, start)}?${redactPairs(url.slice(start + 1))}`)
}

/** A query or a form (application/x-www-form-urlencoded) with the values of secret names taken out. */
export const redactPairs = (pairs: string): string => pairs.split('&').map(redactPair).join('&')

function redactPair(pair: string): string {
  const equals = pair.indexOf('=')
  if (equals === -1) return pair
  const value = decodedForm(pair.slice(equals + 1))
  const secret = isSecretName(decodedForm(pair.slice(0, equals))) || holdsSecret(value)
  return secret ? `${pair.slice(0, equals)}=${REDACTED}` : pair
}

/** A document (`filter={"pin":"1111"}`) or another URL (`next=/reset?pin=1111`) may stand in a query. */
const holdsSecret = (value: string): boolean =>
  (/^\s*[[{]/.test(value) && value.split(/["']/).some(isSecretName)) ||
  (value.includes('?') && redactUrl(value) !== value)

/** Headers with the values of secret names, and tokens in the others, taken out. */
export const redactHeaders = <Value extends string | readonly string[] | undefined>(
  headers: Readonly<Record<string, Value>>,
): Record<string, string | string[] | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value === undefined
        ? undefined
        : isSecretName(name)
          ? REDACTED
          : typeof value === 'string'
            ? redactUrl(value)
            : value.map(redactUrl),
    ]),
  )

export interface RedactJson {
  /** Further places that are secret: JSON pointers (RFC 6901) in which `*` stands for any one token. */
  readonly pointers?: readonly string[]
  /** Which names are secret at any depth; {@link isSecretName} by default. */
  readonly isSecret?: (name: string) => boolean
  /** Texts that are secret wherever they stand. */
  readonly known?: ReadonlySet<string>
  /** What stands in place of a secret; {@link REDACTED} by default. */
  readonly replace?: (pointer: string, value: unknown) => unknown
}

/** Deeper than this nothing is looked at, and so nothing is kept. */
const DEEPEST = 200

/**
 * A copy of a JSON value (plain, or from `parseExact`) with what is secret replaced: texts and numbers
 * under a secret name or pointer at any depth, and tokens and known secrets in any text. What only
 * says that there is a secret or that there is none, `true`, `false` and `null`, stays.
 */
export function redactJson(value: unknown, options: RedactJson = {}): unknown {
  const { known = new Set<string>(), replace = () => REDACTED } = options
  const { pointers = [], isSecret = isSecretName } = options
  return walk(value, { pointers, isSecret }, (scalar, pointer, secret) => {
    if (secret) return replace(pointer, scalar)
    if (typeof scalar !== 'string') return known.has(textOf(scalar)) ? replace(pointer, scalar) : scalar
    if (known.has(scalar)) return replace(pointer, scalar)
    return redactUrl(withoutKnown(scalar, known))
  })
}

/** The texts that stand at secret places of a JSON value. */
export function secretsIn(value: unknown, pointers: readonly string[] = []): Set<string> {
  const found = new Set<string>()
  walk(value, { pointers, isSecret: isSecretName }, (scalar, _pointer, secret) => {
    if (secret) found.add(textOf(scalar))
    return scalar
  })
  return found
}

/** Shorter ones may well stand in a text by chance. */
const LONG = 8

function withoutKnown(text: string, known: ReadonlySet<string>): string {
  let rest = text
  for (const secret of known) if (secret.length >= LONG) rest = rest.replaceAll(secret, REDACTED)
  return rest
}

type Visit = (scalar: unknown, pointer: string, secret: boolean) => unknown

type Places = Required<Pick<RedactJson, 'pointers' | 'isSecret'>>

function walk(value: unknown, { pointers, isSecret }: Places, visit: Visit): unknown {
  const secretPlaces = pointers.map((pointer) => pointer.split('/').slice(1))
  const isPlace = (tokens: readonly string[]): boolean =>
    secretPlaces.some(
      (place) =>
        place.length === tokens.length &&
        place.every((token, index) => token === '*' || token === tokens[index]),
    )
  const at = (node: unknown, tokens: readonly string[], inside: boolean): unknown => {
    const secret = inside || isPlace(tokens)
    if (tokens.length > DEEPEST) return REDACTED
    if (Array.isArray(node)) return node.map((item, index) => at(item, [...tokens, String(index)], secret))
    if (typeof node === 'object' && node !== null && !isLosslessNumber(node)) {
      return Object.fromEntries(
        Object.entries(node).map(([name, member]) => [
          name,
          at(member, [...tokens, escapeToken(name)], secret || isSecret(name)),
        ]),
      )
    }
    if (node === null || typeof node === 'boolean') return node
    return visit(node, tokens.map((token) => `/${token}`).join(''), secret)
  }
  return at(value, [], false)
}

const textOf = (scalar: unknown): string => (isLosslessNumber(scalar) ? scalar.value : String(scalar))
