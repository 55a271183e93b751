import { MultipartParseError, type MultipartPart, parseMultipart } from '@remix-run/multipart-parser'
import { essenceOf, isJson } from '../../operation/media-type.js'
import type { MediaType } from '../../operation/operation.js'
import { fit, parseMediaRange } from '../media-range.js'
import { compileCoerce, type Raw, Typed } from '../schema/coerce.js'
import { locate, type Resolve } from '../schema/located.js'
import { parseJson } from './json.js'
import { Malformed, pointerTo } from './malformed.js'
import { type Member, membersOf } from './member.js'
import { decodeText } from './text.js'

/**
 * `multipart/form-data` (RFC 7578) and its kin (RFC 2046 section 5.1), members by OpenAPI 3.1
 * section 4.8.15. Files are strings with a character for each byte. `encoding.headers` are not checked.
 */
export function decodeMultipart(
  bytes: Uint8Array,
  contentType: string | undefined,
  media: MediaType,
  resolve: Resolve,
): unknown {
  const boundary = parseMediaRange(contentType ?? '')?.parameters.get('boundary')
  if (!boundary) throw new Malformed('syntax', 'names no boundary in its Content-Type (RFC 2046 section 5.1)')
  const members = membersOf(media, resolve)
  const values = new Map<string, Raw[]>()
  for (const [index, part] of partsOf(bytes, boundary).entries()) {
    const name = part.name ?? String(index)
    const member = members.of(name)
    const value = valueOf(part, name, member)
    values.set(name, [...(values.get(name) ?? []), value])
  }
  const body = new Map<string, Raw>()
  for (const [name, [value = '', ...more]] of values) {
    const { shape, contentType: written } = members.of(name)
    // A list may also come as one part that is a JSON document.
    const whole =
      value instanceof Typed && Array.isArray(value.value) && isJson(written ?? 'application/json')
    body.set(name, more.length > 0 || (shape === 'array' && !whole) ? [value, ...more] : value)
  }
  return compileCoerce([locate(media.schema)], resolve)(body)
}

function partsOf(bytes: Uint8Array, boundary: string): MultipartPart[] {
  try {
    // The server has bounded the whole body already.
    const limits = { maxFileSize: Infinity, maxParts: Infinity, maxTotalSize: Infinity }
    return [...parseMultipart(bytes, { boundary, ...limits })]
  } catch (error) {
    if (!(error instanceof MultipartParseError)) throw error
    throw new Malformed('syntax', `must be multipart with the boundary ${boundary}: ${error.message}`)
  }
}

function valueOf(part: MultipartPart, name: string, member: Member): Raw {
  const sent = part.mediaType
  if (sent !== undefined && member.contentType !== undefined && !isOneOf(sent, member.contentType)) {
    throw new Malformed(
      'media-type',
      `must be ${member.contentType}, is ${sent}`,
      pointerTo(name),
      member.contentType,
    )
  }
  const shape = member.shape === 'array' ? member.itemShape : member.shape
  const type = sent ?? member.contentType ?? (shape === 'object' ? 'application/json' : 'text/plain')
  const text = (): string => decodeText(part.bytes, part.headers['content-type'])
  // Clients send JSON as text/plain here too: they cannot always set the type of a part.
  if (isJson(type) || (shape === 'object' && essenceOf(type) === 'text/plain')) {
    return new Typed(parseJson(text(), pointerTo(name)))
  }
  const isText = part.filename === undefined && (sent === undefined || essenceOf(type).startsWith('text/'))
  return isText ? text() : new Typed(Buffer.from(part.bytes).toString('latin1'))
}

/** `contentType` of an encoding is a list of types and ranges. */
function isOneOf(sent: string, listed: string): boolean {
  const media = parseMediaRange(essenceOf(sent))
  return listed.split(',').some((text) => {
    const range = parseMediaRange(essenceOf(text))
    return media && range && fit(range, media) !== undefined
  })
}
