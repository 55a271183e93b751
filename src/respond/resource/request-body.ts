import { isJson } from '../../operation/media-type.js'
import type { MediaType, Operation } from '../../operation/operation.js'
import { normalise, singular } from '../pair/member-names.js'
import { type Located, locate } from '../schema/located.js'
import type { Shapes } from './shape.js'
import { schemaOf } from './success.js'

export interface ItemBody {
  /** Where the item stands in the body. */
  readonly tokens: readonly string[]
  /** The members that may be sent; empty where the docs leave that open. */
  readonly names: readonly string[]
  /** Whether at least half of these are members of the item, too, as far as they are known. */
  readonly isAlike: boolean
}

/** The item in the request's body; undefined where the body evidently is none. */
export function bodyOf(
  operation: Operation,
  item: Located,
  noun: string,
  shapes: Shapes,
): ItemBody | undefined {
  const content = itemContent(operation)
  if (!content) return undefined
  const schema = schemaOf(content)
  if (schema === undefined) return { tokens: [], names: [], isAlike: true }
  const root = locate(schema)
  if (!shapes.isObject(root)) return undefined
  const known = shapes.members(item)
  const at = (tokens: readonly string[], located: Located): ItemBody | undefined => {
    const names = shapes.isObject(located) ? shapes.names(located) : []
    const shared = names.filter((name) => known.has(name)).length
    return shared > 0 ? { tokens, names, isAlike: shared * 2 >= names.length } : undefined
  }
  const members = shapes.members(root)
  const itself = at([], root)
  if (itself) return itself
  const wrappers = new Set(['data', noun, singular(noun)])
  for (const [name, member] of members) {
    const wrapped = wrappers.has(normalise(name)) ? at([name], member) : undefined
    if (wrapped) return wrapped
  }
  return members.size === 0 ? { tokens: [], names: [], isAlike: true } : undefined
}

/** Whether a JSON Patch may be sent, which has no members of the item. */
export const takesPatch = ({ requestBody }: Operation): boolean =>
  (requestBody?.content ?? []).some(({ mediaType }) => isPatch(mediaType))

/** RFC 6902. */
export const isPatch = (mediaType: string): boolean => /^application\/json-patch(\+json)?\b/i.test(mediaType)

/** The content that holds an item: JSON rather than forms, which have the same members. */
export function itemContent({ requestBody }: Operation): MediaType | undefined {
  const content = (requestBody?.content ?? []).filter(({ mediaType }) => !isPatch(mediaType))
  return (
    content.find(({ mediaType }) => isJson(mediaType)) ??
    content.find(({ mediaType }) =>
      /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(mediaType),
    ) ??
    content.find(({ mediaType }) => mediaType.includes('*'))
  )
}
