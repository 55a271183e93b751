import type { SecurityScheme } from '../operation/description.js'
import type { SecurityRequirements } from '../operation/operation.js'
import { challengeOf, credentialProblem } from './credentials.js'
import { cookiesOf } from './parameters/cookies.js'

export interface SecurityInput {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The raw query string, without `?`. */
  readonly query: string
}

/** Why a request is not let in. */
export interface SecurityFailure {
  /** Values for `WWW-Authenticate`, one for each challenge (RFC 9110 section 11.6.1). */
  readonly challenges: readonly string[]
  readonly missing: readonly { readonly scheme: string; readonly reason: string }[]
}

export type CheckSecurity = (input: SecurityInput) => SecurityFailure | undefined

const pass: CheckSecurity = () => undefined

/**
 * Checks that credentials are there and well formed, never whether they are true: OpenAPI 3.1
 * sections 4.8.27 and 4.8.30. One of the alternatives must be met in full; `{}` makes the rest
 * optional. A client certificate (`mutualTLS`) cannot be seen here, so it is taken as given. A name
 * without a scheme in the description asks for nothing that could be checked, and is let through.
 */
export function compileSecurity(
  requirements: SecurityRequirements | undefined,
  schemes: Readonly<Record<string, SecurityScheme>>,
): CheckSecurity {
  if (!requirements || requirements.length === 0) return pass
  const alternatives = requirements.map((requirement) =>
    Object.entries(requirement).flatMap(([name, scopes]) => {
      const scheme = schemes[name]
      return scheme && scheme.type !== 'mutualTLS' ? [{ name, scheme, scopes }] : []
    }),
  )
  if (alternatives.some((alternative) => alternative.length === 0)) return pass
  return (input) => {
    const missing = new Map<string, string>()
    const challenges = new Set<string>()
    for (const alternative of alternatives) {
      const problems = alternative.flatMap((required) => {
        const problem = credentialProblem(required.scheme, (place, name) => read(input, place, name))
        return problem ? [{ ...required, problem }] : []
      })
      if (problems.length === 0) return undefined
      for (const { name, scheme, scopes, problem } of problems) {
        if (!missing.has(name)) missing.set(name, problem.reason)
        challenges.add(challengeOf(name, scheme, scopes, problem.error))
      }
    }
    return {
      challenges: [...challenges],
      missing: [...missing].map(([scheme, reason]) => ({ scheme, reason })),
    }
  }
}

function read({ headers, query }: SecurityInput, place: string, name: string): string | undefined {
  if (place === 'query') return new URLSearchParams(query).get(name) ?? undefined
  if (place === 'cookie') {
    const cookie = headers['cookie']
    return cookiesOf(typeof cookie === 'string' ? cookie : cookie?.join('; ')).find(
      ([key]) => key === name,
    )?.[1]
  }
  const value = headers[name.toLowerCase()]
  return typeof value === 'string' || value === undefined ? value : value[0]
}
