import { isObject } from '../../operation/json-object.js'
import { DATA_KEYWORDS, MAP_KEYWORDS } from '../bundle.js'
import { ANNOTATIONS } from '../flatten.js'

/**
 * A text that is the same for two schemas that rule out the same by the same words: without
 * annotations, whatever the order, and whatever the names of the definitions that they refer to.
 * @param root the bundled schema, into which `#/$defs/...` points
 */
export function assertedText(schema: unknown, root: unknown): string | undefined {
  const names: string[] = []
  const written = [text(schema, names)]
  const definitions: unknown = isObject(root) ? root.$defs : undefined
  // Grows while it is read: definitions refer to definitions.
  for (const name of names) {
    written.push(text(isObject(definitions) ? definitions[name.replace('#/$defs/', '')] : undefined, names))
  }
  return written[0] === undefined ? undefined : written.join('\n')
}

function text(schema: unknown, names: string[]): string | undefined {
  return JSON.stringify(plain(schema, names))
}

function plain(node: unknown, names: string[]): unknown {
  if (Array.isArray(node)) return node.map((item) => plain(item, names))
  if (!isObject(node)) return node
  return ordered(
    Object.entries(node).flatMap(([keyword, value]): [string, unknown][] => {
      if (keyword === '$ref' && typeof value === 'string') return [[keyword, numberOf(value, names)]]
      if (keyword === '$defs' || keyword.startsWith('x-') || ANNOTATIONS.has(keyword)) return []
      if (DATA_KEYWORDS.has(keyword)) return [[keyword, inAnyOrder(keyword, value)]]
      if (MAP_KEYWORDS.has(keyword) && isObject(value)) {
        const members = Object.entries(value).map(([name, member]): [string, unknown] => [
          name,
          plain(member, names),
        ])
        return [[keyword, ordered(members)]]
      }
      return [[keyword, inAnyOrder(keyword, plain(value, names))]]
    }),
  )
}

const ordered = (members: readonly [string, unknown][]): unknown =>
  members.toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Lists whose order says nothing. */
const SETS = new Set(['required', 'enum', 'type'])
const inAnyOrder = (keyword: string, value: unknown): unknown =>
  SETS.has(keyword) && Array.isArray(value) ? value.map((one) => JSON.stringify(one)).toSorted() : value

function numberOf(reference: string, names: string[]): number {
  if (!names.includes(reference)) names.push(reference)
  return names.indexOf(reference)
}
