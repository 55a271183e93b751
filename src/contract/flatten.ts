import { isDeepStrictEqual } from 'node:util'
import { isObject } from '../operation/json-object.js'
import { type Limits, conflict } from './unsupported.js'
import { escapePointer, memberOf, unescapePointer } from './value.js'

/** One subschema with its place in the bundled schema. */
export interface Part {
  readonly schema: unknown
  readonly pointer: string
}

/** Everything that holds for one value: a conjunction of subschemas. */
export type Node = readonly Part[]

/** A node with its references followed and its `allOf` taken in: one value for each keyword. */
export interface Flat {
  readonly keywords: ReadonlyMap<string, Part>
  readonly properties: ReadonlyMap<string, Node>
  readonly required: ReadonlySet<string>
  /** The first part's place, for messages about the whole. */
  readonly pointer: string
  /** References that led here, to notice a schema that contains itself. */
  readonly visited: readonly string[]
  /** True where a part is `false`, or refers to nothing. */
  readonly impossible: boolean
}

/** @param root the bundled schema, into which `#/$defs/...` points. */
export function flatten(node: Node, root: unknown, limits: Limits): Flat {
  const keywords = new Map<string, Part>()
  const properties = new Map<string, Part[]>()
  const required = new Set<string>()
  const visited: string[] = []
  let impossible = false

  const take = ({ schema, pointer }: Part): void => {
    if (schema === false) impossible = true
    if (!isObject(schema)) return
    for (const [keyword, value] of Object.entries(schema)) {
      const at = `${pointer}/${escapePointer(keyword)}`
      if (keyword === '$ref' && typeof value === 'string') follow(value, at)
      else if (keyword === 'allOf' && Array.isArray(value)) {
        for (const [index, branch] of value.entries()) take({ schema: branch, pointer: `${at}/${index}` })
      } else if (keyword === 'required' && Array.isArray(value)) {
        for (const name of value) required.add(String(name))
        keywords.set(keyword, keywords.get(keyword) ?? { schema: value, pointer: at })
      } else if (keyword === 'properties' && isObject(value)) {
        for (const [name, member] of Object.entries(value)) {
          const parts = properties.get(name) ?? []
          properties.set(name, [...parts, { schema: member, pointer: `${at}/${escapePointer(name)}` }])
        }
      } else merge(keywords, keyword, { schema: value, pointer: at }, limits)
    }
  }
  const follow = (reference: string, at: string): void => {
    const target = locate(root, reference)
    if (visited.includes(reference)) return
    if (target === undefined) {
      limits.keyword(at, '$ref', `"${reference}" leads nowhere, so nothing is known of the value`)
      return
    }
    visited.push(reference)
    take({ schema: target, pointer: reference.slice(1) })
  }

  for (const part of node) take(part)
  return { keywords, properties, required, pointer: node[0]?.pointer ?? '', visited, impossible }
}

function locate(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined
  return reference
    .slice(1)
    .split('/')
    .slice(1)
    .reduce<unknown>((at, segment) => memberOf(at, unescapePointer(segment)), root)
}

function merge(keywords: Map<string, Part>, keyword: string, part: Part, limits: Limits): void {
  const before = keywords.get(keyword)
  if (!before || isDeepStrictEqual(before.schema, part.schema)) {
    keywords.set(keyword, before ?? part)
  } else if (
    typeof before.schema === 'number' &&
    typeof part.schema === 'number' &&
    /^(min|max|excl)/.test(keyword)
  ) {
    const tighter = keyword.toLowerCase().includes('min') ? Math.max : Math.min
    if (tighter(before.schema, part.schema) === part.schema) keywords.set(keyword, part)
  } else if (keyword === 'type') {
    const shared = listOf(before.schema).filter((name) => listOf(part.schema).includes(name))
    if (shared.length > 0) keywords.set(keyword, { ...part, schema: shared })
    else conflict(limits, part.pointer, keyword)
  } else if (!ANNOTATIONS.has(keyword) && !keyword.startsWith('x-')) conflict(limits, part.pointer, keyword)
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** Keywords that say something about a value without ruling any out. */
export const ANNOTATIONS: ReadonlySet<string> = new Set(
  (
    'title description default examples example deprecated readOnly writeOnly $comment xml externalDocs ' +
    'discriminator contentMediaType contentEncoding contentSchema nullable'
  ).split(' '),
)
