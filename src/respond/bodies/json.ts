import { syntaxFault } from '../syntax-fault.js'
import { Malformed } from './malformed.js'
import { decodeText } from './text.js'

/** A JSON body (RFC 8259), plain JavaScript values. */
export const decodeJson = (bytes: Uint8Array, contentType: string | undefined): unknown =>
  parseJson(decodeText(bytes, contentType))

export function parseJson(text: string, pointer = ''): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Malformed('syntax', `is not JSON: ${syntaxFault(text, error)}`, pointer)
  }
}
