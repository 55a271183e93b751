import { isObject } from '../../operation/json-object.js'
import { parseExact } from '../../operation/json.js'
import { essenceOf, isXml } from '../../operation/media-type.js'
import { type Example, ONLY_EXAMPLE } from '../../operation/operation.js'
import { writeXml } from '../../respond/bodies/write-xml.js'
import { at, elements, member, members, type Place, textMember } from '../document/place.js'
import { shownAt } from './example-refs.js'
import { bodyText, isJsonLike, jsonText, plainText, writtenAt } from './example-text.js'
import { deref, finalSchema, type Reading, schemaAt } from './reading.js'

/**
 * Examples of a media type object, 3.x: those under `examples`, else the one under `example`, else those
 * that its schema shows.
 */
export function readExamples(reading: Reading, mediaType: string, place: Place): Example[] {
  const schema = at(place, 'schema')
  const named = members(at(place, 'examples')).flatMap(({ key, place: entry }) => {
    const example = deref(reading, entry)
    return example === undefined ? [] : namedExample(reading, key, mediaType, example, schema)
  })
  if (named.length > 0) return named
  const only = at(place, 'example')
  if (only.value !== undefined) return exampleAt(reading, ONLY_EXAMPLE, mediaType, only, schema)
  return schemaExamples(reading, mediaType, schema)
}

/** An Example Object. 3.2 writes the value as `dataValue`, or as `serializedValue` the way it is sent. */
function namedExample(
  reading: Reading,
  name: string,
  mediaType: string,
  place: Place,
  schema: Place,
): Example[] {
  const summary = textMember(place.value, 'summary')
  const sent = at(place, 'serializedValue')
  if (typeof sent.value === 'string') {
    return [{ ...exampleOf(name, mediaType, sent.value, sent), ...(summary !== undefined && { summary }) }]
  }
  const key = ['value', 'dataValue'].find((key) => isObject(place.value) && Object.hasOwn(place.value, key))
  if (key !== undefined) {
    const shown = exampleAt(reading, name, mediaType, at(place, key), schema)
    return shown.map((example) => ({ ...example, ...(summary !== undefined && { summary }) }))
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
  return elements(at(schema, 'examples')).flatMap((shown, index) => {
    const name = index === 0 ? ONLY_EXAMPLE : `${ONLY_EXAMPLE}-${index + 1}`
    // It is written for all media types alike; that it does not fit one of them is no mistake.
    const text = textOf(reading, mediaType, shown, schema)
    return text === undefined ? [] : [exampleOf(name, mediaType, text, shown)]
  })
}

/** The value at a place as a body of a media type. None, and reported, where it has no such form. */
export function exampleAt(
  reading: Reading,
  name: string,
  mediaType: string,
  place: Place,
  schema: Place,
): Example[] {
  const shown = shownAt(reading, place)
  const text = textOf(reading, mediaType, shown, schema)
  if (text !== undefined) return [exampleOf(name, mediaType, text, shown)]
  const message = `The example "${name}" is structured data, whose form as ${mediaType} is not known. Write it as text.`
  reading.report('example-form-unknown', 'info', message, place)
  return []
}

function textOf(reading: Reading, mediaType: string, place: Place, schema: Place): string | undefined {
  const form = isString(reading, schema) ? 'string' : isJsonLike(mediaType) ? 'json' : ''
  // Which element is called how is the schema's business, which several may share an example.
  const by = isXml(mediaType) ? schema.pointer : ''
  const key = `${form} ${by} ${essenceOf(mediaType)} ${place.document.path} ${place.pointer}`
  const text =
    reading.texts.get(key) ??
    bodyText(mediaType, place, form === 'string') ??
    xmlText(reading, mediaType, place, schema)
  if (text !== undefined) reading.texts.set(key, text)
  return text
}

/** Structured data, written as the schema's `xml` keywords say. */
function xmlText(reading: Reading, mediaType: string, place: Place, schema: Place): string | undefined {
  if (!isXml(mediaType)) return undefined
  const written = schema.value === undefined ? true : schemaAt(reading, schema)
  const documents = [...reading.resolver.documents.values()]
  const resolve = (id: string) => documents.find((document) => document.id === id)?.value
  return writeXml(parseExact(jsonText(place)), written, resolve)
}

function isString(reading: Reading, schema: Place): boolean {
  const type = isObject(schema.value) ? member(finalSchema(reading, schema).value, 'type') : undefined
  return Array.isArray(type) ? type.includes('string') : type === 'string'
}

const exampleOf = (name: string, mediaType: string, text: string, place: Place): Example => ({
  name,
  mediaType,
  text,
  origin: 'documented',
  repairs: [],
  source: place.document.locate(writtenAt(place)),
})

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
