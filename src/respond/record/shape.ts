import { isLosslessNumber, parseExact } from '../../operation/json.js'
import { isJson } from '../../operation/media-type.js'

/** Deeper than this, values are not told apart. */
const DEEPEST = 20

/**
 * What kinds of values a body is made of, whatever the values are: bodies of one shape show a reader
 * the same. A body that is not JSON has the shape of its media type.
 */
export function shapeOf(mediaType: string, text: string): string {
  if (!isJson(mediaType)) return mediaType
  try {
    return `${mediaType} ${kindsOf(parseExact(text), 0)}`
  } catch {
    return mediaType
  }
}

function kindsOf(value: unknown, depth: number): string {
  if (value === null) return 'null'
  if (isLosslessNumber(value)) return 'number'
  if (typeof value !== 'object') return typeof value
  if (depth === DEEPEST) return 'more'
  if (Array.isArray(value)) {
    const kinds = new Set(value.map((item) => kindsOf(item, depth + 1)))
    return `[${[...kinds].toSorted().join('|')}]`
  }
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${kindsOf(member, depth + 1)}`,
  )
  return `{${members.toSorted().join()}}`
}
