import { isObject } from '../../operation/json-object.js'
import { essenceOf } from '../../operation/media-type.js'
import type { Parameter } from '../../operation/operation.js'
import { at, flagMember, member, members, type Place, sourceOf, textMember } from '../document/place.js'
import { parameterExample } from './examples.js'
import { plainText } from './example-text.js'
import { readValue } from './content.js'
import { deref, finalSchema, type Reading, schemaAt } from './reading.js'

const FORM = 'application/x-www-form-urlencoded'

/** Keywords of an object of which each member stands for itself. */
const PLAIN = new Set(['type', 'properties', 'required', 'title', 'description', 'example', 'examples'])

/**
 * A parameter in `querystring` (OpenAPI 3.2 section 4.12.1), which stands for the whole query. A form whose
 * members stand for themselves is what earlier versions write as query parameters, and is read as those;
 * another form is an object that is taken apart, and any other media type a document of its own.
 */
export function readQuerystring(reading: Reading, place: Place): Parameter[] {
  const { value } = place
  const [content] = members(at(place, 'content'))
  const mediaType = content && deref(reading, content.place)
  if (content === undefined || mediaType === undefined) {
    const message = 'A parameter in "querystring" needs "content" with a media type; this one is left out.'
    reading.report('invalid-parameter', 'error', message, place)
    return []
  }
  const isForm = essenceOf(content.key) === FORM
  const schema = finalSchema(reading, at(mediaType, 'schema'))
  const isPlain = isObject(schema.value) && Object.keys(schema.value).every((key) => PLAIN.has(key))
  const required = flagMember(value, 'required') === true
  const fields = members(at(schema, 'properties'))
  if (isForm && isPlain && fields.length > 0)
    return fields.map(({ key, place: field }) =>
      memberOf(reading, key, field, { mediaType, schema, required }),
    )
  const description = textMember(value, 'description')
  const example = parameterExample(reading, place) ?? shownIn(reading, mediaType).map(plainText)[0]
  const { schema: read } = readValue(reading, place)
  return [
    {
      in: 'query',
      name: textMember(value, 'name') ?? 'query',
      ...(required && { required }),
      ...(description !== undefined && { description }),
      schema: read,
      ...(isForm ? { style: 'form', explode: true } : { mediaType: content.key, wholeQuery: true }),
      ...(example !== undefined && !isForm && { example }),
      source: sourceOf(place),
    },
  ]
}

interface Around {
  readonly mediaType: Place
  readonly schema: Place
  readonly required: boolean
}

function memberOf(
  reading: Reading,
  name: string,
  field: Place,
  { mediaType, schema, required }: Around,
): Parameter {
  const encoding = at(at(mediaType, 'encoding'), name).value
  const style = textMember(encoding, 'style')
  const explode = flagMember(encoding, 'explode')
  const { value } = finalSchema(reading, field)
  // OpenAPI 3.1 section 4.8.15.1: an object is JSON where nothing else is said.
  const isJson = style === undefined && member(value, 'type') === 'object'
  const description = textMember(value, 'description')
  const [shown] = shownIn(reading, mediaType).map((place) => at(place, name))
  const needed = member(schema.value, 'required')
  return {
    in: 'query',
    name,
    required: required && Array.isArray(needed) && needed.includes(name),
    ...(description !== undefined && { description }),
    schema: schemaAt(reading, field),
    ...(isJson && { mediaType: textMember(encoding, 'contentType') ?? 'application/json' }),
    ...(style !== undefined && { style }),
    ...(explode !== undefined && { explode }),
    ...(shown?.value !== undefined && !Array.isArray(shown.value) && { example: plainText(shown) }),
    source: sourceOf(field),
  }
}

/** The values that a media type shows. */
function shownIn(reading: Reading, mediaType: Place): Place[] {
  const named = members(at(mediaType, 'examples')).flatMap(({ place }) => {
    const example = deref(reading, place)
    return example === undefined ? [] : [at(example, 'dataValue'), at(example, 'value')]
  })
  return [...named, at(mediaType, 'example')].filter(({ value }) => value !== undefined)
}
