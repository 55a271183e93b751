import { errors } from '../errors.js'
import { isObject } from '../operation/json-object.js'
import { essenceOf, isJson, isXml } from '../operation/media-type.js'
import { type ConsumerRule, readRules } from './pact-rules.js'
import { isForm } from './request-form.js'
import { memberOf, parsed } from './value.js'

/** One HTTP interaction of a consumer's pact, of whatever version of the specification. */
export interface Consumed {
  readonly consumer: string
  readonly description: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, readonly string[]>>
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestBody?: ConsumedBody
  readonly status: number
  /** Set where any status of a class will do. */
  readonly statusClass: boolean
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody?: ConsumedBody
  /** Matching rules of the response body. */
  readonly rules: readonly ConsumerRule[]
}

export interface ConsumedBody {
  readonly mediaType: string | undefined
  /** A JSON value; undefined for other text. */
  readonly value: unknown
  /** What is not JSON, with one character for each byte. */
  readonly text?: string
  /** The header as the pact has it, with the boundary of a multipart form. */
  readonly contentType?: string | undefined
}

/** A pact and where it came from, for messages. */
export interface PactSource {
  readonly file: string
  readonly text: string
}

/** The HTTP interactions of a pact of specification version 1 to 4; messages are left out. */
export function readPact({ file, text }: PactSource): Consumed[] {
  const pact = parsed(text)
  const interactions = memberOf(pact, 'interactions')
  const consumer = memberOf(memberOf(pact, 'consumer'), 'name')
  if (!isObject(pact) || typeof consumer !== 'string') {
    const reason = pact === undefined ? 'it is not JSON' : 'it has no consumer'
    throw new errors.STANDIN_ERR_PACT_UNREADABLE(file, reason)
  }
  if (interactions === undefined && memberOf(pact, 'messages') !== undefined) return []
  if (!Array.isArray(interactions))
    throw new errors.STANDIN_ERR_PACT_UNREADABLE(file, 'it has no list of interactions')
  return interactions.flatMap((interaction: unknown, index): Consumed[] => {
    const type = memberOf(interaction, 'type')
    if (typeof type === 'string' && type !== 'Synchronous/HTTP') return []
    const request = memberOf(interaction, 'request')
    const response = memberOf(interaction, 'response')
    if (!isObject(request) || !isObject(response)) {
      throw new errors.STANDIN_ERR_PACT_UNREADABLE(
        file,
        `its interaction ${index + 1} has no request and response`,
      )
    }
    return [readInteraction(consumer, interaction, request, response)]
  })
}

function readInteraction(
  consumer: string,
  interaction: unknown,
  request: Record<string, unknown>,
  response: Record<string, unknown>,
): Consumed {
  const headers = readHeaders(request.headers)
  const responseHeaders = readHeaders(response.headers)
  const requestBody = readBody(request.body, headers['content-type'])
  const responseBody = readBody(response.body, responseHeaders['content-type'])
  const path = textOr(request.path, '/')
  const status = Number(response.status ?? 200)
  return {
    consumer,
    description: textOr(memberOf(interaction, 'description'), 'an interaction without a description'),
    method: textOr(request.method, 'GET').toUpperCase(),
    path: path.split('?', 1)[0] ?? path,
    query: readQuery(request.query),
    headers,
    ...(requestBody ? { requestBody } : {}),
    status: Number.isInteger(status) ? status : 200,
    statusClass: memberOf(response.matchingRules, 'status') !== undefined,
    responseHeaders,
    ...(responseBody ? { responseBody } : {}),
    rules: readRules(response.matchingRules),
  }
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise)

function readHeaders(headers: unknown): Record<string, string> {
  if (!isObject(headers)) return {}
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  )
}

/** A string up to version 2, lists by name from version 3 on. */
function readQuery(query: unknown): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  const pairs: [string, string][] = isObject(query)
    ? Object.entries(query).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, String(one)]),
      )
    : [...new URLSearchParams(typeof query === 'string' ? query : '')]
  for (const [name, value] of pairs) (found[name] ??= []).push(value)
  return found
}

/** The bare value up to version 3; with its type and encoding in version 4. */
function readBody(body: unknown, header: string | undefined): ConsumedBody | undefined {
  if (body === undefined || body === null || body === '') return undefined
  if (isObject(body) && 'content' in body && ('contentType' in body || 'encoded' in body)) {
    const type = typeof body.contentType === 'string' ? body.contentType : undefined
    const mediaType = essenceOf(header ?? type ?? '') || undefined
    const { content, encoded } = body
    const contentType = header ?? type
    if (encoded === false || encoded === undefined) {
      const opaque = typeof content === 'string' && mediaType !== undefined && isSent(mediaType)
      if (!opaque) return { mediaType, value: content }
      return { mediaType, value: undefined, text: Buffer.from(content).toString('latin1'), contentType }
    }
    const text =
      typeof content === 'string' && encoded === 'base64'
        ? // One character for each byte, so that none is lost.
          Buffer.from(content, 'base64').toString('latin1')
        : content
    if (typeof text !== 'string') return { mediaType, value: undefined }
    const value = parsed(Buffer.from(text, encoded === 'base64' ? 'latin1' : 'utf8').toString())
    return value === undefined ? { mediaType, value, text, contentType } : { mediaType, value }
  }
  const mediaType = header === undefined ? undefined : essenceOf(header)
  const isText = typeof body === 'string' && mediaType !== undefined && !isJson(mediaType)
  if (isText && isSent(mediaType)) {
    const text = Buffer.from(body).toString('latin1')
    return { mediaType, value: undefined, text, contentType: header }
  }
  return { mediaType, value: body }
}

/** Types whose text says nothing before it is taken apart. */
const isSent = (mediaType: string): boolean => isForm(mediaType) || isXml(mediaType)
