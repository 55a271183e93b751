import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import { toPlain } from '../operation/json.js'
import { essenceOf } from '../operation/media-type.js'
import type { Operation, Parameter } from '../operation/operation.js'
import { type Credential, credentialsOf, unknownCredential } from './credentials.js'
import { pathValues } from './find-operation.js'
import { holdsJson } from './json-content.js'
import { type Form, formOf, readForm } from './request-form.js'
import { documentedRequest, type RequestParts } from './request.js'
import { sentExample, type RequestContent } from './request-content.js'
import { bundledNode, documentedPart, formatOf } from './documented-part.js'
import { byText } from './text.js'
import { parsed } from './value.js'

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
  const url = new URL(call.url, 'http://localhost')
  const cookies = cookiesOf(call)
  const sent: Record<Parameter['in'], (name: string) => string | undefined> = {
    path: (name) => pathValues(operation.path, url.pathname)[name],
    query: (name) => (url.searchParams.has(name) ? url.searchParams.getAll(name).join(',') : undefined),
    header: (name) => headerOf(call, name),
    cookie: (name) => cookies.get(name),
    body: () => undefined,
  }
  const isSent = ({ in: place, parameter, prefix }: Credential): boolean =>
    sent[place](parameter)?.toLowerCase().startsWith(prefix.toLowerCase()) === true
  const credentials = credentialsOf(operation, securitySchemes, isSent)
  const shown = documentedRequest(operation, credentials, documents)
  const places: Record<string, Record<string, string>> = { path: {}, query: {}, header: {}, cookie: {} }
  for (const { in: place, name, schema } of operation.parameters) {
    const value = sent[place](name)
    if (value === undefined) continue
    // Such as the id of a call, made anew for each.
    const passing = place === 'header' && formatOf(schema, documents) === 'uuid'
    const stable = passing ? (shown.headers[name] ?? String(sentExample(schema, documents))) : value
    Object.assign(places[place] ?? {}, { [name]: stable })
  }
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
  const body = usedBody(operation, call, { shown: shown.body, documents })
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
  { shown, documents }: { shown: RequestContent | undefined; documents: ApiDescription['documents'] },
): RequestContent | undefined {
  if (call.body === undefined || call.body.length === 0) return undefined
  const text = typeof call.body === 'string' ? call.body : Buffer.from(call.body).toString()
  const content = operation.requestBody?.content ?? []
  const type = headerOf(call, 'content-type')
  const media = content.find((one) => essenceOf(one.mediaType) === essenceOf(type ?? '')) ?? content[0]
  if (!media) return undefined
  const form = formOf(media, documents)
  if (form) {
    // The boundary of a multipart form is another in each call.
    const members = readForm(call.body, media, documents, type)
    if (!members) return undefined
    const value = documentedPart(
      withoutFiles(members, form),
      bundledNode(media.schema, documents),
      shown?.value,
    )
    return { mediaType: media.mediaType, value, ...(media.schema ? { schema: media.schema } : {}), form }
  }
  const value = parsed(text)
  if (value === undefined || !(holdsJson(media) || isObject(value) || Array.isArray(value)))
    return { mediaType: media.mediaType, text }
  return {
    mediaType: media.mediaType,
    value: documentedPart(value, bundledNode(media.schema, documents), shown?.value),
    ...(media.schema ? { schema: media.schema } : {}),
  }
}

/** A pact asks for a file of any content. */
const withoutFiles = (members: Readonly<Record<string, unknown>>, { files }: Form): unknown =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      files.has(name) ? (Array.isArray(value) ? ['file'] : 'file') : value,
    ]),
  )

/** The same text for the same documented request, whatever order it came in. */
export const identityOf = (parts: RequestParts): string =>
  JSON.stringify([
    ...[parts.path, parts.query, parts.headers, parts.cookies].map((values) =>
      Object.entries(values).toSorted(([a], [b]) => byText(a, b)),
    ),
    parts.credentials.map(({ name }) => name),
    parts.body ? [parts.body.mediaType, toPlain(parts.body.value) ?? parts.body.text] : [],
  ])
