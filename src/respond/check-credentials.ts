import type { ApiDescription, SecurityScheme } from '../operation/description.js'
import type { Operation, Parameter } from '../operation/operation.js'
import type { Rejection } from './check.js'
import { compileSecurity, type SecurityInput } from './security.js'
import type { Violation } from './violation.js'

/** Whether credentials keep a request out; `violations` are those of all its parameters. */
export type CheckCredentials = (
  input: SecurityInput,
  violations: readonly Violation[],
) => Rejection | undefined

/**
 * The parameters through which an operation's security schemes send a credential, as `in name`.
 * What the docs say of a credential as a parameter is checked too: only there its form is documented.
 */
export function credentialNames(operation: Operation, description: ApiDescription): ReadonlySet<string> {
  return new Set(
    schemesOf(operation, description).flatMap((scheme) =>
      scheme?.type === 'apiKey' ? [`${scheme.in} ${scheme.name?.toLowerCase()}`] : [],
    ),
  )
}

export const placeName = ({ in: place, name = '' }: Pick<Violation, 'in' | 'name'>): string =>
  `${place} ${name.toLowerCase()}`

export function createCredentialCheck(operation: Operation, description: ApiDescription): CheckCredentials {
  const names = credentialNames(operation, description)
  const checkSecurity = compileSecurity(operation.security, description.securitySchemes)
  const required = new Set(operation.parameters.filter(isRequired).map(placeName))
  // Where each credential is a required parameter too, a request without violations has them all.
  const covered =
    operation.security?.length === 1 &&
    schemesOf(operation, description).every(
      (scheme) => scheme?.type === 'apiKey' && required.has(`${scheme.in} ${scheme.name?.toLowerCase()}`),
    )
  // RFC 9110 section 15.5.2 wants a challenge in every 401: where a credential is there but not as
  // documented, that of a request that has none.
  const challenges = checkSecurity({ headers: {}, query: '' })?.challenges
  return (input, violations) => {
    if (covered && violations.length === 0) return undefined
    const failure = checkSecurity(input)
    const refused = violations.filter((violation) => names.has(placeName(violation)))
    if (refused.length === 0 && !failure) return undefined
    return {
      code: 'credentials-refused',
      violations: refused.length > 0 ? refused : (failure?.missing ?? []).map(toViolation(description)),
      ...(challenges && { challenges: failure?.challenges ?? challenges }),
    }
  }
}

const isRequired = ({ required }: Parameter): boolean => required === true

const schemesOf = (operation: Operation, description: ApiDescription): (SecurityScheme | undefined)[] =>
  (operation.security ?? []).flatMap((requirement) =>
    Object.keys(requirement).map((id) => description.securitySchemes[id]),
  )

/** The scheme's own name is what a person finds in the docs. */
const toViolation =
  ({ securitySchemes }: ApiDescription) =>
  ({ scheme, reason }: { scheme: string; reason: string }): Violation => {
    const documented = securitySchemes[scheme]
    return {
      in: documented?.in ?? 'header',
      name: documented?.name ?? 'Authorization',
      pointer: '',
      keyword: 'security',
      message: reason,
      ...(documented?.description !== undefined && { docs: documented.description }),
      ...(documented?.source && { source: documented.source }),
    }
  }
