import { essenceOf } from '../operation/media-type.js'
import type { MediaType, Response, ResponseHeader } from '../operation/operation.js'
import { holdsJson } from './json-content.js'
import { type Assertion, compileMatchers, type Matchers } from './matchers.js'
import type { PactResponse } from './pact.js'
import { exampleOf } from './request-content.js'
import { allOf, anything, regex, type RuleList, type Rules } from './rules.js'
import type { Unsupported } from './unsupported.js'
import { parsed } from './value.js'

/** What is expected of one documented response in one media type. */
export interface Expectation {
  readonly mediaType?: string
  readonly response: PactResponse
  /** The same with every member that may be absent, none required. */
  readonly closed?: PactResponse
  readonly schema?: unknown
  readonly unsupported: readonly Unsupported[]
}

const CLASSES: Readonly<Record<string, string>> = {
  '1XX': 'info',
  '2XX': 'success',
  '3XX': 'redirect',
  '4XX': 'clientError',
  '5XX': 'serverError',
}

/** Any status of the class, nothing else asserted. `status` is `4XX` or its like. */
export const expectClass = (status: string): PactResponse => {
  const matchers: RuleList = allOf({ match: 'statusCode', status: CLASSES[status] ?? 'clientError' })
  return { status: Number(status.charAt(0)) * 100, matchingRules: { status: matchers } }
}

/** One expectation for each media type; a body that the docs do not show is not asserted, nor that there is one. */
export function expectResponse(
  response: Response,
  documents: Readonly<Record<string, unknown>>,
): Expectation[] {
  const base = response.status.endsWith('XX')
    ? expectClass(response.status)
    : { status: Number(response.status) }
  if (response.undocumentedBody !== undefined || response.content.length === 0) {
    const headers = headersOf(response, undefined, documents)
    return [{ response: withHeaders(base, headers), unsupported: [] }]
  }
  return response.content.map((media) => expectContent(base, response, media, documents))
}

function expectContent(
  base: PactResponse,
  response: Response,
  media: MediaType,
  documents: Readonly<Record<string, unknown>>,
): Expectation {
  const { mediaType } = media
  const headers = headersOf(response, mediaType, documents)
  const json = holdsJson(media)
  const example = parsed(exampleOf(media))
  if (!json || (media.schema === undefined && example === undefined)) {
    return {
      mediaType,
      response: withHeaders(base, headers),
      ...(json && media.schema ? { schema: media.schema } : {}),
      unsupported: json || media.schema === undefined ? [] : [notMatched(mediaType)],
    }
  }
  const matchers: Matchers = compileMatchers(media.schema ?? {}, {
    documents,
    direction: 'response',
    ...(example === undefined ? {} : { example }),
  })
  const write = (assertion: Assertion): PactResponse =>
    withHeaders(base, headers, { content: assertion.example, rules: assertion.rules })
  return {
    mediaType,
    response: write(matchers),
    ...(matchers.closed ? { closed: write(matchers.closed) } : {}),
    schema: matchers.schema,
    unsupported: matchers.unsupported,
  }
}

const notMatched = (mediaType: string): Unsupported => ({
  pointer: '',
  keyword: 'type',
  message: `a body of ${mediaType} has no matchers: only its media type is asserted`,
  scope: 'schema',
})

interface HeaderExpectation {
  readonly values: Record<string, string[]>
  readonly rules: Rules
}

function headersOf(
  response: Response,
  mediaType: string | undefined,
  documents: Readonly<Record<string, unknown>>,
): HeaderExpectation {
  const values: Record<string, string[]> = {}
  const rules: Rules = {}
  if (mediaType !== undefined && !mediaType.includes('*')) {
    const essence = essenceOf(mediaType)
    values['Content-Type'] = [essence]
    // Parameters such as a charset are not part of the documented type (RFC 9110 section 8.3.1).
    rules['Content-Type'] = allOf(regex(`(?i)${essence.replaceAll(/[.+]/g, String.raw`\$&`)}(?:\\s*;.*)?`))
  }
  for (const header of response.headers) {
    if (header.required !== true || header.name.toLowerCase() === 'content-type') continue
    const { value, rule } = expectHeader(header, documents)
    values[header.name] = [value]
    rules[header.name] = rule
  }
  return { values, rules }
}

/** A header is text: its schema's matchers for strings hold, and those for numbers as an expression. */
function expectHeader(
  header: ResponseHeader,
  documents: Readonly<Record<string, unknown>>,
): { value: string; rule: RuleList } {
  const { rules, example } = compileMatchers(header.schema, { documents, direction: 'response' })
  const texts = (rules.$?.combine === 'AND' ? rules.$.matchers : []).flatMap((matcher) => {
    if (matcher.match === 'regex') return [matcher]
    if (matcher.match === 'integer') return [regex('-?[0-9]+')]
    return matcher.match === 'number' ? [regex(String.raw`-?[0-9]+(?:\.[0-9]+)?`)] : []
  })
  const value = header.example ?? textOf(example)
  return { value, rule: texts.length > 0 ? allOf(...texts) : anything }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

function withHeaders(
  base: PactResponse,
  { values, rules }: HeaderExpectation,
  body?: { content: unknown; rules: Rules },
): PactResponse {
  const matching = {
    ...base.matchingRules,
    ...(Object.keys(rules).length > 0 ? { header: rules } : {}),
    ...(body && Object.keys(body.rules).length > 0 ? { body: body.rules } : {}),
  }
  return {
    status: base.status,
    ...(Object.keys(values).length > 0 ? { headers: values } : {}),
    // The verifier compares JSON under any header; as text/plain it would let any text pass.
    ...(body ? { body: { content: body.content, contentType: 'application/json', encoded: false } } : {}),
    ...(Object.keys(matching).length > 0 ? { matchingRules: matching } : {}),
  }
}
