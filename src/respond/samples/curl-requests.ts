import type { ApiDescription } from '../../operation/description.js'
import type { CurlSample, Operation, Parameter } from '../../operation/operation.js'
import { pathParameters } from '../../operation/path.js'
import { credentialsFor } from './assemble.js'
import { multipartType, writeMultipart } from './multipart.js'
import { fillText, isPlaceholder, textFor } from './placeholders.js'
import type { SampleRequest } from './sample-request.js'
import type { SampleValues } from './sample-values.js'

/** A printed command that cannot be sent to its operation, and why. */
export interface Unsent {
  readonly curl: CurlSample
  readonly name: string
  readonly reason: string
}

/**
 * The curl commands of an operation as requests: method, path, headers and body as printed.
 * Placeholders are replaced by values that the stand-in accepts, and each of them is noted. A
 * command that calls something else proves nothing of this operation, and is not sent.
 */
export function curlRequests(
  operation: Operation,
  values: SampleValues,
  description: ApiDescription,
): (SampleRequest | Unsent)[] {
  return (operation.curls ?? []).map((curl, index) => {
    const name = index === 0 ? 'curl' : `curl-${index + 1}`
    const reason = elsewhere(curl, operation)
    return reason === undefined
      ? requestOf(name, curl, operation, values, description)
      : { curl, name, reason }
  })
}

/** Why a command is not one of the operation; undefined where it is. */
function elsewhere({ method, path }: CurlSample, operation: Operation): string | undefined {
  const calls = `the command calls ${method} ${path}, the docs around it describe ${operation.method} ${operation.path}`
  return method === operation.method && fill(path, operation.path, () => '-') !== undefined
    ? undefined
    : calls
}

function requestOf(
  name: string,
  curl: CurlSample,
  operation: Operation,
  values: SampleValues,
  description: ApiDescription,
): SampleRequest {
  const notes: string[] = []
  const parameter = (place: Parameter['in'], wanted: string): Parameter | undefined =>
    operation.parameters.find(
      (one) =>
        one.in === place &&
        (place === 'header' ? one.name.toLowerCase() === wanted.toLowerCase() : one.name === wanted),
    )
  const replaced = (what: string, text: string): string => {
    notes.push(`${what} is a placeholder; ${JSON.stringify(text)} is sent`)
    return text
  }
  const value = (place: Parameter['in'], wanted: string): string => textFor(parameter(place, wanted), values)

  const path = fill(curl.path, operation.path, (variable, printed) => {
    return encodeURIComponent(replaced(`{${printed}} in the path`, value('path', variable)))
  })
  const query = curl.query.map((pair) => {
    const text = pair.value ?? replaced(`the value of ${pair.name} in the query`, value('query', pair.name))
    return `${encodeURIComponent(pair.name)}=${encodeURIComponent(text)}`
  })
  const headers: Record<string, string> = {}
  for (const { name: header, value: printed } of curl.headers) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header) || /^(host|content-length|connection)$/i.test(header)) continue
    headers[header] = isPlaceholder(printed)
      ? replaced(`the value of the header ${header}`, fillText(printed, value('header', header)))
      : printed
  }
  const credentials = credentialsIfHidden(curl, operation, description, headers, query)
  notes.push(...credentials.notes)
  const body = bodyOf(curl, notes)
  const type = Object.keys(headers).find((one) => /^content-type$/i.test(one))
  // What curl itself sends: a form for -d without a header, and for -F its own boundary whatever the
  // header says (https://curl.se/docs/manpage.html).
  if (body !== undefined && curl.multipart) headers[type ?? 'content-type'] = multipartType
  else if (body !== undefined) headers[type ?? 'content-type'] ??= FORM
  const search = [...query, ...credentials.query].join('&')
  return {
    kind: 'curl',
    name,
    method: operation.method,
    url: `${path ?? curl.path}${search === '' ? '' : `?${search}`}`,
    headers: { ...headers, ...credentials.headers },
    ...(body !== undefined && { body }),
    notes,
    source: curl.source,
  }
}

const FORM = 'application/x-www-form-urlencoded'

/** A command whose credential is a placeholder that says nothing of its form: a made-up one goes in its place. */
function credentialsIfHidden(
  { headers: printed }: CurlSample,
  operation: Operation,
  description: ApiDescription,
  headers: Readonly<Record<string, string>>,
  query: readonly string[],
): ReturnType<typeof credentialsFor> {
  const hidden = printed.some(({ name, value }) => /^authorization$/i.test(name) && isPlaceholder(value))
  return hidden
    ? credentialsFor(operation, description, headers, query)
    : { headers: {}, query: [], notes: [] }
}

/**
 * The path of a command for the operation's template, its own placeholders filled. Undefined where
 * it does not fit: printed values fill the template's variables, all else must be the same.
 */
function fill(
  printed: string,
  template: string,
  valueOf: (variable: string, printed: string) => string,
): string | undefined {
  const own = printed.replace(/\/$/, '').split('/')
  const wanted = template.replace(/\/$/, '').split('/')
  if (own.length !== wanted.length) return undefined
  const filled: string[] = []
  for (const [index, segment] of own.entries()) {
    const model = wanted[index] ?? ''
    const variables = pathParameters(model)
    const placeholders = pathParameters(segment)
    if (placeholders.length > 0) {
      let at = 0
      const source = variables.length > 0 ? model : segment
      const fitted = source.replaceAll(/\{([^{}/]+)\}/g, (_, name: string) =>
        valueOf(name, placeholders[at++] ?? name),
      )
      filled.push(variables.length > 0 ? fitted : model)
    } else if (segment === model || variables.length > 0) filled.push(segment)
    else return undefined
  }
  return `${filled.join('/')}${printed.endsWith('/') ? '/' : ''}` || '/'
}

function bodyOf({ body, multipart }: CurlSample, notes: string[]): string | undefined {
  if (body === undefined) return undefined
  if (multipart !== true) {
    if (body.text.startsWith('@')) {
      notes.push(`the file ${body.text.slice(1)} is not at hand; its name is sent in its place`)
    }
    return body.text
  }
  const parts = body.text.split('\n').map((line) => {
    const at = line.indexOf('=')
    const [name, value] = at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
    const file = /^[@<]/.test(value) ? (value.slice(1).split(';')[0] ?? '') : undefined
    if (file !== undefined) notes.push(`the file ${file} is not at hand; its name is sent in its place`)
    return { name, value: file ?? value, ...(file !== undefined && { file }) }
  })
  return writeMultipart(parts)
}
