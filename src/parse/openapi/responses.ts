import { isObject } from '../../operation/json-object.js'
import { isJson } from '../../operation/media-type.js'
import { type MediaType, ONLY_EXAMPLE, type Response } from '../../operation/operation.js'
import { readContent, readHeaders, schemaMember } from './content.js'
import { exampleAt, schemaExamples } from './examples.js'
import { at, members, type Place, sourceOf, textMember } from '../document/place.js'
import { deref, type Reading } from './reading.js'

/** Responses of an operation, in the order of the text. `produces` counts in 2.0 only. */
export function readResponses(reading: Reading, operation: Place, produces: readonly string[]): Response[] {
  const responses = at(operation, 'responses')
  if (!isObject(responses.value) || Object.keys(responses.value).length === 0) {
    reading.report('no-responses', 'warning', 'The operation describes no responses.', operation)
  }
  return members(responses).flatMap(({ key, place }) => {
    if (key.startsWith('x-')) return []
    const status = statusOf(key)
    if (status === undefined) {
      const message = `"${key}" is no status: write 200, a range such as 4XX, or default.`
      reading.report('invalid-status', 'error', message, place)
      return []
    }
    const response = deref(reading, place)
    return response === undefined ? [] : [readResponse(reading, status, response, produces)]
  })
}

function statusOf(key: string): string | undefined {
  if (/^[1-5]\d\d$/.test(key)) return key
  if (/^[1-5]xx$/i.test(key)) return key.toUpperCase()
  return key.toLowerCase() === 'default' ? 'default' : undefined
}

function readResponse(reading: Reading, status: string, place: Place, produces: readonly string[]): Response {
  const description = textMember(place.value, 'description')
  return {
    status,
    ...(description !== undefined && description !== '' && { description }),
    headers: readHeaders(reading, at(place, 'headers')),
    content:
      reading.dialect === '2.0'
        ? contentOfSwagger2(reading, place, produces)
        : readContent(reading, at(place, 'content')),
    source: sourceOf(place),
  }
}

/** 2.0 gives one schema, the media types elsewhere (`produces`), and examples by media type. */
function contentOfSwagger2(reading: Reading, response: Place, produces: readonly string[]): MediaType[] {
  const schema = schemaMember(reading, response)
  const types = produces.length > 0 ? produces : ['application/json']
  const given = members(at(response, 'examples'))
  const examples = given.flatMap(({ key, place }) => {
    // Names in place of media types, which 2.0 does not know but authors write.
    const isNamed = !key.includes('/')
    const mediaType = isNamed ? (types.find(isJson) ?? types[0] ?? 'application/json') : key
    return exampleAt(reading, isNamed ? key : ONLY_EXAMPLE, mediaType, place, at(response, 'schema'))
  })
  const mediaTypes = new Set(examples.map(({ mediaType }) => mediaType))
  if (schema.schema !== undefined) for (const type of types) mediaTypes.add(type)
  return [...mediaTypes].map((mediaType) => {
    const own = examples.filter((example) => example.mediaType === mediaType)
    const shown = own.length > 0 ? own : schemaExamples(reading, mediaType, at(response, 'schema'))
    return { mediaType, ...schema, examples: shown }
  })
}
