import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseExact, stringifyExact } from '../operation/json.js'
import { type Example, ExampleOrigin, type MediaType, type Operation } from '../operation/operation.js'
import { parseSource, type SourceLocation } from '../operation/source.js'

/** `fixtures/onboarding/login-api.md:56`, one string so that editors make it a link. */
const Place = Type.String({ pattern: ':[1-9][0-9]*$' })

/** One documented example as a person reads and edits it: the body as JSON, its origin beside it. */
export const ExampleEntry = Type.Object(
  {
    mediaType: Type.String(),
    source: Place,
    origin: ExampleOrigin,
    repairs: Type.Optional(
      Type.Array(Type.Object({ kind: Type.String(), message: Type.String(), source: Place })),
    ),
    /** Any JSON value; numbers keep their digits. */
    value: Type.Unknown(),
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

/** Reads such a file. Throws SyntaxError or TypeBox's AssertError on text that is not one. */
export function parseExamples(text: string): ExamplesFile {
  const value = parseExact(text)
  Value.Assert(ExamplesFile, value)
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

const toExample = ([name, { mediaType, source, origin, repairs, value }]: [
  string,
  ExampleEntry,
]): Example => ({
  name,
  mediaType,
  text: stringifyExact(value),
  origin,
  repairs: (repairs ?? []).map((repair) => ({ ...repair, source: place(repair.source) })),
  source: place(source),
})

function place(text: string): SourceLocation {
  const source = parseSource(text)
  if (!source) throw new TypeError(`Not a place of the form file:line: ${text}`)
  return source
}
