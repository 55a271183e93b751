import { parseMediaRange } from '../media-range.js'
import { Malformed } from './malformed.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of a body in the charset of its header, UTF-8 unless it names another (RFC 9110 section 8.3.2). */
export function decodeText(bytes: Uint8Array, contentType: string | undefined, charset?: string): string {
  const named = charset ?? charsetOf(contentType)
  const decoder = named === undefined ? utf8 : decoderOf(named)
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Malformed('charset', `must be text in ${decoder.encoding}`, '', decoder.encoding)
  }
}

function charsetOf(contentType: string | undefined): string | undefined {
  if (!contentType?.toLowerCase().includes('charset')) return undefined
  return parseMediaRange(contentType)?.parameters.get('charset')
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    throw new Malformed('charset', `is in the charset ${charset}, which is not known`, '', 'utf-8')
  }
}
