import type { SecurityScheme } from '../../operation/description.js'
import type { Operation, Parameter } from '../../operation/operation.js'

/** Names that say by themselves that a header carries a credential: `Authorization`, `X-API-KEY`, `access_token`. */
const EVIDENT =
  /^(?:proxy-)?authorization$|(?:^|[-_])(?:api|app|access|auth|client|secret|subscription|partner)[-_]?key$|(?:^|[-_])(?:api|access|auth|authentication|id|session|bearer|user|jwt|security)?[-_]?(?:token|jwt)$/i
/** Tokens and keys that let nobody in. */
const OTHER =
  /csrf|xsrf|idempoten|page|cursor|continu|next|sync|postman|device|push|fcm|apns|captcha|reset|request/i
/** A name that may be a credential's, and what a description says of one that is. */
const POSSIBLE = /auth|key|token|secret|session|credential|signature/i
const SAID =
  /\b(?:api[ -]?key|(?:access|api|auth(?:entication|orization)?|bearer|session|security)[ -]?token|jwt)\b/i

/**
 * Whether a header is a credential beyond doubt. The page has to require it: what may be left out
 * keeps nobody out.
 */
function isCredential({ in: place, name, required, description = '' }: Parameter): boolean {
  if (place !== 'header' || required !== true || OTHER.test(name)) return false
  return EVIDENT.test(name) || (POSSIBLE.test(name) && SAID.test(description))
}

/**
 * The operation with its credentials as security, all of them at once. Each is an API key in a header,
 * even in `Authorization`: a page that shows `Bearer <token>` does not say which characters a token has.
 */
export function withSecurity(operation: Operation): Operation {
  const names = operation.parameters.filter(isCredential).map(({ name }) => name)
  if (names.length === 0) return operation
  return { ...operation, security: [Object.fromEntries(names.map((name) => [name, []]))] }
}

/** The schemes that operations of a page name. */
export const schemesOf = (operations: readonly Operation[]): Record<string, SecurityScheme> =>
  joinSchemes(
    operations.flatMap(({ parameters, security }) =>
      security === undefined
        ? []
        : parameters.filter(isCredential).map((one) => ({ [one.name]: schemeOf(one) })),
    ),
  )

const schemeOf = ({ name, description, source }: Parameter): SecurityScheme => ({
  type: 'apiKey',
  in: 'header',
  name,
  ...(description !== undefined && { description }),
  source,
})

/** Schemes of several accounts by name; of accounts of the same one, that which says most of it. */
export function joinSchemes(
  accounts: readonly Readonly<Record<string, SecurityScheme>>[],
): Record<string, SecurityScheme> {
  const joined = new Map<string, SecurityScheme>()
  for (const [name, scheme] of accounts.flatMap(Object.entries<SecurityScheme>)) {
    const known = joined.get(name)
    const says = (scheme.description ?? '').length > (known?.description ?? '').length
    const isSame = known?.type === scheme.type && known.in === scheme.in
    if (known === undefined || (isSame && says)) joined.set(name, scheme)
  }
  return Object.fromEntries(joined)
}
