import type { Finding } from '../../operation/finding.js'
import type { SourceLocation } from '../../operation/source.js'

/** Words that hardly ever are a value and mostly the type of one. */
const TYPE_WORD = /[:[,]\s*"(?:string|integer|int|number|boolean|bool|float|double|long)"\s*[,}\]]/gi

/**
 * Type names in the place of values, `{"name": "string"}`: strict JSON, replayed as it is, and said
 * so. `json` begins at `source`; `bare` is where one stands without quotes.
 */
export function typeWordFinding(json: string, source: SourceLocation, bare?: SourceLocation): Finding[] {
  TYPE_WORD.lastIndex = 0
  const match = TYPE_WORD.exec(json)
  if (match === null && bare === undefined) return []
  const before = match === null ? '' : json.slice(0, match.index + match[0].indexOf('"'))
  const quoted = { file: source.file, line: source.line + before.split('\n').length - 1 }
  const message =
    'The sample shows the type of a value in its place; the stand-in replays it. Write a real value.'
  return [
    {
      rule: 'sample-type-words',
      severity: 'warning',
      message,
      source: match === null && bare ? bare : quoted,
    },
  ]
}
