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
  /** The media types of all bodies, and maybe more, where they are known before every operation is read. */
  mediaTypes: Type.Optional(Type.Array(Type.String())),
  securitySchemes: Type.Record(Type.String(), SecurityScheme),
  /**
   * Documents into which schemas of the operations point with `$ref: "<id>#/..."`, by their `$id`.
   * Shared and possibly circular schemas stay in one place instead of being copied into each operation.
   */
  documents: Type.Record(Type.String(), Type.Unknown()),
  findings: Type.Array(Finding),
})
export type ApiDescription = Static<typeof ApiDescription>

/** The media types of all bodies, and maybe more, in lower case. */
export const mediaTypesOf = ({ mediaTypes, operations }: ApiDescription): Set<string> =>
  new Set(
    (mediaTypes ?? operations.flatMap(mediaTypesOfOperation)).map((mediaType) => mediaType.toLowerCase()),
  )

const mediaTypesOfOperation = ({ requestBody, responses }: Operation): string[] =>
  [...(requestBody ? [requestBody] : []), ...responses].flatMap(({ content }) =>
    content.map(({ mediaType }) => mediaType),
  )
