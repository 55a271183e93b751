import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { SourceLocation } from './source.js'

/**
 * The only model: what a description says of one operation, whatever it was written in.
 * The words are OpenAPI's (https://spec.openapis.org/oas/v3.1.1). Optional members are those that
 * a description may leave out; nothing is filled in that it does not say.
 */

/** A JSON Schema made with TypeBox, or one read from a document and wrapped with `Type.Unsafe`. */
const Schema = Type.Unsafe<TSchema>(Type.Union([Type.Object({}), Type.Boolean()]))

export const Method = Type.Union(
  (['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'QUERY'] as const).map((name) =>
    Type.Literal(name),
  ),
)
export type Method = Static<typeof Method>

/** One step that made an unreadable sample readable, such as `trailing-comma`. */
export const Repair = Type.Object({ kind: Type.String(), message: Type.String(), source: SourceLocation })
export type Repair = Static<typeof Repair>

/**
 * Where an example comes from: as the docs show it; what the API itself sent, recorded by the proxy;
 * mended from what the docs show; text that is kept as it is; made from the schema; or put there by a
 * person or a program through the store.
 */
export const ExampleOrigin = Type.Union(
  (['documented', 'recorded', 'repaired', 'text', 'generated', 'edited'] as const).map((name) =>
    Type.Literal(name),
  ),
)
export type ExampleOrigin = Static<typeof ExampleOrigin>

/** Name of an example that is the only one and has no name of its own. */
export const ONLY_EXAMPLE = 'default'

export const Example = Type.Object({
  name: Type.String(),
  summary: Type.Optional(Type.String()),
  mediaType: Type.String(),
  /**
   * The exact body: for JSON media types strict JSON text, else the text itself. Text and not a
   * value, because `14.0` and integers past 2^53 would not survive as JavaScript numbers.
   */
  text: Type.String(),
  /** `base64` when `text` stands for bytes. */
  encoding: Type.Optional(Type.Literal('base64')),
  origin: ExampleOrigin,
  repairs: Type.Array(Repair),
  source: SourceLocation,
})
export type Example = Static<typeof Example>

export const ParameterPlace = Type.Union(
  (['path', 'query', 'header', 'cookie', 'body'] as const).map((name) => Type.Literal(name)),
)
export type ParameterPlace = Static<typeof ParameterPlace>

/** `in: body` rows are the members of a body as a docs table lists them, by the page's own names (`pool.id`). */
export const Parameter = Type.Object({
  in: ParameterPlace,
  name: Type.String(),
  /** Absent where the description does not say. */
  required: Type.Optional(Type.Boolean()),
  description: Type.Optional(Type.String()),
  deprecated: Type.Optional(Type.Boolean()),
  /** The type as the page words it, such as `List<String>`. */
  typeText: Type.Optional(Type.String()),
  schema: Schema,
  /** Serialisation, OpenAPI 3.1 section 4.8.12.3; absent means the default of the place. */
  style: Type.Optional(Type.String()),
  explode: Type.Optional(Type.Boolean()),
  allowReserved: Type.Optional(Type.Boolean()),
  allowEmptyValue: Type.Optional(Type.Boolean()),
  /** Set when the value is itself a document of this media type (OpenAPI's `content`). */
  mediaType: Type.Optional(Type.String()),
  /** The value is the whole query string, a document of `mediaType` (3.2's `in: querystring`). */
  wholeQuery: Type.Optional(Type.Boolean()),
  /** A value as it would stand in the message, before any encoding. */
  example: Type.Optional(Type.String()),
  source: SourceLocation,
})
export type Parameter = Static<typeof Parameter>

export const MediaType = Type.Object({
  /** As documented, parameters included; may be a range such as `text/*` in a request body. */
  mediaType: Type.String(),
  schema: Type.Optional(Schema),
  examples: Type.Array(Example),
  /** OpenAPI's `encoding` of form and multipart members, as written. */
  encoding: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type MediaType = Static<typeof MediaType>

export const RequestBody = Type.Object({
  required: Type.Optional(Type.Boolean()),
  description: Type.Optional(Type.String()),
  content: Type.Array(MediaType),
  /** The rows of the page's table, where a page has one; schemas are made from them. */
  parameters: Type.Optional(Type.Array(Parameter)),
  source: SourceLocation,
})
export type RequestBody = Static<typeof RequestBody>

export const ResponseHeader = Type.Object({
  name: Type.String(),
  description: Type.Optional(Type.String()),
  required: Type.Optional(Type.Boolean()),
  schema: Schema,
  example: Type.Optional(Type.String()),
})
export type ResponseHeader = Static<typeof ResponseHeader>

export const Response = Type.Object({
  /** `200`, a range such as `4XX`, or `default`. */
  status: Type.String({ pattern: '^([1-5][0-9][0-9]|[1-5]XX|default)$' }),
  description: Type.Optional(Type.String()),
  headers: Type.Array(ResponseHeader),
  content: Type.Array(MediaType),
  /**
   * Why the description does not say what the body is (only a placeholder, say). Such a body is
   * still answered, from the documented envelope and marked, but no contract asserts it.
   */
  undocumentedBody: Type.Optional(Type.String()),
  source: SourceLocation,
})
export type Response = Static<typeof Response>

/** A row of a result-code table: the API's own code inside a reply, not the HTTP status. */
export const ResultCode = Type.Object({
  code: Type.String(),
  description: Type.Optional(Type.String()),
  source: SourceLocation,
})
export type ResultCode = Static<typeof ResultCode>

export const Link = Type.Object({ text: Type.String(), href: Type.String(), source: SourceLocation })
export type Link = Static<typeof Link>

/**
 * A curl command as a page prints it. Nothing is expanded: `$TOKEN` and `{{host}}` stay as written,
 * but for the address, which is also given taken apart.
 */
export const CurlSample = Type.Object({
  method: Type.String(),
  /** As printed. */
  url: Type.String(),
  /** Everything after the host, without the query; its placeholders in OpenAPI form (`/users/{id}`, `/users/7`). */
  path: Type.String(),
  /** In order; no value where the page prints a placeholder. */
  query: Type.Array(Type.Object({ name: Type.String(), value: Type.Optional(Type.String()) })),
  headers: Type.Array(Type.Object({ name: Type.String(), value: Type.String(), source: SourceLocation })),
  body: Type.Optional(Type.Object({ text: Type.String(), source: SourceLocation })),
  /** The body's lines are the parts of a form (`-F`), as `name=value`. */
  multipart: Type.Optional(Type.Literal(true)),
  source: SourceLocation,
})
export type CurlSample = Static<typeof CurlSample>

/** A request that the docs show together with its reply, by what tells it from other requests to its operation. */
export const Exchange = Type.Object({
  /** Decoded values of the path's parameters by position; null where the docs leave one open. */
  path: Type.Array(Type.Union([Type.String(), Type.Null()])),
  /** Decoded values of query parameters. */
  query: Type.Record(Type.String(), Type.String()),
  /** As responses have it. */
  status: Type.String(),
  /** Where the example of the reply is written, which no merging changes; absent for a reply without a body. */
  example: Type.Optional(SourceLocation),
  /** Name of that example, which tells it from others on the same line. */
  name: Type.Optional(Type.String()),
})
export type Exchange = Static<typeof Exchange>

/** Alternatives; each maps security scheme names, all of which must be met, to their scopes. `{}` means none. */
export const SecurityRequirements = Type.Array(Type.Record(Type.String(), Type.Array(Type.String())))
export type SecurityRequirements = Static<typeof SecurityRequirements>

export const Operation = Type.Object({
  operationId: Type.String(),
  method: Method,
  /** Everything after the host, base path included, in OpenAPI form: `/users/{id}`. */
  path: Type.String({ pattern: '^/' }),
  summary: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  deprecated: Type.Optional(Type.Boolean()),
  tags: Type.Optional(Type.Array(Type.String())),
  /** Path, query, header and cookie parameters; body members stand in `requestBody.parameters`. */
  parameters: Type.Array(Parameter),
  requestBody: Type.Optional(RequestBody),
  responses: Type.Array(Response),
  security: Type.Optional(SecurityRequirements),
  /** Requests that the docs show with their replies, where path or query tell them apart. */
  exchanges: Type.Optional(Type.Array(Exchange)),
  resultCodes: Type.Array(ResultCode),
  links: Type.Array(Link),
  /** The curl commands that pages print for it; other kinds of description have none. */
  curls: Type.Optional(Type.Array(CurlSample)),
  /** Where it is defined, and every place that documents it (the first included). */
  source: SourceLocation,
  sources: Type.Array(SourceLocation),
})
export type Operation = Static<typeof Operation>
