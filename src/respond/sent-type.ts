import { essenceOf } from '../operation/media-type.js'

/**
 * The media type that a body is sent as where the docs give a range of them, which no `Content-Type` can
 * be (RFC 9110 section 8.3.1): JSON where it is JSON and the range has it, else text, else bytes.
 */
export function sentType(mediaType: string, body: string | Uint8Array): string {
  const essence = essenceOf(mediaType)
  if (!essence.includes('*')) return mediaType
  const [type, subtype = ''] = essence.split('/')
  if (subtype.endsWith('+json')) return 'application/json'
  if (type === 'text') return 'text/plain'
  const isText = typeof body === 'string'
  if (type === '*' || type === 'application') {
    if (isText && isJsonText(body)) return 'application/json'
    if (isText && type === '*') return 'text/plain'
  }
  return 'application/octet-stream'
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
