import { isJson } from '../operation/media-type.js'
import type { MediaType, Operation } from '../operation/operation.js'
import { chooseMediaType, decodeBody } from './bodies.js'
import type { Rejection, RequestInput } from './check.js'
import type { Resolve } from './schema/located.js'
import type { Validation } from './validation.js'
import type { Violation } from './violation.js'

export type BodyResult = {
  readonly value: unknown
  readonly violations?: readonly Violation[] | undefined
}

const NO_BODY: BodyResult = { value: undefined }

/** Reads a request's body by the media type that it calls itself, and holds it against the schema. */
export function createBodyReader(
  operation: Operation,
  validation: Validation,
  resolve: Resolve,
): (input: RequestInput) => BodyResult | Rejection {
  const { requestBody } = operation
  // What the docs do not describe is not looked at.
  if (!requestBody || requestBody.content.length === 0) return () => NO_BODY
  const { content, source, required } = requestBody
  const place = { in: 'body', pointer: '', source } as const
  const located = (violation: Violation): Violation => ({ ...violation, source: violation.source ?? source })

  return ({ method, body, headers }) => {
    if (body === undefined || body.length === 0) {
      // Clients send none with a HEAD that asks as the GET would (RFC 9110 section 9.3.2).
      const isAskedOnly = method === 'HEAD' && operation.method === 'GET'
      if (required !== true || isAskedOnly) return NO_BODY
      return { value: undefined, violations: [{ ...place, keyword: 'required', message: 'is required' }] }
    }
    const contentType = headers['content-type']
    const type = typeof contentType === 'string' ? contentType : undefined
    const media = chooseMediaType(type, content) ?? chooseMediaType(type, content, asBytes(body))
    if (!media) return unsupported(type, content, place)
    const decoded = decode(body, type, media, resolve)
    if ('violations' in decoded) {
      const violations = decoded.violations.map(located)
      // Well-formed XML of another kind can be read.
      if (violations.every(({ keyword }) => keyword === 'xml')) return { value: undefined, violations }
      return { code: 'malformed-body', violations }
    }
    const violations = media.schema && validation.validator(media.schema, 'request')(decoded.value)
    return {
      value: decoded.value,
      violations: violations?.map((violation) => ({ ...place, ...violation })),
    }
  }
}

/** The everyday case is read without being made bytes first. */
function decode(
  body: string | Uint8Array,
  contentType: string | undefined,
  media: MediaType,
  resolve: Resolve,
): ReturnType<typeof decodeBody> {
  if (typeof body === 'string' && isJson(media.mediaType)) {
    try {
      return { value: JSON.parse(body) }
    } catch {
      // Read again by the reader that says what is wrong and where.
    }
  }
  return decodeBody(asBytes(body), contentType, media, resolve)
}

const asBytes = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body) : body

const unsupported = (
  contentType: string | undefined,
  content: readonly MediaType[],
  place: Pick<Violation, 'in' | 'pointer'>,
): Rejection => ({
  code: 'unsupported-media-type',
  violations: [
    {
      ...place,
      keyword: 'media-type',
      message: `is ${contentType ?? 'of no type'}, the docs take ${content.map(({ mediaType }) => mediaType).join(', ')}`,
    },
  ],
})
