import { isObject } from '../operation/json-object.js'
import { stringifyExact } from '../operation/json.js'
import type { Operation, Parameter } from '../operation/operation.js'
import { successfulParameters } from '../operation/successful-parameters.js'
import { type Credential, isToken } from './credentials.js'
import type { Generator, PactRequest } from './pact.js'
import { contentsOf, type RequestContent, sentExample } from './request-content.js'
import { formText } from './request-form.js'
import { isExpressibleName, memberPath } from './rules.js'

/** The parts of a request that a variation changes, before they are written as Pact has them. */
export interface RequestParts {
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** By the documented name. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
  readonly body?: RequestContent
  readonly credentials: readonly Credential[]
}

/** The request as documented: examples, and for required parts without one a value of the schema. */
export function documentedRequest(
  operation: Operation,
  credentials: readonly Credential[],
  documents: Readonly<Record<string, unknown>>,
): RequestParts {
  const places = { path: {}, query: {}, header: {}, cookie: {} } as Record<string, Record<string, string>>
  for (const parameter of successfulParameters(operation)) {
    const value = valueOf(parameter, documents)
    const place = places[parameter.in]
    if (place && value !== undefined) place[parameter.name] = value
  }
  const [body] = contentsOf(operation, documents)
  return {
    path: places.path ?? {},
    query: places.query ?? {},
    headers: places.header ?? {},
    cookies: places.cookie ?? {},
    ...(body ? { body } : {}),
    credentials,
  }
}

/** Optional parameters are sent where the docs show a value. */
function valueOf(parameter: Parameter, documents: Readonly<Record<string, unknown>>): string | undefined {
  if (parameter.example !== undefined) return parameter.example
  if (parameter.required !== true && parameter.in !== 'path') return undefined
  const example = sentExample(parameter.schema, documents)
  if (Array.isArray(example)) return example.map(String).join(',')
  return isObject(example) ? stringifyExact(example) : String(example)
}

/** The request as a Pact file has it, with the values that the provider state must return. */
export function writeRequest(
  operation: Operation,
  parts: RequestParts,
): { request: PactRequest; stateValues: string[] } {
  const headers: Record<string, string[]> = {}
  const query: Record<string, string[]> = {}
  const generators: Record<string, Record<string, Generator>> = {}
  const stateValues = new Set<string>()
  const inject = (place: string, at: string, name: string, prefix = '', suffix = ''): void => {
    ;(generators[place] ??= {})[at] = {
      type: 'ProviderState',
      expression: `${prefix}\${${name}}${suffix}`,
      dataType: 'STRING',
    }
    stateValues.add(name)
  }
  for (const [name, value] of Object.entries(parts.headers)) headers[name] = [value]
  for (const [name, value] of Object.entries(parts.query)) query[name] = [value]
  const cookies = { ...parts.cookies }
  for (const { name, in: place, parameter, prefix, suffix } of parts.credentials) {
    if (place === 'cookie') cookies[parameter] ??= name
    else {
      const target = place === 'header' ? headers : query
      const known = Object.keys(target).find((other) => other.toLowerCase() === parameter.toLowerCase())
      target[known ?? parameter] ??= [`${prefix}${name}`]
      inject(place, known ?? parameter, name, prefix, suffix)
    }
  }
  const { body } = parts
  if (body) {
    headers['Content-Type'] = [asText(body)?.mediaType ?? body.mediaType]
    // No generator of Pact reaches into a form.
    for (const [name, value] of Object.entries(isObject(body.value) && !body.form ? body.value : {})) {
      if (isToken(value) && isExpressibleName(name)) inject('body', memberPath('$', name), name)
    }
  }
  if (Object.keys(cookies).length > 0) {
    headers.Cookie = [
      Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
    ]
    const secret = parts.credentials.find((credential) => credential.in === 'cookie')
    if (secret) {
      const rest = Object.entries(cookies).filter(([name]) => name !== secret.parameter)
      inject(
        'header',
        'Cookie',
        secret.name,
        [...rest.map(([name, value]) => `${name}=${value}; `), `${secret.parameter}=`].join(''),
        secret.suffix,
      )
    }
  }
  const request: PactRequest = {
    method: operation.method,
    path: operation.path.replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
      encodeURIComponent(parts.path[name] ?? name),
    ),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(body ? { body: writeBody(body) } : {}),
    ...(Object.keys(generators).length > 0 ? { generators } : {}),
  }
  return { request, stateValues: [...stateValues] }
}

/** JSON stays JSON under any header, so that values from the state can be put into it. */
function writeBody(body: RequestContent): NonNullable<PactRequest['body']> {
  const written = asText(body)
  if (!written) return { content: body.value, contentType: 'application/json', encoded: false }
  const { text, mediaType } = written
  return { content: Buffer.from(text).toString('base64'), contentType: mediaType, encoded: 'base64' }
}

/** Undefined for what is sent as JSON. */
function asText({
  mediaType,
  value,
  text,
  form,
}: RequestContent): { mediaType: string; text: string } | undefined {
  if (value === undefined) return { mediaType, text: text ?? '' }
  return form && isObject(value) ? formText(mediaType, value, form) : undefined
}
