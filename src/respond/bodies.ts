import { essenceOf, isJson, isXml } from '../operation/media-type.js'
import type { MediaType } from '../operation/operation.js'
import { decodeForm } from './bodies/form.js'
import { decodeJson } from './bodies/json.js'
import { Malformed } from './bodies/malformed.js'
import { multipart, xml } from './bodies/rare.js'
import { decodeText } from './bodies/text.js'
import { fit, type MediaRange, parseMediaRange } from './media-range.js'
import { compileCoerce } from './schema/coerce.js'
import { locate, type Resolve } from './schema/located.js'
import { typesOf } from './schema/types.js'
import type { Violation } from './violation.js'

export type DecodedBody = { readonly value: unknown } | { readonly violations: readonly Violation[] }

/**
 * The documented media type that a request body is of: the closest one, so that the exact type goes
 * before `type/*` and that before any type (OpenAPI 3.1 section 4.8.13.1). Where nothing fits, JSON
 * is also what does not call itself so: sent as `text/plain`, as some documents' own curl calls do,
 * or as a form, as curl calls all data, where the text looks like JSON. A body without a media type
 * is of the first. Undefined where the description has no such type, which is what 415 is for.
 */
export function chooseMediaType(
  contentType: string | undefined,
  content: readonly MediaType[],
  bytes?: Uint8Array,
): MediaType | undefined {
  const [first] = content
  if (contentType === undefined || contentType === first?.mediaType) return first
  const sent = parseMediaRange(contentType)
  if (!sent) return undefined
  let best: { readonly media: MediaType; readonly closeness: number } | undefined
  for (const media of content) {
    const range = parseMediaRange(media.mediaType)
    const closeness = range && fit(withoutAbsent(range, sent), sent)
    if (closeness !== undefined && closeness > (best?.closeness ?? 0)) best = { media, closeness }
  }
  if (best) return best.media
  const essence = essenceOf(contentType)
  const mayBeJson =
    (isJson(essence) && content.every(({ mediaType }) => essenceOf(mediaType) !== essence)) ||
    essence === 'text/plain' ||
    (essence === FORM && bytes !== undefined && looksLikeJson(bytes))
  return mayBeJson ? content.find(({ mediaType }) => isJson(mediaType)) : undefined
}

const FORM = 'application/x-www-form-urlencoded'

const looksLikeJson = (bytes: Uint8Array): boolean =>
  /^\s*[{[]/.test(Buffer.from(bytes.subarray(0, 100)).toString('latin1'))

/** Documented parameters that the client leaves out are not held against it; others that differ are. */
function withoutAbsent(range: MediaRange, sent: MediaRange): MediaRange {
  const parameters = new Map(
    [...range.parameters].filter(([name]) => name !== 'charset' && sent.parameters.has(name)),
  )
  return { ...range, parameters }
}

/**
 * The value of a request body of a documented media type, in the types of its schema, ready to be
 * validated: JSON, forms and multipart by OpenAPI's `encoding` (3.1 section 4.8.15), XML by the
 * `xml` keyword (4.8.26), other text as text. Binary bodies are strings with a character for each
 * byte, which is what `format: binary` describes.
 *
 * @param contentType the request's own header
 */
export function decodeBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  mediaType: MediaType,
  resolve: Resolve,
): DecodedBody {
  try {
    return { value: decode(bytes, contentType, mediaType, resolve) }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const { keyword, message, pointer, expected } = error
    return {
      violations: [{ in: 'body', pointer, keyword, message, ...(expected !== undefined && { expected }) }],
    }
  }
}

function decode(
  bytes: Uint8Array,
  contentType: string | undefined,
  media: MediaType,
  resolve: Resolve,
): unknown {
  const documented = essenceOf(media.mediaType)
  if (isJson(documented)) return decodeJson(bytes, contentType)
  const essence = documented.includes('*') && contentType !== undefined ? essenceOf(contentType) : documented
  if (isJson(essence)) return decodeJson(bytes, contentType)
  if (essence === FORM) return decodeForm(bytes, contentType, media, resolve)
  if (essence.startsWith('multipart/')) return multipart().decodeMultipart(bytes, contentType, media, resolve)
  if (isXml(essence)) return xml().decodeXml(bytes, contentType, media, resolve)
  const schema = locate(media.schema)
  const types = typesOf(schema, resolve)
  // Documents show JSON sent as text/plain: where no text could meet the schema, it is meant.
  if (
    essence === 'text/plain' &&
    types &&
    (types.has('object') || types.has('array')) &&
    !types.has('string')
  ) {
    return decodeJson(bytes, contentType)
  }
  if (essence.startsWith('text/')) return compileCoerce([schema], resolve)(decodeText(bytes, contentType))
  // A range, no header to say more, and a schema that no bytes could meet: only JSON can be meant.
  if (essence.includes('*') && types && !types.has('string')) return decodeJson(bytes, contentType)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
