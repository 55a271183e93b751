import type { SecurityScheme } from '../operation/description.js'
import type { Operation, Parameter } from '../operation/operation.js'

/** A secret that a request carries. Its value comes from the provider state, under `name`. */
export interface Credential {
  /** The security scheme's name. */
  readonly name: string
  readonly in: 'header' | 'query' | 'cookie'
  /** The header or parameter that carries it. */
  readonly parameter: string
  /** What stands before the secret: `Bearer `. */
  readonly prefix: string
  /** What stands behind it, in a request that must be refused for that. */
  readonly suffix?: string
  /** Whether the operation refuses a request without it. */
  readonly required: boolean
  /**
   * Whether somebody issues it, so that a provider knows which are true. A key that is agreed
   * beforehand may be looked up or merely passed on; the docs do not say.
   */
  readonly issued: boolean
}

/**
 * The credentials of one of the operation's alternatives, and of parameters that are security schemes.
 * @param isSent picks the first alternative all of whose credentials it holds for; else it is the first of all
 */
export function credentialsOf(
  operation: Operation,
  schemes: Readonly<Record<string, SecurityScheme>>,
  isSent: (credential: Credential) => boolean = () => true,
): readonly Credential[] {
  const alternatives = operation.security ?? []
  const optional = alternatives.length === 0 || alternatives.some((one) => Object.keys(one).length === 0)
  const asking = alternatives.map((one) => Object.keys(one)).filter((names) => names.length > 0)
  const chosen =
    asking.find((names) =>
      names.every((name) => {
        const credential = schemes[name] && credentialOf(name, schemes[name], !optional)
        return credential !== undefined && isSent(credential)
      }),
    ) ?? asking[0]
  const found = new Map<string, Credential>()
  for (const name of chosen ?? []) {
    const credential = schemes[name] && credentialOf(name, schemes[name], !optional)
    if (credential) found.set(name, credential)
  }
  for (const [name, scheme] of Object.entries(schemes)) {
    if (!found.has(name) && operation.parameters.some((parameter) => carries(parameter, scheme))) {
      const credential = credentialOf(name, scheme, false)
      if (credential) found.set(name, credential)
    }
  }
  return [...found.values()]
}

function carries(parameter: Parameter, scheme: SecurityScheme): boolean {
  return (
    scheme.type === 'apiKey' &&
    parameter.in === (scheme.in ?? 'header') &&
    parameter.name.toLowerCase() === scheme.name?.toLowerCase()
  )
}

/** How a scheme's secret is sent; undefined where it is not part of the request. */
export function credentialOf(
  name: string,
  scheme: SecurityScheme,
  required: boolean,
): Credential | undefined {
  if (scheme.type === 'mutualTLS') return undefined
  if (scheme.type === 'apiKey') {
    const issued = /token|session|jwt/i.test(`${name} ${scheme.name} ${scheme.description}`)
    return {
      name,
      in: scheme.in ?? 'header',
      parameter: scheme.name ?? 'Authorization',
      prefix: '',
      required,
      issued,
    }
  }
  const http = scheme.type === 'http' ? (scheme.scheme ?? 'basic') : 'bearer'
  const prefix = `${http.charAt(0).toUpperCase()}${http.slice(1).toLowerCase()} `
  return { name, in: 'header', parameter: 'Authorization', prefix, required, issued: true }
}

/** A compact JWS or JWE (RFC 7515 and RFC 7516, section 7.1): whoever issued it lets it expire. */
export const isToken = (text: unknown): text is string =>
  typeof text === 'string' && /^eyJ[\w-]+\.[\w-]*\.[\w-]+(?:\.[\w-]+\.[\w-]+)?$/.test(text)

/** A credential of the same form that nobody issued. */
export function unknownCredential(example: string): string {
  const letters = example.slice(-12).replaceAll(/[A-Za-z0-9]/g, (sign) => (sign === 'z' ? 'y' : 'z'))
  return example.length > 3 ? example.slice(0, -12) + letters : 'unknown'
}
