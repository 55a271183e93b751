import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseExact, stringifyExact } from './json.js'
import { once } from './once.js'
import { type Example, ExampleOrigin, type MediaType, type Operation } from './operation.js'
import { formatSource, parseSource, type SourceLocation } from './source.js'

/** `fixtures/onboarding/login-api.md:56`, one string so that editors make it a link. */
const Place = Type.String({ pattern: ':[1-9][0-9]*$' })

/** One example as a person reads and edits it: a `value` where the body is JSON, else a `text`; its origin beside it. */
export const ExampleEntry = Type.Object(
  {
    mediaType: Type.String(),
    /** Where the key cannot be the example's name, since another media type has an example of that name. */
    name: Type.Optional(Type.String()),
    summary: Type.Optional(Type.String()),
    /** Where the docs show it; an example that was added has no such place. */
    source: Type.Optional(Place),
    origin: Type.Optional(ExampleOrigin),
    repairs: Type.Optional(
      Type.Array(Type.Object({ kind: Type.String(), message: Type.String(), source: Place })),
    ),
    /** Any JSON value; numbers keep their digits. */
    value: Type.Optional(Type.Unknown()),
    /** The exact text; for JSON too, where the text itself matters. */
    text: Type.Optional(Type.String()),
    /** `base64` when `text` stands for bytes. */
    encoding: Type.Optional(Type.Literal('base64')),
  },
  { additionalProperties: false },
)
export type ExampleEntry = Static<typeof ExampleEntry>

/** Examples by operation id, then by status or `request`, then by name; the first name is the preferred one. */
export const ExamplesFile = Type.Record(
  Type.String(),
  Type.Record(
    Type.String({ pattern: '^([1-5][0-9][0-9]|[1-5]XX|default|request)$' }),
    Type.Record(Type.String(), ExampleEntry),
    { additionalProperties: false },
  ),
)
export type ExamplesFile = Static<typeof ExamplesFile>

/** Reads such a file. Throws SyntaxError, TypeError or TypeBox's AssertError on text that is not one. */
export function parseExamples(text: string): ExamplesFile {
  const value = parseExact(text)
  Value.Assert(ExamplesFile, value)
  for (const [operationId, statuses] of Object.entries(value)) {
    for (const [status, examples] of Object.entries(statuses)) {
      for (const [name, example] of Object.entries(examples)) {
        if (example.value === undefined && example.text === undefined)
          throw new TypeError(`/${operationId}/${status}/${name} has neither a value nor a text`)
      }
    }
  }
  return value
}

/** The operation with its examples of the file in place, by media type. */
export function withExamples(operation: Operation, file: ExamplesFile): Operation {
  const of = file[operation.operationId] ?? {}
  const join = (content: MediaType[], key: string): MediaType[] => {
    const examples = Object.entries(of[key] ?? {}).map(toExample)
    return content.map((media) => ({
      ...media,
      examples: examples.filter(({ mediaType }) => mediaType === media.mediaType),
    }))
  }
  const { requestBody, responses } = operation
  return {
    ...operation,
    ...(requestBody && {
      requestBody: { ...requestBody, content: join(requestBody.content, 'request') },
    }),
    responses: responses.map((response) => ({
      ...response,
      content: join(response.content, response.status),
    })),
  }
}

/** A key that is not taken yet: the name, with the media type behind it where another one has an example of that name. */
export function freeKey(name: string, mediaType: string, taken: Set<string>): string {
  let key = taken.has(name) ? `${name} (${mediaType})` : name
  for (let number = 2; taken.has(key); number++) key = `${name} (${mediaType}) ${number}`
  taken.add(key)
  return key
}

/** The examples of a body in its media types, by the keys under which `examplesOf` has them. */
export function exampleKeys(content: readonly MediaType[]): Map<Example, string> {
  const taken = new Set<string>()
  return new Map(
    content.flatMap(({ examples }) =>
      examples.map((example) => [example, freeKey(example.name, example.mediaType, taken)] as const),
    ),
  )
}

/** The examples of the responses, as they seed a store. Bodies are given as text, which costs no parsing. */
export const examplesOf = (operations: readonly Operation[]): ExamplesFile =>
  Object.fromEntries(operations.map((operation) => [operation.operationId, examplesOfOne(operation)]))

/** The same; the examples of each operation are read when they are asked for. */
export function lateExamplesOf(operations: readonly Operation[]): ExamplesFile {
  const file: ExamplesFile = {}
  for (const operation of operations) {
    const get = once(() => examplesOfOne(operation))
    Object.defineProperty(file, operation.operationId, { get, enumerable: true, configurable: true })
  }
  return file
}

const examplesOfOne = ({ responses }: Operation): ExamplesFile[string] =>
  Object.fromEntries(
    responses.map(({ status, content }) => [
      status,
      Object.fromEntries(
        Array.from(exampleKeys(content), ([one, key]) => [
          key,
          { ...(key !== one.name && { name: one.name }), ...toEntry(one) },
        ]),
      ),
    ]),
  )

export const toEntry = ({
  mediaType,
  summary,
  source,
  origin,
  repairs,
  text,
  encoding,
}: Example): ExampleEntry => ({
  mediaType,
  ...(summary !== undefined && { summary }),
  source: formatSource(source),
  origin,
  ...(repairs.length > 0 && {
    repairs: repairs.map((repair) => ({ ...repair, source: formatSource(repair.source) })),
  }),
  text,
  ...(encoding !== undefined && { encoding }),
})

/** The body as it is sent. Empty where the entry says nothing. */
export const textOf = ({ text, value }: ExampleEntry): string =>
  text ?? (value === undefined ? '' : stringifyExact(value))

const NOWHERE: SourceLocation = { file: 'examples.json', line: 1 }

const toExample = ([key, entry]: [string, ExampleEntry]): Example => ({
  name: entry.name ?? key,
  ...(entry.summary !== undefined && { summary: entry.summary }),
  mediaType: entry.mediaType,
  text: textOf(entry),
  ...(entry.encoding !== undefined && { encoding: entry.encoding }),
  origin: entry.origin ?? 'edited',
  repairs: (entry.repairs ?? []).map((repair) => ({ ...repair, source: place(repair.source) })),
  source: entry.source === undefined ? NOWHERE : place(entry.source),
})

function place(text: string): SourceLocation {
  const source = parseSource(text)
  if (!source) throw new TypeError(`Not a place of the form file:line: ${text}`)
  return source
}
