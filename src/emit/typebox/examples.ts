import { type ExampleEntry, type ExamplesFile, freeKey, toEntry } from '../../operation/examples-file.js'
import { parseExact, stringifyExact } from '../../operation/json.js'
import { isJson } from '../../operation/media-type.js'
import type { Example, MediaType, Operation } from '../../operation/operation.js'

/** The text of `fixtures/examples.json`: every example of the operations, as a person reads and edits it. */
export function examplesText(operations: readonly Operation[]): string {
  const file: ExamplesFile = Object.fromEntries(
    operations.flatMap(({ operationId, requestBody, responses }) => {
      const groups = [
        ...responses.map(({ status, content }) => [status, entries(content)] as const),
        ['request', entries(requestBody?.content ?? [])] as const,
      ].filter(([, all]) => all.length > 0)
      return groups.length === 0
        ? []
        : [[operationId, Object.fromEntries(groups.map(([key, all]) => [key, Object.fromEntries(all)]))]]
    }),
  )
  return `${stringifyExact(file, 2)}\n`
}

function entries(content: readonly MediaType[]): [key: string, entry: ExampleEntry][] {
  const taken = new Set<string>()
  return content.flatMap(({ examples }) =>
    examples.map((example) => {
      const key = freeKey(orderedName(example), example.mediaType, taken)
      const { mediaType, ...rest } = readable(example)
      return [key, { mediaType, ...(key !== example.name && { name: example.name }), ...rest }] as [
        string,
        ExampleEntry,
      ]
    }),
  )
}

/** Keys that look like numbers would be put before all others, and the first example is the preferred one. */
const orderedName = ({ name }: Example): string => (/^(\d+|__proto__)$/.test(name) ? `#${name}` : name)

/** JSON as a value, where a value says all that the text does but its layout. */
function readable(example: Example): ExampleEntry {
  const entry = toEntry(example)
  const { text, ...rest } = entry
  if (text === undefined || entry.encoding !== undefined || !isJson(entry.mediaType)) return entry
  try {
    const value = parseExact(text)
    return withoutLayout(text) === withoutLayout(stringifyExact(value)) ? { ...rest, value } : entry
  } catch {
    return entry
  }
}

/** JSON text without white space between its tokens, and each string in the one form that JSON.stringify gives it. */
const withoutLayout = (text: string): string =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (token) =>
    token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : '',
  )
