import type { ErrorObject } from 'ajv'
import { parseExact, stringifyExact, toPlain } from '../operation/json.js'
import { essenceOf } from '../operation/media-type.js'
import type { MediaType, Operation, Response } from '../operation/operation.js'
import { parseSource, SOURCE_KEYWORD, type SourceLocation } from '../operation/source.js'
import type { InteractionComment } from './comment.js'
import { holdsJson } from './json-content.js'
import type { Failure } from './report.js'
import { schemaValidator } from './schema-validator.js'
import { memberOf, unescapePointer } from './value.js'

export interface ReceivedResponse {
  readonly status: number
  /** By name in any case; several values as one, or as a list. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body as text; empty where there is none. */
  readonly body: string
}

/**
 * Checks a response against what an operation documents: its status, its media type and, through
 * the schema, all that Pact's matchers cannot say. A status without a documented body is not checked further.
 */
export function checkResponse(
  operation: Operation,
  received: ReceivedResponse,
  documents: Readonly<Record<string, unknown>> = {},
): Failure[] {
  const response = responseFor(operation.responses, received.status)
  if (!response) {
    const expected = `one of ${operation.responses.map(({ status }) => status).join(', ')}`
    return [{ where: 'status', expected, actual: String(received.status), source: operation.source }]
  }
  if (response.undocumentedBody !== undefined) return []
  const headers = checkHeaders(response, received, documents)
  if (response.content.length === 0) return headers
  const type = headerOf(received, 'content-type')
  const media = response.content.find((one) => matchesType(one, type))
  if (!media) {
    const expected = response.content.map(({ mediaType }) => mediaType).join(' or ')
    const actual = type ?? 'no Content-Type'
    return [...headers, { where: 'header Content-Type', expected, actual, source: response.source }]
  }
  if (!media.schema || !holdsJson(media)) return headers
  return [...headers, ...checkBody(media.schema, received.body, response.source, documents)]
}

/** The same for an interaction of a contract, by what its comment carries; nothing where it carries no schema. */
export function checkAgainstComment(comment: InteractionComment, received: ReceivedResponse): Failure[] {
  if (comment.schema === undefined) return []
  return checkBody(comment.schema, received.body, comment.response ?? comment.source)
}

/** The most specific of the documented: the status itself, its range, the default. */
export function responseFor(responses: readonly Response[], status: number): Response | undefined {
  const forms = [String(status), `${String(status).charAt(0)}XX`, 'default']
  return forms.map((form) => responses.find((one) => one.status === form)).find((one) => one !== undefined)
}

export function checkBody(
  schema: unknown,
  body: string,
  source: SourceLocation,
  documents: Readonly<Record<string, unknown>> = {},
): Failure[] {
  let value: unknown
  try {
    value = parseExact(body)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON'
    const actual = body.trim() === '' ? 'an empty body' : `${shorten(body)} (${reason})`
    return [{ where: 'body', expected: 'a JSON document', actual, source }]
  }
  return schemaValidator(
    schema,
    documents,
  )(toPlain(value))
    .filter(isCause)
    .map((error) => failureOf(error, value, source))
}

/** An `if` only repeats what its branch says. */
const isCause = ({ keyword }: ErrorObject): boolean => keyword !== 'if'

function failureOf(error: ErrorObject, root: unknown, fallback: SourceLocation): Failure {
  const segments = error.instancePath.split('/').slice(1).map(unescapePointer)
  const missing: unknown = error.keyword === 'required' ? error.params.missingProperty : undefined
  const extra: unknown = error.params.additionalProperty
  const name = missing ?? extra
  const path = typeof name === 'string' ? [...segments, name] : segments
  const actual = missing === undefined ? shorten(stringifyExact(at(root, path) ?? null)) : 'nothing'
  return {
    where: path.length === 0 ? 'body' : `body ${path.join('.')}`,
    expected: expectationOf(error),
    actual,
    source: sourceOf(error, missing) ?? fallback,
  }
}

function expectationOf({ keyword, params, message, schema }: ErrorObject): string {
  if (keyword === 'required') return 'to be there'
  if (keyword === 'additionalProperties') return 'no member that is not documented'
  if (keyword === 'const') return JSON.stringify(params.allowedValue)
  if (keyword === 'enum') return `one of ${JSON.stringify(schema)}`
  if (keyword === 'type') return [params.type].flat().join(' or ')
  return message?.replace(/^must (be )?/, '') ?? keyword
}

/** The place of the member's schema, else of the object around it. */
function sourceOf({ parentSchema }: ErrorObject, missing: unknown): SourceLocation | undefined {
  const member = typeof missing === 'string' ? memberOf(parentSchema?.properties, missing) : undefined
  const text = memberOf(member, SOURCE_KEYWORD) ?? memberOf(parentSchema, SOURCE_KEYWORD)
  return typeof text === 'string' ? parseSource(text) : undefined
}

function checkHeaders(
  response: Response,
  received: ReceivedResponse,
  documents: Readonly<Record<string, unknown>>,
): Failure[] {
  return response.headers.flatMap((header): Failure[] => {
    const where = `header ${header.name}`
    const actual = headerOf(received, header.name)
    if (actual === undefined) {
      if (header.required !== true) return []
      return [{ where, expected: 'to be there', actual: 'nothing', source: response.source }]
    }
    const errors = readings(actual).map((reading) => schemaValidator(header.schema, documents)(reading))
    const [first] = errors.toSorted((a, b) => a.length - b.length)
    return (first ?? []).map((error) => ({
      where,
      expected: expectationOf(error),
      actual,
      source: response.source,
    }))
  })
}

/** A header is text; its schema may be of what the text stands for. */
export function readings(text: string): unknown[] {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return [
    text,
    ...(Number.isNaN(number) ? [] : [number]),
    ...(text === 'true' || text === 'false' ? [text === 'true'] : []),
  ]
}

function headerOf({ headers }: ReceivedResponse, name: string): string | undefined {
  const value = Object.entries(headers).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}

function matchesType({ mediaType }: MediaType, received: string | undefined): boolean {
  if (received === undefined) return false
  const expression = essenceOf(mediaType)
    .split('*')
    .map((part) => part.replaceAll(/[.+]/g, String.raw`\$&`))
    .join('.*')
  return new RegExp(`^${expression}$`).test(essenceOf(received))
}

const at = (root: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (node, name) => (Array.isArray(node) ? node[Number(name)] : memberOf(node, name)),
    root,
  )

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}...` : text)
