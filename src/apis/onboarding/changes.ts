import { type TObject, type TSchema, TypeGuard } from '@sinclair/typebox'
import type { MediaType, Operation } from '../../operation/operation.js'
import { SOURCE_KEYWORD } from '../../operation/source.js'

/** What is done to an operation that was read from a page. */
export type Change = (operation: Operation) => Operation

type ChangeSchema = (schema: TSchema) => TSchema

/** Changes the schema of a header. Throws where the page has no such header any more. */
export function inHeader(name: string, change: ChangeSchema): Change {
  const changed = once(change)
  return (operation) => {
    if (!operation.parameters.some((one) => one.in === 'header' && one.name === name))
      throw new TypeError(`${operation.operationId} has no header ${name}`)
    const parameters = operation.parameters.map((one) =>
      one.in === 'header' && one.name === name ? { ...one, schema: changed(one.schema) } : one,
    )
    return { ...operation, parameters }
  }
}

/** Changes the schema of the request's body, the same for each media type. */
export function inBody(change: ChangeSchema): Change {
  const changed = once(change)
  return (operation) => {
    const { requestBody } = operation
    if (requestBody === undefined) throw new TypeError(`${operation.operationId} has no body`)
    return {
      ...operation,
      requestBody: { ...requestBody, content: withSchemas(requestBody.content, changed) },
    }
  }
}

/** Changes the schema of the reply of a status. */
export function inReply(status: string, change: ChangeSchema): Change {
  const changed = once(change)
  return (operation) => ({
    ...operation,
    responses: operation.responses.map((one) =>
      one.status === status ? { ...one, content: withSchemas(one.content, changed) } : one,
    ),
  })
}

/** Gives an example of the replies another name. */
export const renameReply =
  (name: string, other: string): Change =>
  (operation) => ({
    ...operation,
    responses: operation.responses.map((response) => ({
      ...response,
      content: response.content.map((media) => ({
        ...media,
        examples: media.examples.map((one) => (one.name === name ? { ...one, name: other } : one)),
      })),
    })),
  })

/** Lets the request's body come as a further media type too, with the schema that it has. */
export const acceptAlso =
  (mediaType: string): Change =>
  (operation) => {
    const { requestBody } = operation
    const [first] = requestBody?.content ?? []
    if (requestBody === undefined || first === undefined)
      throw new TypeError(`${operation.operationId} has no body`)
    return {
      ...operation,
      requestBody: {
        ...requestBody,
        content: [...requestBody.content, { ...first, mediaType, examples: [] }],
      },
    }
  }

/** Changes a member of an object's schema. Throws where the page has no such member any more. */
export const member =
  (name: string, change: ChangeSchema): ChangeSchema =>
  (schema) => {
    const object = asObject(schema)
    const known = object.properties[name]
    if (known === undefined) throw new TypeError(`There is no member ${name}`)
    const properties = { ...object.properties, [name]: change(known) }
    return { ...object, properties }
  }

/** Several changes of one schema. */
export const all =
  (...changes: readonly ChangeSchema[]): ChangeSchema =>
  (schema) =>
    changes.reduce((changed, change) => change(changed), schema)

/** Keywords beside those that a schema has. */
export const also =
  (keywords: Readonly<Record<string, unknown>>): ChangeSchema =>
  (schema) => ({ ...schema, ...keywords })

/** Another type, with the description and place of the schema that was read. */
export const typed =
  (type: TSchema): ChangeSchema =>
  ({ description, [SOURCE_KEYWORD]: source }) => ({
    ...(description !== undefined && { description }),
    [SOURCE_KEYWORD]: source,
    ...type,
  })

function asObject(schema: TSchema): TObject {
  if (TypeGuard.IsObject(schema)) return schema
  throw new TypeError('A body is no object')
}

const withSchemas = (content: readonly MediaType[], change: ChangeSchema): MediaType[] =>
  content.map((media) => (media.schema === undefined ? media : { ...media, schema: change(media.schema) }))

/** Schemas that are one stay one, which is compiled once. */
function once(change: ChangeSchema): ChangeSchema {
  const known = new WeakMap<TSchema, TSchema>()
  return (schema) => {
    const changed = known.get(schema) ?? change(schema)
    known.set(schema, changed)
    return changed
  }
}
