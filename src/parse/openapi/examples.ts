import { essenceOf, isJson } from '../../operation/media-type.js'
import type { Example } from '../../operation/operation.js'
import { at, elements, isObject, member, members, type Place, textMember } from '../document/place.js'
import { deref, finalSchema, type Reading } from './reading.js'

/** Name of an example that is the only one and has no name of its own. */
export const ONLY_EXAMPLE = 'default'

/**
 * Examples of a media type object, 3.x: those under `examples`, else the one under `example`, else those
 * that its schema shows.
 */
export function readExamples(reading: Reading, mediaType: string, place: Place): Example[] {
  const named = members(at(place, 'examples')).flatMap(({ key, place: entry }) => {
    const example = deref(reading, entry)
    return example === undefined ? [] : namedExample(reading, key, mediaType, example)
  })
  if (named.length > 0) return named
  const only = at(place, 'example')
  if (only.value !== undefined) return [exampleAt(reading, ONLY_EXAMPLE, mediaType, only)]
  return schemaExamples(reading, mediaType, at(place, 'schema'))
}

/** An Example Object. 3.2 writes the value as `dataValue`, or as `serializedValue` the way it is sent. */
function namedExample(reading: Reading, name: string, mediaType: string, place: Place): Example[] {
  const summary = textMember(place.value, 'summary')
  const sent = at(place, 'serializedValue')
  if (typeof sent.value === 'string') {
    return [{ ...exampleOf(name, mediaType, sent.value, sent), ...(summary !== undefined && { summary }) }]
  }
  const key = ['value', 'dataValue'].find((key) => isObject(place.value) && Object.hasOwn(place.value, key))
  if (key !== undefined) {
    const example = exampleAt(reading, name, mediaType, at(place, key))
    return [{ ...example, ...(summary !== undefined && { summary }) }]
  }
  if (textMember(place.value, 'externalValue') !== undefined) {
    const message = `The example "${name}" stands at an address, which is not fetched. Give it as "value".`
    reading.report('external-example', 'warning', message, place)
    return []
  }
  reading.report('example-without-value', 'warning', `The example "${name}" has no "value".`, place)
  return []
}

/** Examples that a schema shows of itself. */
export function schemaExamples(reading: Reading, mediaType: string, place: Place): Example[] {
  if (!isObject(place.value)) return []
  const schema = finalSchema(reading, place)
  return elements(at(schema, 'examples')).map((shown, index) => {
    const name = index === 0 ? ONLY_EXAMPLE : `${ONLY_EXAMPLE}-${index + 1}`
    return exampleAt(reading, name, mediaType, shown)
  })
}

export function exampleAt(reading: Reading, name: string, mediaType: string, place: Place): Example {
  const key = `${isJsonLike(mediaType) ? 'json' : essenceOf(mediaType)} ${place.document.path} ${place.pointer}`
  const text = reading.texts.get(key) ?? bodyText(mediaType, place)
  reading.texts.set(key, text)
  return exampleOf(name, mediaType, text, place)
}

const exampleOf = (name: string, mediaType: string, text: string, place: Place): Example => ({
  name,
  mediaType,
  text,
  origin: 'documented',
  repairs: [],
  source: place.document.locate(writtenAt(place)),
})

/** JSON, or what is sent as JSON when a range such as any type leaves it open. */
const isJsonLike = (mediaType: string): boolean => isJson(mediaType) || essenceOf(mediaType).endsWith('/*')

/** The body as it is sent: JSON with the digits of the source; anything else as text. */
function bodyText(mediaType: string, place: Place): string {
  const { value } = place
  if (isJsonLike(mediaType)) {
    const written = typeof value === 'string' ? jsonInString(value) : undefined
    return written ?? jsonText(place)
  }
  if (typeof value === 'string') return value
  if (essenceOf(mediaType) === 'application/x-www-form-urlencoded' && isObject(value)) return formText(place)
  return jsonText(place)
}

export const jsonText = (place: Place): string =>
  place.document.exactJson(writtenAt(place)) ?? JSON.stringify(place.value)

/** Where a value was written: the upgrade moves a schema's `example` into `examples`. */
function writtenAt({ document, tokens }: Place): string[] {
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

/** The example of a parameter or header, 3.x and (under `x-example`) 2.0. */
export function parameterExample(reading: Reading, place: Place): string | undefined {
  const first = members(at(place, 'examples'))[0]?.place
  const named = first === undefined ? undefined : deref(reading, first)
  const candidates = [
    named === undefined ? undefined : at(named, 'value'),
    at(place, 'example'),
    at(place, 'x-example'),
    elements(at(finalSchema(reading, at(place, 'schema')), 'examples'))[0],
  ]
  const shown = candidates.find((candidate) => candidate !== undefined && candidate.value !== undefined)
  if (shown === undefined) return undefined
  if (!Array.isArray(shown.value)) return plainText(shown)
  const separators: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|' }
  const separator = separators[String(member(place.value, 'style'))] ?? ','
  return elements(shown).map(plainText).join(separator)
}
