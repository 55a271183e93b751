import { parseExact } from '../operation/json.js'

/**
 * What is wrong with a text that JSON.parse refused, and where. The text itself is never repeated,
 * as the engine's own messages do at times: it holds what people typed in, and faults are logged.
 */
export function syntaxFault(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const what = message
    // V8: `Unexpected token 'x', ..."pin": x}" is not valid JSON`, `"NaN" is not valid JSON`.
    .replace(/,? *(\.\.\.)?"[^]*"(\.\.\.)? is not valid JSON$/, '')
    .replace(/ (in JSON )?at position \d+.*$/, '')
  const position = positionIn(message) ?? positionIn(exactFault(text))
  return `${what || 'Unexpected text'}${position === undefined ? '' : ` (${placeOf(text, position)})`}`
}

function positionIn(message: string): number | undefined {
  const digits = /at position (\d+)/.exec(message)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The engine names no position with every fault; the parser that keeps digits does. */
function exactFault(text: string): string {
  try {
    parseExact(text)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

function placeOf(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}
