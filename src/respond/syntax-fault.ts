import { JsonSyntaxError, parseExact } from '../operation/json.js'

/**
 * What is wrong with a text that JSON.parse refused, and where. The text itself is never repeated,
 * as messages of parsers do: it holds what people typed in, and faults are logged.
 */
export function syntaxFault(text: string, error: unknown): string {
  if (text.trim() === '') return 'it is empty'
  const what = (error instanceof Error ? error.message : String(error))
    // V8: `Unexpected token 'x', ..."pin": x}" is not valid JSON`, `"NaN" is not valid JSON`.
    .replace(/,? *(\.\.\.)?"[^]*"(\.\.\.)? is not valid JSON$/, '')
    .replace(/ (in JSON )?at position \d+.*$/, '')
  // The engine names no position with every fault; the parser that keeps digits does.
  const offset = offsetOf(text)
  return `${what || 'Unexpected text'}${offset === undefined ? '' : ` (${placeOf(text, offset)})`}`
}

function offsetOf(text: string): number | undefined {
  try {
    parseExact(text)
    return undefined
  } catch (error) {
    return error instanceof JsonSyntaxError ? error.offset : undefined
  }
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}
