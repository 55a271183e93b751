import { isObject } from '../operation/json-object.js'
import { toPlain } from '../operation/json.js'
import { isJson, isXml } from '../operation/media-type.js'
import type { MediaType, Operation } from '../operation/operation.js'
import { writeXml } from '../respond/bodies/write-xml.js'
import { generate } from '../respond/generate.js'
import { bundleSchema } from './bundle.js'
import { schemaFor } from './direction.js'
import { compileMatchers } from './matchers.js'
import { type Form, formOf, readForm } from './request-form.js'
import { schemaValidator } from './schema-validator.js'
import { parsed } from './value.js'

type Documents = Readonly<Record<string, unknown>>

export interface RequestContent {
  readonly mediaType: string
  /** Undefined where the content is text. */
  readonly value?: unknown
  readonly text?: string
  /** Of what is sent, without members that are only received. */
  readonly schema?: unknown
  /** Set where the value is written as a form. */
  readonly form?: Form
}

/** One content for each documented media type; a type without an example of its own shows another's value. */
export function contentsOf(operation: Operation, documents: Documents): RequestContent[] {
  const content = (operation.requestBody?.content ?? []).filter(({ mediaType }) => !mediaType.includes('*'))
  const own = content.map((media) => shownContent(media, documents))
  const value = own.find((one) => one?.value !== undefined)?.value
  return content.map((media, index) => {
    const shown = own[index]
    if (shown) return shown
    if (value === undefined || isXml(media.mediaType)) return madeContent(media, documents)
    return valueContent(media, value, documents)
  })
}

const RANK = ['documented', 'edited', 'recorded', 'text', 'repaired', 'generated']

/** The best example of a media type: as the docs show it before a repaired one before a generated one. */
export function exampleOf({ examples }: MediaType): string | undefined {
  return examples
    .filter(({ encoding }) => encoding === undefined)
    .toSorted((a, b) => RANK.indexOf(a.origin) - RANK.indexOf(b.origin))[0]?.text
}

/** What the docs show of a media type; undefined where they show nothing that can be sent. */
function shownContent(media: MediaType, documents: Documents): RequestContent | undefined {
  const { mediaType } = media
  const text = exampleOf(media)
  const form = formOf(media, documents)
  const value = parsed(text) ?? (form && text !== undefined ? readForm(text, media, documents) : undefined)
  if (isObject(value) || Array.isArray(value) || (value !== undefined && isJson(mediaType)))
    return valueContent(media, value, documents)
  // A multipart body is shown without the boundary that it needs.
  return text === undefined || mediaType.startsWith('multipart/') ? undefined : { mediaType, text }
}

function valueContent(media: MediaType, value: unknown, documents: Documents): RequestContent {
  const form = formOf(media, documents)
  return {
    mediaType: media.mediaType,
    value,
    ...(media.schema ? { schema: sentSchema(media.schema, documents) } : {}),
    ...(form ? { form } : {}),
  }
}

function madeContent(media: MediaType, documents: Documents): RequestContent {
  const { mediaType, schema } = media
  if (!schema) return { mediaType, text: '' }
  const made = sentExample(schema, documents)
  if (isXml(mediaType)) return { mediaType, text: writeXml(toPlain(made), schema, (id) => documents[id]) }
  if (isJson(mediaType) || isObject(made)) return valueContent(media, made, documents)
  return { mediaType, text: String(made) }
}

/** A plain value that the schema allows to be sent; a made-up one where nothing plain will do. */
export function sentExample(schema: unknown, documents: Documents): unknown {
  const { example } = compileMatchers(schema, { documents, direction: 'request' })
  const sent = sentSchema(schema, documents)
  if (schemaValidator(sent, documents)(toPlain(example)).length === 0) return example
  const made = generate(isObject(sent) ? sent : true, {
    resolve: (id) => documents[id],
    direction: 'request',
    validate: (value) =>
      schemaValidator(
        sent,
        documents,
      )(value).map(({ instancePath, keyword, message = keyword }) => ({
        pointer: instancePath,
        keyword,
        message,
      })),
  })
  return made.valid ? made.value : example
}

const sentSchemas = new WeakMap<object, unknown>()

/** Members that are only received are not missed in what is sent. */
function sentSchema(schema: unknown, documents: Documents): unknown {
  if (!isObject(schema)) return schema
  const known = sentSchemas.get(schema)
  if (known !== undefined) return known
  const bundled = bundleSchema(schema, documents)
  const sent = schemaFor('request', bundled)
  const found = sent === bundled ? schema : sent
  sentSchemas.set(schema, found)
  return found
}
