import { parseExact, stringifyExact } from '../../operation/json.js'

/** JSON over several lines, its digits kept; any other text as it is. */
export function pretty(text: string): string {
  try {
    return stringifyExact(parseExact(text), 2)
  } catch {
    return text
  }
}
