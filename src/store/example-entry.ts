import type { ExampleEntry } from '../operation/examples-file.js'
import { parseExact, stringifyExact } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'

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
