import { type TObject, type TSchema, type TUnsafe, Type } from '@sinclair/typebox'
import { isObject } from './json-object.js'
import type { Link, MediaType, Operation, Parameter, RequestBody, Response } from './operation.js'
import { formatSource, parseSource, SOURCE_KEYWORD, type SourceLocation } from './source.js'

export type { Finding } from './finding.js'

/**
 * Short words for modules that write an operation down as TypeBox schemas. A description and its
 * place stand in the schema alone; parameters and body rows are read off it, never typed again.
 */

/** What the page of one operation states, and where. */
export interface Page {
  /** A place on the page; lines count from 1. */
  readonly source: (line: number) => SourceLocation
  /** The same as a schema option: `Type.String({ ...at(12) })`. */
  readonly at: (line: number) => { readonly [SOURCE_KEYWORD]: string }
  readonly link: (line: number, text: string, href: string) => Link
  /** A response of which the page shows nothing but a placeholder, and in what words that is said. */
  readonly placeholder: (line: number, status: string, description: string, reason?: string) => Response
}

/** @param file the page, relative to the working directory that its locations are shown for */
export function describePage(file: string): Page {
  const source = (line: number): SourceLocation => ({ file, line })
  return {
    source,
    at: (line) => ({ [SOURCE_KEYWORD]: formatSource(source(line)) }),
    link: (line, text, href) => ({ text, href, source: source(line) }),
    placeholder: (line, status, description, reason = 'only a placeholder is shown in place of a body') => ({
      status,
      description,
      headers: [],
      content: [],
      undocumentedBody: reason,
      source: source(line),
    }),
  }
}

/** Where a schema says that it is documented. Throws where it does not: every fact has an origin. */
export function sourceOf(schema: TSchema): SourceLocation {
  const text: unknown = schema[SOURCE_KEYWORD]
  const source = typeof text === 'string' ? parseSource(text) : undefined
  if (!source)
    throw new TypeError(`A schema has no ${SOURCE_KEYWORD}: ${JSON.stringify(schema).slice(0, 200)}`)
  return source
}

/** What a schema cannot carry, or says otherwise than the parameter. */
type ParameterFacts = Partial<Omit<Parameter, 'in' | 'name' | 'schema' | 'description'>> & {
  /** `undefined` where the parameter has none, though its schema has. */
  readonly description?: string | undefined
}

/** A parameter with the description and place of its schema, where `facts` do not give others. */
export function parameter(
  place: Parameter['in'],
  name: string,
  schema: TSchema,
  facts: ParameterFacts = {},
): Parameter {
  const { description, source, ...rest } = { description: schema.description, ...facts }
  return {
    in: place,
    name,
    ...(description === undefined ? {} : { description }),
    ...rest,
    schema,
    source: source ?? sourceOf(schema),
  }
}

export const header = (name: string, schema: TSchema, facts?: ParameterFacts): Parameter =>
  parameter('header', name, schema, facts)

/**
 * A row of the page's table that is a member of the body: its description and place are the member's.
 * @param schema what the row alone says of the type, where the body's schema says more or else
 */
export function member<Body extends TObject>(
  body: Body,
  name: keyof Body['properties'] & string,
  schema: TSchema | undefined,
  facts: ParameterFacts = {},
): Parameter {
  const documented: TSchema | undefined = body.properties[name]
  if (!documented) throw new TypeError(`The body has no member ${name}`)
  return parameter('body', name, schema ?? documented, {
    description: documented.description,
    source: sourceOf(documented),
    ...facts,
  })
}

/**
 * A required body that is the same JSON under each media type.
 * @param types the page's own type words, by member, where it has any
 */
export function jsonBody<Body extends TObject>(
  schema: Body,
  mediaTypes: readonly string[],
  types: { readonly [Member in keyof Body['properties']]?: string } = {},
): RequestBody {
  const required = new Set<string>(schema.required)
  return {
    required: true,
    content: mediaTypes.map((mediaType) => ({ mediaType, schema, examples: [] })),
    parameters: Object.entries<TSchema>(schema.properties).map(([name, member]) => {
      const typeText = types[name]
      return parameter('body', name, member, {
        required: required.has(name),
        ...(typeText === undefined ? {} : { typeText }),
      })
    }),
    source: sourceOf(schema),
  }
}

/** A body in one media type. Its examples stand in a file of their own, see withExamples. */
export const media = (
  mediaType: string,
  schema?: TSchema,
  encoding?: NonNullable<MediaType['encoding']>,
): MediaType => ({
  mediaType,
  ...(schema === undefined ? {} : { schema }),
  examples: [],
  ...(encoding === undefined ? {} : { encoding }),
})

/** A response with a JSON body, documented where its schema is. */
export const jsonResponse = (status: string, description: string, schema: TSchema): Response => ({
  status,
  description,
  headers: [],
  content: [{ mediaType: 'application/json', schema, examples: [] }],
  source: sourceOf(schema),
})

/** An operation; lists that its page does not have are empty, and it is documented where it is defined. */
export const operation = (
  facts: Omit<Operation, 'resultCodes' | 'links' | 'sources'> &
    Partial<Pick<Operation, 'resultCodes' | 'links' | 'sources'>>,
): Operation => ({ resultCodes: [], links: [], sources: [facts.source], ...facts })

/**
 * What holds under a condition: JSON Schema's `if` and `then` (draft 2020-12, section 10.2.2.1), as
 * options of a schema. Through entries, since an object literal with `then` reads like a promise.
 */
export const implies = (condition: object, consequence: object): Record<string, unknown> =>
  Object.fromEntries(
    new Map([
      ['if', condition],
      ['then', consequence],
    ]),
  )

/** References into one of the documents that operations share schemas of, by its id. */
export interface SchemaDocument {
  readonly id: string
  /** A reference to the schema at a JSON pointer (RFC 6901, as it stands in a URI), with its type. */
  readonly ref: <Value>(pointer: string) => TUnsafe<Value>
}

export const describeDocument = (id: string): SchemaDocument => ({
  id,
  ref: <Value>(pointer: string) => Type.Unsafe<Value>({ $ref: `${id}#${pointer}` }),
})

/**
 * A JSON Schema as it stands, for one that TypeBox has no words for: `true` and `false`, or one with
 * keywords that are not what they should be. Its type is unknown.
 */
export function asSchema(schema: unknown): TSchema {
  if (isSchema(schema)) return schema
  throw new TypeError(`Not a JSON Schema: ${JSON.stringify(schema)}`)
}

const isSchema = (value: unknown): value is TSchema => typeof value === 'boolean' || isObject(value)
