import { type TSchema, Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import type { MediaType, RequestBody } from '../../operation/operation.js'
import { readContent, schemaMember } from './content.js'
import { exampleAt, schemaExamples } from './examples.js'
import { at, flagMember, member, members, type Place, sourceOf, textMember } from '../document/place.js'
import { deref, type Reading, schemaAt } from './reading.js'
import { styleOf } from './swagger2.js'

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'

/** The request body, 3.x. */
export function readRequestBody(reading: Reading, operation: Place): RequestBody | undefined {
  const written = at(operation, 'requestBody')
  const place = written.value === undefined ? undefined : deref(reading, written)
  if (place === undefined) return undefined
  return { ...factsOf(place), content: readContent(reading, at(place, 'content')), source: sourceOf(place) }
}

/** The request body, 2.0: the parameter in `body`, or all those in `formData`. */
export function readSwagger2Body(
  reading: Reading,
  parameters: readonly Place[],
  consumes: readonly string[],
): RequestBody | undefined {
  const body = parameters.find(({ value }) => member(value, 'in') === 'body')
  if (body !== undefined) {
    const types = consumes.length > 0 ? consumes : ['application/json']
    const content = types.map((mediaType): MediaType => {
      const given = members(at(body, 'x-examples')).filter(({ key }) => key === mediaType)
      const examples = given.flatMap(({ place }) =>
        exampleAt(reading, 'default', mediaType, place, at(body, 'schema')),
      )
      const shown = examples.length > 0 ? examples : schemaExamples(reading, mediaType, at(body, 'schema'))
      return { mediaType, ...schemaMember(reading, body), examples: shown }
    })
    return { ...factsOf(body), content, source: sourceOf(body) }
  }
  const fields = parameters.filter(({ value }) => member(value, 'in') === 'formData')
  return fields[0] === undefined ? undefined : formBody(reading, fields[0], fields, consumes)
}

function formBody(
  reading: Reading,
  first: Place,
  fields: readonly Place[],
  consumes: readonly string[],
): RequestBody {
  const properties: Record<string, TSchema> = {}
  const encoding: Record<string, unknown> = {}
  const required: string[] = []
  for (const field of fields) {
    const name = textMember(field.value, 'name') ?? ''
    const schema = schemaAt(reading, at(field, 'schema'))
    // Said outright. That false is the default too (2.0 "Parameter Object") few clients and servers know.
    const filled = flagMember(field.value, 'allowEmptyValue') === false
    properties[name] = filled ? Type.Unsafe({ allOf: [schema, { minLength: 1 }] }) : schema
    if (flagMember(field.value, 'required') === true) required.push(name)
    const style = isObject(field.value) ? styleOf(field.value) : {}
    if (style.style !== undefined) encoding[name] = style
  }
  const schema = Type.Unsafe({ type: 'object', properties, ...(required.length > 0 && { required }) })
  const forms = consumes.filter((type) => type === FORM || type === MULTIPART)
  const hasFile = fields.some(({ value }) => member(value, 'type') === 'file')
  const types = forms.length > 0 ? forms : [hasFile ? MULTIPART : FORM]
  const content = types.map((mediaType): MediaType => ({
    mediaType,
    schema,
    examples: [],
    ...(Object.keys(encoding).length > 0 && { encoding }),
  }))
  return { required: required.length > 0, content, source: sourceOf(first) }
}

function factsOf(place: Place): Pick<RequestBody, 'required' | 'description'> {
  const required = flagMember(place.value, 'required')
  const description = textMember(place.value, 'description')
  return { ...(required !== undefined && { required }), ...(description !== undefined && { description }) }
}
