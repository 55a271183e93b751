import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import { toPlain } from '../operation/json.js'
import { essenceOf } from '../operation/media-type.js'
import type { Operation, Parameter } from '../operation/operation.js'
import { type Credential, credentialsOf, isToken, unknownCredential } from './credentials.js'
import { pathValues } from './find-operation.js'
import { holdsJson } from './json-content.js'
import { documentedRequest, type RequestContent, type RequestParts } from './request.js'
import { byText } from './text.js'
import { memberOf, parsed } from './value.js'

/** A call as it came to the stand-in, and how it was answered. */
export interface ObservedCall {
  readonly operationId: string
  /** Path and query as they came. */
  readonly url: string
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string | Uint8Array | undefined
  readonly status: number
  readonly responseType: string | undefined
  /** Why the request breaks the description; undefined where it does not. */
  readonly violations: string | undefined
  /** Who set the reply from outside; no state of a provider brings it about then. */
  readonly steered?: string | undefined
}

/** What of a request is documented, with the documented secrets in place of those that were sent. */
export interface UsedRequest {
  readonly parts: RequestParts
  /** Credentials that were sent, and not accepted. */
  readonly refused: readonly Credential[]
  /** Required credentials that were not sent. */
  readonly missing: readonly Credential[]
}

/** The documented part of a request. Secrets change from run to run, so the docs' own stand for them. */
export function usedRequest(
  operation: Operation,
  call: ObservedCall,
  description: ApiDescription,
): UsedRequest {
  const { documents, securitySchemes } = description
  const credentials = credentialsOf(operation, securitySchemes)
  const shown = documentedRequest(operation, credentials, documents)
  const url = new URL(call.url, 'http://localhost')
  const cookies = cookiesOf(call)
  const sent: Record<Parameter['in'], (name: string) => string | undefined> = {
    path: (name) => pathValues(operation.path, url.pathname)[name],
    query: (name) => (url.searchParams.has(name) ? url.searchParams.getAll(name).join(',') : undefined),
    header: (name) => headerOf(call, name),
    cookie: (name) => cookies.get(name),
    body: () => undefined,
  }
  const places: Record<string, Record<string, string>> = { path: {}, query: {}, header: {}, cookie: {} }
  for (const { in: place, name } of operation.parameters) {
    const value = sent[place](name)
    if (value !== undefined) Object.assign(places[place] ?? {}, { [name]: value })
  }
  const isSent = ({ in: place, parameter }: Credential): boolean => sent[place](parameter) !== undefined
  const present = credentials.filter(isSent)
  const missing = credentials.filter((one) => one.required && !isSent(one))
  const issued = present.filter((one) => one.issued)
  const refused = call.status === 401 && missing.length === 0 ? issued.slice(0, 1) : []
  for (const { in: place, parameter, prefix } of present) {
    const values = places[place] ?? {}
    const name =
      Object.keys(values).find((other) => other.toLowerCase() === parameter.toLowerCase()) ?? parameter
    const documented = (place === 'header' ? shown.headers : place === 'query' ? shown.query : shown.cookies)[
      name
    ]
    delete values[name]
    const isRefused = refused.some((one) => one.parameter === parameter)
    if (isRefused) values[name] = prefix + unknownCredential((documented ?? '').slice(prefix.length))
    else if (documented !== undefined) values[name] = documented
  }
  const body = usedBody(operation, call, shown.body)
  const parts: RequestParts = {
    path: places['path'] ?? {},
    query: places['query'] ?? {},
    headers: places['header'] ?? {},
    cookies: places['cookie'] ?? {},
    credentials: present.filter((one) => !refused.includes(one)),
    ...(body ? { body } : {}),
  }
  return { parts, refused, missing }
}

function headerOf({ headers }: ObservedCall, name: string): string | undefined {
  const value = headers[name.toLowerCase()]
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}

function cookiesOf(call: ObservedCall): Map<string, string> {
  const pairs = (headerOf(call, 'cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]))
}

/** Documented members alone, in the order of their names, so that two ways to write a body are one. */
function usedBody(
  operation: Operation,
  call: ObservedCall,
  shown: RequestContent | undefined,
): RequestContent | undefined {
  if (call.body === undefined || call.body.length === 0) return undefined
  const text = typeof call.body === 'string' ? call.body : Buffer.from(call.body).toString()
  const content = operation.requestBody?.content ?? []
  const type = headerOf(call, 'content-type')
  const media = content.find((one) => essenceOf(one.mediaType) === essenceOf(type ?? '')) ?? content[0]
  if (!media) return undefined
  const value = parsed(text)
  if (value === undefined || !(holdsJson(media) || isObject(value) || Array.isArray(value)))
    return { mediaType: media.mediaType, text }
  return {
    mediaType: media.mediaType,
    value: documentedPart(value, media.schema, shown?.value),
    ...(media.schema ? { schema: media.schema } : {}),
  }
}

/** A sample of the compact form of a token (RFC 7516 section 7.1), where the docs show none. */
const SAMPLE_TOKEN = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..c2FtcGxl.c2FtcGxl.c2FtcGxl'

function documentedPart(value: unknown, schema: unknown, shown: unknown): unknown {
  if (isToken(value)) return isToken(shown) ? shown : SAMPLE_TOKEN
  if (Array.isArray(value))
    return value.map((item) =>
      documentedPart(item, memberOf(schema, 'items'), Array.isArray(shown) ? shown[0] : undefined),
    )
  if (!isObject(value)) return value
  const properties = memberOf(schema, 'properties')
  const names = Object.keys(value)
    .filter((name) => !isObject(properties) || Object.hasOwn(properties, name))
    .toSorted()
  return Object.fromEntries(
    names.map((name) => [
      name,
      documentedPart(value[name], memberOf(properties, name), memberOf(shown, name)),
    ]),
  )
}

/** The same text for the same documented request, whatever order it came in. */
export const identityOf = (parts: RequestParts): string =>
  JSON.stringify([
    ...[parts.path, parts.query, parts.headers, parts.cookies].map((values) =>
      Object.entries(values).toSorted(([a], [b]) => byText(a, b)),
    ),
    parts.credentials.map(({ name }) => name),
    parts.body ? [parts.body.mediaType, toPlain(parts.body.value) ?? parts.body.text] : [],
  ])
