import { decodedForm } from '../../operation/decoded.js'
import type { SecurityScheme } from '../../operation/description.js'
import { pathParameters } from '../../operation/path.js'
import { pointerTokens } from '../../operation/pointer.js'
import { isSecretName, REDACTED, redactHeaders, redactJson, redactUrl } from '../../operation/secrets.js'
import { type BodyRules, redactBody } from './redact-body.js'

type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * What is left out of what the journal tells: secrets by their names, by the description's own
 * security schemes, and by JSON pointers (RFC 6901, `*` for any one token) that somebody gave; a pointer
 * of one token is a name, at any depth.
 */
export class Redaction {
  readonly #rules: BodyRules
  /** In lower case. */
  readonly #names: ReadonlySet<string>

  constructor(pointers: readonly string[], schemes: Readonly<Record<string, SecurityScheme>> = {}) {
    this.#rules = { pointers, isSecret: (name) => this.isSecret(name) }
    const single = pointers.map(pointerTokens).flatMap((tokens) => (tokens.length === 1 ? tokens : []))
    const keys = Object.values(schemes).flatMap(({ name }) => (name === undefined ? [] : [name]))
    this.#names = new Set([...single, ...keys].map((name) => name.toLowerCase()))
  }

  isSecret(name: string): boolean {
    return isSecretName(name) || this.#names.has(name.toLowerCase())
  }

  /** @param template the documented path: what stands where it has a secret parameter is left out */
  url(url: string, template = ''): string {
    const [target = '', ...rest] = url.split('?')
    const documented = template.split('/')
    const path = target
      .split('/')
      .map((segment, index) => (this.#isSecretSegment(documented[index] ?? '') ? REDACTED : segment))
      .join('/')
    if (rest.length === 0) return redactUrl(path)
    const pairs = rest.join('?').split('&')
    return redactUrl(`${path}?${pairs.map((pair) => this.#pair(pair)).join('&')}`)
  }

  /** Several values of one name are joined, as RFC 9110 section 5.3 has it. */
  headers(headers: Headers): Record<string, string> {
    return Object.fromEntries(
      Object.entries(redactHeaders(headers)).flatMap(([name, value]) =>
        value === undefined
          ? []
          : [[name, this.isSecret(name) ? REDACTED : [value].flat().join(', ')] as const],
      ),
    )
  }

  value(value: unknown): unknown {
    return redactJson(value, this.#rules)
  }

  /** @param type the media type, as the message names it */
  body(text: string, type: string | undefined): string {
    return redactBody(text, type, this.#rules)
  }

  #isSecretSegment(template: string): boolean {
    return template.includes('{') && pathParameters(template).some((name) => this.isSecret(name))
  }

  #pair(pair: string): string {
    const [name = ''] = pair.split('=', 1)
    return name.length < pair.length && this.#names.has(decodedForm(name).toLowerCase())
      ? `${name}=${REDACTED}`
      : pair
  }
}
