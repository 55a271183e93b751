import type { ApiDescription, SecurityScheme } from '../operation/description.js'
import { parseExact, stringifyExact } from '../operation/json.js'
import { essenceOf, isJson } from '../operation/media-type.js'
import type { Example, MediaType, Operation, Parameter } from '../operation/operation.js'
import { shellQuote } from '../shell.js'

/**
 * A curl command for the first operation whose request the description shows in full: it can be
 * pasted into a POSIX shell. `url` is the server's, without a slash at the end. Undefined where no
 * operation is shown so fully. `trust` is the file of a certificate that curl does not trust by itself.
 */
export function curlSample(description: ApiDescription, url: string, trust?: string): string | undefined {
  for (const operation of description.operations) {
    const words = curlWords(operation, url, description.securitySchemes, trust)
    if (words !== undefined) return words.map((group) => group.map(shellQuote).join(' ')).join(' \\\n  ')
  }
  return undefined
}

/** The words of the command, grouped as they should share a line. Undefined where a needed value is not shown. */
function curlWords(
  operation: Operation,
  url: string,
  schemes: ApiDescription['securitySchemes'],
  trust: string | undefined,
): string[][] | undefined {
  const { method, parameters, requestBody } = operation
  const needed = parameters.filter(isNeeded)
  const body = requestBody === undefined ? undefined : bodyOf(requestBody.content)
  const lacksBody = body === undefined && requestBody !== undefined && requestBody.required !== false
  if (lacksBody || needed.some((parameter) => valueOf(parameter) === undefined)) return undefined

  const credentials = credentialsOf(operation, schemes)
  if (credentials === undefined) return undefined
  const query = [...needed.filter(({ in: place }) => place === 'query').map(queryPair), ...credentials.query]
  const address = url + pathOf(operation.path, needed) + (query.length > 0 ? `?${query.join('&')}` : '')
  const cookies = [
    ...needed
      .filter(({ in: place }) => place === 'cookie')
      .map((cookie) => `${cookie.name}=${valueOf(cookie) ?? ''}`),
    ...credentials.cookies,
  ]
  const headers = [...parameters.flatMap(headerOf), ...credentials.headers]
  if (body !== undefined) headers.push(['Content-Type', body.mediaType])
  const verb = method === 'HEAD' ? ['--head'] : method === 'GET' && body === undefined ? [] : ['-X', method]
  return [
    ['curl', ...(trust === undefined ? [] : ['--cacert', trust]), ...verb, address],
    // curl drops a header that ends in a colon; a semicolon sends it without a value.
    ...headers.map(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`]),
    ...(cookies.length > 0 ? [['-b', cookies.join('; ')]] : []),
    // --data-raw and not --data, which would read a file for a body that begins with @.
    ...(body === undefined ? [] : [['--data-raw', body.text]]),
  ]
}

const isNeeded = ({ in: place, required }: Parameter): boolean => place === 'path' || required === true

/** Only plain values: how lists and objects are spread over a query is not told by an example. */
function valueOf({ example, schema, style, mediaType }: Parameter): string | undefined {
  if (style === 'deepObject' || style === 'matrix' || style === 'label' || /[\r\n]/.test(example ?? ''))
    return undefined
  if (example !== undefined) return example
  if (mediaType !== undefined || typeof schema !== 'object') return undefined
  const { const: constant, default: preset, examples, enum: list } = schema as Record<string, unknown>
  const first = [
    constant,
    ...(Array.isArray(examples) ? examples : []),
    preset,
    ...(Array.isArray(list) ? list : []),
  ]
  const shown = first.find((value) => ['string', 'number', 'boolean'].includes(typeof value))
  return shown === undefined || /[\r\n]/.test(String(shown)) ? undefined : String(shown)
}

/** Headers that the docs require or show. curl and the body set the three that OpenAPI leaves out (section 4.8.12). */
function headerOf(parameter: Parameter): [string, string][] {
  const { in: place, name, example } = parameter
  const own = ['content-type', 'accept', 'authorization', 'content-length', 'host', 'cookie']
  if (place !== 'header' || (own.includes(name.toLowerCase()) && !isNeeded(parameter))) return []
  if (['content-type', 'content-length', 'host'].includes(name.toLowerCase())) return []
  const value = isNeeded(parameter) || example !== undefined ? valueOf(parameter) : undefined
  return value === undefined || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) ? [] : [[name, value]]
}

const encode = (text: string) => encodeURIComponent(text).replaceAll('%2C', ',')

const queryPair = (parameter: Parameter) => `${encode(parameter.name)}=${encode(valueOf(parameter) ?? '')}`

const pathOf = (path: string, needed: readonly Parameter[]): string =>
  path
    .split(/(\{[^}]*\})/)
    .map((part, index) => {
      if (index % 2 === 0) return encodeURI(part)
      const parameter = needed.find(({ in: place, name }) => place === 'path' && `{${name}}` === part)
      return encode((parameter && valueOf(parameter)) ?? '')
    })
    .join('')

function bodyOf(content: readonly MediaType[]): { mediaType: string; text: string } | undefined {
  for (const { examples } of content) {
    const example = examples.find(({ origin }) => origin === 'documented') ?? examples[0]
    const { mediaType } = example ?? { mediaType: '' }
    if (
      example === undefined ||
      example.encoding === 'base64' ||
      essenceOf(mediaType).startsWith('multipart/')
    )
      continue
    if (essenceOf(mediaType).includes('*')) continue
    return { mediaType, text: compact(example) }
  }
  return undefined
}

/** One line where JSON allows it, so that it can be edited on the command line; digits are kept. */
function compact({ mediaType, text }: Example): string {
  if (!isJson(mediaType) && !/^\s*[[{]/.test(text)) return text
  try {
    return stringifyExact(parseExact(text))
  } catch {
    return text
  }
}

interface Credentials {
  headers: [string, string][]
  query: string[]
  cookies: string[]
}

/** Made-up credentials of the right form, for the first alternative that a form is known for. */
function credentialsOf(
  { security, parameters }: Operation,
  schemes: Readonly<Record<string, SecurityScheme>>,
) {
  const alternatives = security === undefined || security.length === 0 ? [{}] : security
  for (const names of alternatives.map((alternative) => Object.keys(alternative))) {
    const credentials: Credentials = { headers: [], query: [], cookies: [] }
    const known = names.every((name) => addCredential(credentials, schemes[name], parameters))
    if (known) return credentials
  }
  return undefined
}

function addCredential(
  to: Credentials,
  scheme: SecurityScheme | undefined,
  parameters: readonly Parameter[],
): boolean {
  if (scheme?.type === 'apiKey' && scheme.name !== undefined) {
    const name = scheme.name
    if (
      parameters.some(
        (parameter) =>
          parameter.in === scheme.in && sameName(parameter.name, name) && valueOf(parameter) !== undefined,
      )
    )
      return true
    if (scheme.in === 'query') to.query.push(`${encode(name)}=sample`)
    else if (scheme.in === 'cookie') to.cookies.push(`${name}=sample`)
    else to.headers.push([name, 'sample'])
    return true
  }
  if (scheme?.type === 'http' && scheme.scheme === 'basic') {
    // RFC 7617: base64 of user:password.
    to.headers.push(['Authorization', 'Basic c2FtcGxlOnNhbXBsZQ=='])
    return true
  }
  if (scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect' || scheme?.scheme === 'bearer') {
    to.headers.push(['Authorization', 'Bearer sample'])
    return true
  }
  return false
}

const sameName = (left: string, right: string) => left.toLowerCase() === right.toLowerCase()
