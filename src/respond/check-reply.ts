import type { ApiDescription } from '../operation/description.js'
import { isJson } from '../operation/media-type.js'
import type { MediaType, Operation, Response, ResponseHeader } from '../operation/operation.js'
import { decodeBody } from './bodies.js'
import { responseFor } from './choose.js'
import { fit, parseMediaRange } from './media-range.js'
import { hasNoContent } from './reply.js'
import type { Resolve } from './schema/located.js'
import { typesOf } from './schema/types.js'
import { locate } from './schema/located.js'
import type { Validation, Validator } from './validation.js'
import type { Violation } from './violation.js'

/** A reply as the wire brought it. */
export interface ReplyInput {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Without its content coding; undefined where it is not to be looked at. */
  readonly body: Uint8Array | undefined
}

/** Holds replies against their operation. */
export interface ReplyCheck {
  /** How a reply breaks the docs: its status, its headers, its media type, and its body by the schema. */
  violations(reply: ReplyInput): Violation[]
  /** Whether the docs say anything of the body of such a reply that could be held against it. */
  looksAtBody(status: number, contentType: string | undefined): boolean
  /** The documented status and media type that such a reply is of. */
  documented(status: number, contentType: string | undefined): { response?: Response; media?: MediaType }
}

/** A documented status without a documented body is not checked further: the docs do not say what it is. */
export function createReplyCheck(
  operation: Operation,
  { description, validation }: { readonly description: ApiDescription; readonly validation: Validation },
): ReplyCheck {
  const resolve: Resolve = (id) => description.documents[id]
  const documented: ReplyCheck['documented'] = (status, contentType) => {
    const response = responseFor(operation, status)
    if (!response) return {}
    const media = contentType === undefined ? undefined : documentedType(contentType, response.content)
    return media ? { response, media } : { response }
  }
  return {
    documented,
    looksAtBody(status, contentType) {
      const { response, media } = documented(status, contentType)
      if (!media || response?.undocumentedBody !== undefined) return false
      return media.schema !== undefined || isJson(media.mediaType)
    },
    violations({ status, headers, body }) {
      const type = textOf(headers['content-type'])
      const { response, media } = documented(status, type)
      if (!response) return [undocumentedStatus(operation, status)]
      const found = response.headers.flatMap((header) =>
        headerViolations(header, headers[header.name.toLowerCase()], response, { validation, resolve }),
      )
      if (response.undocumentedBody !== undefined || response.content.length === 0 || hasNoContent(status))
        return found
      if (!media) {
        const empty = body?.length === 0 && type === undefined
        return [...found, empty ? emptyBody(response) : undocumentedType(response, type)]
      }
      if (body === undefined || (media.schema === undefined && !isJson(media.mediaType))) return found
      const { source } = response
      const decoded = decodeBody(body, type, media, resolve)
      const wrong =
        'violations' in decoded
          ? decoded.violations
          : ((media.schema && validation.validator(media.schema, 'response')(decoded.value)) ?? [])
      return [...found, ...wrong.map((one): Violation => ({ in: 'body', source, ...one }))]
    },
  }
}

/** The closest documented media type. Unlike in requests, another name for the same thing is not let pass. */
function documentedType(contentType: string, content: readonly MediaType[]): MediaType | undefined {
  const sent = parseMediaRange(contentType)
  if (!sent) return undefined
  let best: { readonly media: MediaType; readonly closeness: number } | undefined
  for (const media of content) {
    const range = parseMediaRange(media.mediaType)
    // What a parameter that only one side names would change is not known; mostly it is the charset.
    const shared =
      range &&
      new Map([...range.parameters].filter(([name]) => name !== 'charset' && sent.parameters.has(name)))
    const closeness = range && shared && fit({ ...range, parameters: shared }, sent)
    if (closeness !== undefined && closeness > (best?.closeness ?? 0)) best = { media, closeness }
  }
  return best?.media
}

function headerViolations(
  { name, required, schema }: ResponseHeader,
  sent: string | string[] | undefined,
  { source }: Response,
  { validation, resolve }: { readonly validation: Validation; readonly resolve: Resolve },
): Violation[] {
  const place = { in: 'header', name, source } as const
  const text = textOf(sent)
  if (text === undefined)
    return required === true ? [{ ...place, pointer: '', keyword: 'required', message: 'is required' }] : []
  const validate = validation.validator(schema, 'response')
  return bestReading(readings(text, typesOf(locate(schema), resolve)), validate).map((one) => ({
    ...place,
    ...one,
  }))
}

function bestReading(values: readonly unknown[], validate: Validator): NonNullable<ReturnType<Validator>> {
  const all = values.map((value) => validate(value) ?? [])
  return all.toSorted((a, b) => a.length - b.length)[0] ?? []
}

/** A header is text; its schema may be of what the text stands for. */
function readings(text: string, types: ReadonlySet<string> | undefined): unknown[] {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return [
    ...(Number.isNaN(number) ? [] : [number]),
    ...(text === 'true' || text === 'false' ? [text === 'true'] : []),
    ...(types?.has('array') === true ? [text.split(',').map((item) => item.trim())] : []),
    text,
  ]
}

const undocumentedStatus = ({ responses, source }: Operation, status: number): Violation => ({
  in: 'status',
  pointer: '',
  keyword: 'status',
  message: `${status} is not documented; the docs have ${responses.map((one) => one.status).join(', ') || 'none'}`,
  source,
})

const undocumentedType = ({ content, source }: Response, type: string | undefined): Violation => ({
  in: 'header',
  name: 'Content-Type',
  pointer: '',
  keyword: 'media-type',
  message: `is ${type ?? 'missing'}, the docs have ${content.map(({ mediaType }) => mediaType).join(', ')}`,
  source,
})

const emptyBody = ({ content, source }: Response): Violation => ({
  in: 'body',
  pointer: '',
  keyword: 'required',
  message: `is empty, the docs have ${content.map(({ mediaType }) => mediaType).join(', ')}`,
  source,
})

const textOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value
