import { isLosslessNumber, stringifyExact } from '../../operation/json.js'
import type { Parameter } from '../../operation/operation.js'
import type { SampleValues } from './sample-values.js'

/** `{{token}}`, `${TOKEN}`, `$TOKEN`, `<token>`, `[token]`, `YOUR_API_KEY`, `xxxx`, `...`: to be replaced by the reader. */
const PLACEHOLDER =
  /\{\{[^{}]{0,80}\}\}|\$\{[^{}]{0,80}\}|\{[A-Za-z][\w .-]{0,80}\}|\$[A-Za-z_]\w{0,80}|<[^<>]{1,80}>|\[[A-Za-z][\w .-]{0,80}\]|\b(?:YOUR|MY)[-_ ]?[A-Z][\w-]{0,60}|\b(?:your|my)[-_][\w-]{1,60}|\b[xX]{4,}\b|\*{3,}|\.{3,}|…/

export const isPlaceholder = (text: string): boolean =>
  PLACEHOLDER.test(text.slice(0, 4000)) && !/^\s*[[{]\s*["\]}]/.test(text)

/**
 * A text with its placeholder replaced: the whole by the value, or what stands after an
 * authentication scheme (`Bearer <token>`) where the value does not bring the scheme itself.
 */
export function fillText(printed: string, value: string): string {
  const scheme = /^(?:Bearer|Basic|Token|Digest|ApiKey)\s+/i.exec(printed)?.[0]
  if (scheme === undefined || value.toLowerCase().startsWith(scheme.trim().toLowerCase())) return value
  return /^basic/i.test(scheme) ? `${scheme}c2FtcGxlOnNhbXBsZQ==` : `${scheme}${value}`
}

/** A value that the stand-in accepts for a parameter, as text; `sample` where none is documented. */
export function textFor(parameter: Parameter | undefined, values: SampleValues): string {
  if (parameter === undefined) return 'sample'
  const { value } = values.of(
    parameter.example !== undefined && isPlaceholder(parameter.example) ? without(parameter) : parameter,
  )
  if (isLosslessNumber(value)) return value.value
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.map(String).join(',') : stringifyExact(value)
}

/** The example is a placeholder, too, as when it was taken from the very command. */
function without(parameter: Parameter): Parameter {
  const { example: _placeholder, ...rest } = parameter
  return rest
}
