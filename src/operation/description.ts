import { type Static, Type } from '@sinclair/typebox'
import { Finding } from './finding.js'
import { Operation } from './operation.js'
import { SourceLocation } from './source.js'

/** How a credential is sent, as in OpenAPI's Security Scheme Object (section 4.8.27). */
export const SecurityScheme = Type.Object({
  type: Type.Union(
    (['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] as const).map((name) => Type.Literal(name)),
  ),
  /** apiKey: where, and under which name. */
  in: Type.Optional(Type.Union([Type.Literal('header'), Type.Literal('query'), Type.Literal('cookie')])),
  name: Type.Optional(Type.String()),
  /** http: `basic`, `bearer`, `digest`, ... in lower case. */
  scheme: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  /** Everything else that an OpenAPI document says of the scheme (flows, URLs), kept for `emit`. */
  rest: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  source: Type.Optional(SourceLocation),
})
export type SecurityScheme = Static<typeof SecurityScheme>

/** What one or several sources together say of an API. */
export const ApiDescription = Type.Object({
  title: Type.String(),
  version: Type.Optional(Type.String()),
  summary: Type.Optional(Type.String()),
  operations: Type.Array(Operation),
  securitySchemes: Type.Record(Type.String(), SecurityScheme),
  /**
   * Documents into which schemas of the operations point with `$ref: "<id>#/..."`, by their `$id`.
   * Shared and possibly circular schemas stay in one place instead of being copied into each operation.
   */
  documents: Type.Record(Type.String(), Type.Unknown()),
  findings: Type.Array(Finding),
})
export type ApiDescription = Static<typeof ApiDescription>

/** The media types of all bodies, in lower case. */
export const mediaTypesOf = ({ operations }: ApiDescription): Set<string> =>
  new Set(
    operations.flatMap(({ requestBody, responses }) =>
      [...(requestBody ? [requestBody] : []), ...responses].flatMap(({ content }) =>
        content.map(({ mediaType }) => mediaType.toLowerCase()),
      ),
    ),
  )
