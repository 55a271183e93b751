import type { ApiDescription } from '../../operation/description.js'
import type { Operation, Parameter } from '../../operation/operation.js'
import { pathParts } from '../../operation/path.js'
import { successfulParameters } from '../../operation/successful-parameters.js'
import { compileSecurity } from '../security.js'
import type { SampleValue, SampleValues } from './sample-values.js'

/** The parts of a request besides its body. */
export interface Frame {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}

/** Set by the body, or by the connection (OpenAPI 3.1 section 4.8.12.2.1; RFC 9110). */
const FRAMING = /^(content-type|content-length|accept|host|connection|transfer-encoding)$/i

const isToken = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name)

/** Optional parameters are sent where the docs show a value, since that is what their reader would do. */
const isSent = ({ in: place, required, example }: Parameter): boolean =>
  place === 'path' || required === true || example !== undefined

/** Path, query, headers and credentials of a request to an operation, from its docs. */
export function frameOf(operation: Operation, values: SampleValues, description: ApiDescription): Frame {
  const notes: string[] = []
  const query: string[] = []
  const cookies: string[] = []
  const headers: Record<string, string> = {}
  const path = new Map<string, string>()
  for (const parameter of successfulParameters(operation)) {
    if (!isSent(parameter)) continue
    if (parameter.in === 'header' && (FRAMING.test(parameter.name) || !isToken(parameter.name))) continue
    const sample = values.of(parameter)
    if (sample.made && parameter.required !== true && parameter.in !== 'path') continue
    if (sample.made) notes.push(noteOf(parameter, sample))
    const { parts } = sample
    if (parts.path !== undefined) path.set(parameter.name, parts.path)
    query.push(...(parts.query ?? []))
    cookies.push(...(parts.cookie ?? []))
    if (parts.header !== undefined) headers[parameter.name] = parts.header
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ')
  const route = pathParts(operation.path)
    .map((part) => ('text' in part ? encodeURI(part.text) : (path.get(part.parameter) ?? 'sample')))
    .join('')
  const credentials = credentialsFor(operation, description, headers, query)
  notes.push(...credentials.notes)
  query.push(...credentials.query)
  Object.assign(headers, credentials.headers)
  return { url: query.length > 0 ? `${route}?${query.join('&')}` : route, headers, notes }
}

export const noteOf = ({ in: place, name, example }: Parameter, { value }: SampleValue): string =>
  example === undefined
    ? `the ${place} parameter ${name} is not shown; ${JSON.stringify(value)} is made from its type`
    : `the documented value of the ${place} parameter ${name} is not of its own type; ${JSON.stringify(value)} is sent`

interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly string[]
  readonly notes: readonly string[]
}

/** Credentials of the right form for the first alternative that is known, unless the docs' own are there. */
export function credentialsFor(
  { security }: Operation,
  { securitySchemes }: ApiDescription,
  sent: Readonly<Record<string, string>>,
  sentQuery: readonly string[],
): Credentials {
  const none: Credentials = { headers: {}, query: [], notes: [] }
  const lower = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]))
  if (!compileSecurity(security, securitySchemes)({ headers: lower, query: sentQuery.join('&') })) return none
  for (const requirement of security ?? []) {
    const made = Object.keys(requirement).map((id) => credentialOf(securitySchemes[id], lower['cookie']))
    if (!made.every((one) => one !== undefined)) continue
    return {
      headers: Object.assign({}, ...made.map(({ headers }) => headers ?? {})),
      query: made.flatMap(({ query }) => query ?? []),
      notes: made.map(({ what }) => `${what} is made up`),
    }
  }
  return none
}

type Scheme = ApiDescription['securitySchemes'][string] | undefined

function credentialOf(
  scheme: Scheme,
  cookie: string | undefined,
): { headers?: Record<string, string>; query?: string[]; what: string } | undefined {
  if (scheme?.type === 'apiKey') {
    const name = scheme.name ?? 'Authorization'
    const what = `the API key in the ${scheme.in ?? 'header'} ${name}`
    if (scheme.in === 'query') return { query: [`${encodeURIComponent(name)}=sample`], what }
    if (scheme.in !== 'cookie') return { headers: { [name]: 'sample' }, what }
    return { headers: { cookie: [...(cookie ? [cookie] : []), `${name}=sample`].join('; ') }, what }
  }
  // RFC 7617: base64 of user:password.
  const basic = scheme?.type === 'http' && scheme.scheme === 'basic'
  if (basic) return { headers: { Authorization: 'Basic c2FtcGxlOnNhbXBsZQ==' }, what: 'the password' }
  const bearer = scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect' || scheme?.scheme === 'bearer'
  return bearer ? { headers: { Authorization: 'Bearer sample' }, what: 'the bearer token' } : undefined
}
