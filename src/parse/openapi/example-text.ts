import { isObject } from '../../operation/json-object.js'
import { essenceOf, isJson } from '../../operation/media-type.js'
import { elements, members, type Place } from '../document/place.js'

/** JSON, or what is sent as JSON when a range such as any type leaves it open. */
export const isJsonLike = (mediaType: string): boolean =>
  isJson(mediaType) || essenceOf(mediaType) === '*/*' || essenceOf(mediaType) === 'application/*'

/**
 * The body as it is sent: JSON with the digits of the source, a form, or text. Undefined for structured
 * data in a media type of which the value does not say how it is written; XML needs the schema.
 * `isString` tells that the schema asks for a string, so that JSON within it is no body of its own.
 */
export function bodyText(mediaType: string, place: Place, isString: boolean): string | undefined {
  const { value } = place
  const essence = essenceOf(mediaType)
  if (isJsonLike(mediaType)) {
    const written = typeof value === 'string' && !isString ? jsonInString(value) : undefined
    // Any type at all is text for a string, as authors of `*/*` mean it.
    return written ?? (essence === '*/*' ? plainText(place) : jsonText(place))
  }
  if (typeof value !== 'object' || value === null || essence === 'text/plain') return plainText(place)
  return essence === 'application/x-www-form-urlencoded' && isObject(value) ? formText(place) : undefined
}

/** The JSON of a value, with the digits of the source. */
export const jsonText = (place: Place): string =>
  place.document.exactJson(writtenAt(place)) ?? JSON.stringify(place.value)

/** Where a value was written: the upgrade moves a schema's `example` into `examples`. */
export function writtenAt({ document, tokens }: Place): string[] {
  const isFirstOfSchema = tokens.at(-2) === 'examples' && tokens.at(-1) === '0'
  const isMoved = isFirstOfSchema && document.exactJson(tokens) === undefined
  return isMoved ? [...tokens.slice(0, -2), 'example'] : tokens
}

/** Authors often quote a whole body: `example: '{"id": 1}'`. What is quoted is the body. */
function jsonInString(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    JSON.parse(text)
    return text.trim()
  } catch {
    return undefined
  }
}

/** A value as it would stand in a message: a string as it is, anything else by its digits or as JSON. */
export const plainText = (place: Place): string =>
  typeof place.value === 'string' ? place.value : jsonText(place)

function formText(place: Place): string {
  const form = new URLSearchParams()
  for (const { key, place: entry } of members(place)) {
    const values = Array.isArray(entry.value) ? elements(entry) : [entry]
    for (const value of values) form.append(key, plainText(value))
  }
  return form.toString()
}
