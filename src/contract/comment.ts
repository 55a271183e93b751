import { type Static, Type } from '@sinclair/typebox'
import { SourceLocation } from '../operation/source.js'
import { Unsupported } from './unsupported.js'

/**
 * What an interaction says about itself under `comments.standin`. It is all that verifying needs of
 * the documentation: where a fact stands, and the schema that says what Pact's matchers cannot.
 */
export const InteractionComment = Type.Object({
  operationId: Type.String(),
  method: Type.String(),
  /** The path as documented, `/users/{id}`. */
  path: Type.String(),
  /** Where the operation is documented. */
  source: SourceLocation,
  /** Where the expected response is; absent where only the class of the status is expected. */
  response: Type.Optional(SourceLocation),
  /** The documented status, or `4XX` where the docs give none for this request. */
  status: Type.String(),
  /** Names that the provider state must return a value for; without one the example would be sent. */
  stateValues: Type.Array(Type.String()),
  mediaType: Type.Optional(Type.String()),
  /** The schema of the response body, with all that it refers to. */
  schema: Type.Optional(Type.Unknown()),
  /** The key of the interaction that carries the same schema. */
  schemaOf: Type.Optional(Type.String()),
  unsupported: Type.Array(Unsupported),
})
export type InteractionComment = Static<typeof InteractionComment>
