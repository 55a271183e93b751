import { type Static, Type } from '@sinclair/typebox'
import { parseExact, stringifyExact } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import { ExampleOrigin, Repair } from '../operation/operation.js'

/** The body of one response. It has a `value`, or a `text` where the body is not JSON. */
export const ExampleEntry = Type.Object({
  mediaType: Type.String(),
  /** Where the docs show it, as `file:line`. */
  source: Type.Optional(Type.String()),
  /** A JSON value; its digits are kept. */
  value: Type.Optional(Type.Unknown()),
  /** The exact text. For JSON too, where the text itself matters. */
  text: Type.Optional(Type.String()),
  /** `base64` when `text` stands for bytes. */
  encoding: Type.Optional(Type.Literal('base64')),
  origin: Type.Optional(ExampleOrigin),
  repairs: Type.Optional(Type.Array(Repair)),
})
export type ExampleEntry = Static<typeof ExampleEntry>

/** Examples by name, by status, by operation id: the form of `examples.json` and of `fixtures/`. */
export const ExamplesFile = Type.Record(
  Type.String(),
  Type.Record(Type.String(), Type.Record(Type.String(), ExampleEntry)),
)
export type ExamplesFile = Static<typeof ExamplesFile>

/** The body as it is sent. Empty where the entry says nothing. */
export const textOf = ({ text, value }: ExampleEntry): string =>
  text ?? (value === undefined ? '' : stringifyExact(value))

/** As it stands in `examples.json`: JSON as a value that can be edited, all else as text. */
function readable(entry: ExampleEntry): ExampleEntry {
  const { text, ...rest } = entry
  if (text === undefined || entry.encoding !== undefined || !isJson(entry.mediaType)) return entry
  try {
    return { ...rest, value: parseExact(text) }
  } catch {
    return entry
  }
}

export interface Written {
  /** The entry in `examples.json`, indented for its third level. */
  readonly json: string
  /** The same for two entries that say the same body, however it is laid out. */
  readonly essence: string
}

const written = new WeakMap<ExampleEntry, Written>()

/** What an entry looks like in the file. Kept, since most entries are written again unchanged. */
export function writtenOf(entry: ExampleEntry): Written {
  let known = written.get(entry)
  if (known === undefined) {
    const { mediaType, encoding = '', value, text, ...rest } = readable(entry)
    const body = value === undefined ? { text: text ?? '' } : { value }
    known = {
      json: stringifyExact({ mediaType, ...rest, ...(encoding && { encoding }), ...body }, 2).replaceAll(
        '\n',
        '\n      ',
      ),
      essence: stringifyExact([mediaType, encoding, body]),
    }
    written.set(entry, known)
  }
  return known
}
