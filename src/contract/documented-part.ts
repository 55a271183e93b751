import { isObject } from '../operation/json-object.js'
import { bundleSchema } from './bundle.js'
import { isToken } from './credentials.js'
import { flatten, type Flat, type Node } from './flatten.js'
import { Limits } from './unsupported.js'
import { memberOf } from './value.js'

/** A place in a schema with everything that it refers to. */
export interface SchemaNode {
  readonly node: Node
  readonly root: unknown
}

export function bundledNode(schema: unknown, documents: Readonly<Record<string, unknown>>): SchemaNode {
  const root = bundleSchema(schema, documents)
  return { root, node: [{ schema: root, pointer: '' }] }
}

const flatAt = ({ node, root }: SchemaNode): Flat => flatten(node, root, new Limits())

export const formatOf = (schema: unknown, documents: Readonly<Record<string, unknown>>): unknown =>
  flatAt(bundledNode(schema, documents)).keywords.get('format')?.schema

/** A sample of the compact form of a token (RFC 7516 section 7.1), where the docs show none. */
const SAMPLE_TOKEN = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..c2FtcGxl.c2FtcGxl.c2FtcGxl'

/**
 * What of a value the schema documents: members that it names, all where it names none. The docs' own
 * secrets stand in place of those that were sent, since they change from run to run.
 * @param shown the documented value of the same place
 */
export function documentedPart(value: unknown, at: SchemaNode, shown: unknown): unknown {
  if (isToken(value)) return isToken(shown) ? shown : SAMPLE_TOKEN
  if (!isObject(value) && !Array.isArray(value)) return value
  const branches = alternativesOf(at)
  if (Array.isArray(value)) {
    const items = branches.flatMap(({ keywords }) => keywords.get('items') ?? [])
    return value.map((item) =>
      documentedPart(item, { ...at, node: items }, Array.isArray(shown) ? shown[0] : undefined),
    )
  }
  const properties = new Map<string, Node>()
  for (const flat of branches)
    for (const [name, node] of flat.properties)
      properties.set(name, [...(properties.get(name) ?? []), ...node])
  const further = branches.flatMap(({ keywords }) => keywords.get('additionalProperties') ?? [])
  const map = further.some(({ schema }) => isObject(schema))
  const names = Object.keys(value)
    .filter((name) => properties.size === 0 || properties.has(name) || map)
    .toSorted()
  return Object.fromEntries(
    names.map((name) => [
      name,
      documentedPart(value[name], { ...at, node: properties.get(name) ?? further }, memberOf(shown, name)),
    ]),
  )
}

/** The schema itself and, where it has alternatives, each of them: a member of any is documented. */
function alternativesOf(at: SchemaNode, depth = 0): Flat[] {
  const flat = flatAt(at)
  const inner = ['anyOf', 'oneOf', 'then', 'else'].flatMap((keyword) => {
    const part = flat.keywords.get(keyword)
    return [part?.schema].flat().filter((schema) => schema !== undefined)
  })
  // Alternatives of alternatives end somewhere, but for those that contain themselves.
  if (depth > 8) return [flat]
  return [
    flat,
    ...inner.flatMap((schema) => alternativesOf({ ...at, node: [{ schema, pointer: '' }] }, depth + 1)),
  ]
}
