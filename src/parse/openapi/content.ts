import { type TSchema, Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import type { MediaType, ResponseHeader } from '../../operation/operation.js'
import { parameterExample, readExamples } from './examples.js'
import { at, flagMember, members, type Place, textMember } from '../document/place.js'
import { deref, type Reading, schemaAt } from './reading.js'

/** A `content` map, 3.x. */
export function readContent(reading: Reading, content: Place): MediaType[] {
  return members(content).flatMap(({ key, place }) => {
    if (key.startsWith('x-')) return []
    const mediaType = isObject(place.value) ? deref(reading, place) : undefined
    if (mediaType === undefined) return [{ mediaType: key, examples: [] }]
    const encoding = at(mediaType, 'encoding').value
    return [
      {
        mediaType: key,
        ...schemaMember(reading, mediaType),
        examples: readExamples(reading, key, mediaType),
        ...(isObject(encoding) && { encoding }),
      },
    ]
  })
}

/** `schema` of what stands at a place, where it has one. */
export function schemaMember(reading: Reading, place: Place): { schema?: TSchema } {
  const schema = at(place, 'schema')
  const isSchema = isObject(schema.value) || typeof schema.value === 'boolean'
  return isSchema ? { schema: schemaAt(reading, schema) } : {}
}

/** Schema and, for a value that is itself a document, media type of a parameter or header. */
export function readValue(reading: Reading, place: Place): { schema: TSchema; mediaType?: string } {
  const [first] = members(at(place, 'content'))
  if (first === undefined) return { schema: schemaMember(reading, place).schema ?? Type.Unknown() }
  const mediaType = deref(reading, first.place)
  const schema = mediaType === undefined ? undefined : schemaMember(reading, mediaType).schema
  return { schema: schema ?? Type.Unknown(), mediaType: first.key }
}

export function readHeaders(reading: Reading, headers: Place): ResponseHeader[] {
  return members(headers).flatMap(({ key, place }) => {
    const header = deref(reading, place)
    // Its value is the media type of the content (3.1.1 section 4.8.17.1).
    if (header === undefined || key.toLowerCase() === 'content-type') return []
    const description = textMember(header.value, 'description')
    const required = flagMember(header.value, 'required')
    const example = parameterExample(reading, header)
    return [
      {
        name: key,
        ...(description !== undefined && { description }),
        ...(required !== undefined && { required }),
        schema: readValue(reading, header).schema,
        ...(example !== undefined && { example }),
      },
    ]
  })
}
