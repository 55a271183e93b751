import { isObject } from '../../operation/json-object.js'
import { DATA_KEYWORDS, MAP_KEYWORDS } from '../bundle.js'
import { ANNOTATIONS } from '../flatten.js'
import { memberOf } from '../value.js'

/**
 * A text that is the same for two schemas that rule out the same by the same words: without
 * annotations, whatever the order, and whatever the names of the definitions that they refer to.
 * @param root the bundled schema, into which `#/$defs/...` points
 * @param kept annotations that count all the same
 */
export function assertedText(
  schema: unknown,
  root: unknown,
  kept: ReadonlySet<string> = NONE,
): string | undefined {
  const names = new Map<string, number>()
  const text = (part: unknown): string | undefined => JSON.stringify(plain(part, { names, kept }))
  const written = [text(schema)]
  const definitions: unknown = isObject(root) ? root.$defs : undefined
  // Grows while it is read: definitions refer to definitions.
  for (const name of names.keys()) {
    written.push(text(isObject(definitions) ? definitions[name.replace('#/$defs/', '')] : undefined) ?? '')
  }
  return written[0] === undefined ? undefined : written.join('\n')
}

const NONE: ReadonlySet<string> = new Set()

interface Telling {
  /** Numbers of the references that were met, in their order. */
  readonly names: Map<string, number>
  readonly kept: ReadonlySet<string>
}

function plain(node: unknown, telling: Telling): unknown {
  const { names, kept } = telling
  if (Array.isArray(node)) return node.map((item) => plain(item, telling))
  if (!isObject(node)) return node
  return ordered(
    Object.entries(node).flatMap(([keyword, value]): [string, unknown][] => {
      if (keyword === '$ref' && typeof value === 'string') return [[keyword, numberOf(value, names)]]
      if (keyword === '$defs' || keyword.startsWith('x-')) return []
      if (ANNOTATIONS.has(keyword) && !kept.has(keyword)) return []
      if (keyword === 'discriminator') return [[keyword, mappedValues(value)]]
      if (DATA_KEYWORDS.has(keyword)) return [[keyword, inAnyOrder(keyword, value)]]
      if (MAP_KEYWORDS.has(keyword) && isObject(value)) {
        const members = Object.entries(value).map(([name, member]): [string, unknown] => [
          name,
          plain(member, telling),
        ])
        return [[keyword, ordered(members)]]
      }
      return [[keyword, inAnyOrder(keyword, plain(value, telling))]]
    }),
  )
}

const ordered = (members: readonly [string, unknown][]): unknown =>
  members.toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Where the values lead is told by names of definitions, which may change. */
const mappedValues = (discriminator: unknown): readonly string[] => {
  const mapping = memberOf(discriminator, 'mapping')
  return isObject(mapping) ? Object.keys(mapping).toSorted() : []
}

/** Lists whose order says nothing. */
const SETS = new Set(['required', 'enum', 'type'])
const inAnyOrder = (keyword: string, value: unknown): unknown =>
  SETS.has(keyword) && Array.isArray(value) ? value.map((one) => JSON.stringify(one)).toSorted() : value

function numberOf(reference: string, names: Map<string, number>): number {
  const number = names.get(reference) ?? names.size
  names.set(reference, number)
  return number
}
