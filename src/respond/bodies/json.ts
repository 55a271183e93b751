import { parseExact } from '../../operation/json.js'
import { Malformed } from './malformed.js'
import { decodeText } from './text.js'

/** A JSON body (RFC 8259), plain JavaScript values. */
export const decodeJson = (bytes: Uint8Array, contentType: string | undefined): unknown =>
  parseJson(decodeText(bytes, contentType))

export function parseJson(text: string, pointer = ''): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Malformed('syntax', `is not JSON: ${reasonOf(text)}`, pointer)
  }
}

/** What is wrong and where, in words that do not change with the version of the engine. */
function reasonOf(text: string): string {
  if (text.trim() === '') return 'it is empty'
  try {
    parseExact(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const position = / at position (\d+)/.exec(message)
    if (!position) return message
    const before = text.slice(0, Number(position[1])).split('\n')
    const where = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
    return message.replace(/ at position \d+/, ` at ${where}`)
  }
  return 'it cannot be read'
}
