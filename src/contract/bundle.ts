import { isObject } from '../operation/json-object.js'
import { memberOf, unescapePointer } from './value.js'

/**
 * One schema that needs no other document: whatever `$ref` reaches (JSON Schema 2020-12, section
 * 8.2.3) is copied under `$defs`. Contracts carry schemas in this form, so that verifying needs no docs.
 * A reference that leads nowhere stays as it is.
 */
export function bundleSchema(schema: unknown, documents: Readonly<Record<string, unknown>> = {}): unknown {
  const definitions = new Map<string, { name: string; schema: unknown }>()
  const names = new Set<string>()
  const roots: Record<string, unknown> = { ...documents, '': schema }
  const identified = new Map<string, unknown>()
  collectIds(schema, identified)

  const resolve = (
    reference: string,
    base: string,
  ): { key: string; target: unknown; base: string } | undefined => {
    const hash = reference.indexOf('#')
    const document = hash === -1 ? reference : reference.slice(0, hash)
    const fragment = hash === -1 ? '' : decodeURIComponent(reference.slice(hash + 1))
    const id = document === '' ? base : document
    const root = document !== '' && identified.has(document) ? identified.get(document) : roots[id]
    if (root === undefined) return undefined
    let target: unknown = root
    for (const segment of fragment.split('/').slice(1)) {
      const name = unescapePointer(segment)
      target = Array.isArray(target) ? target[Number(name)] : memberOf(target, name)
    }
    return target === undefined
      ? undefined
      : { key: `${id}#${fragment}`, target, base: id in roots ? id : base }
  }

  const rewrite = (node: unknown, base: string): unknown => {
    if (Array.isArray(node)) return node.map((item) => rewrite(item, base))
    if (!isObject(node)) return node
    const copy: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(node)) {
      if (keyword === '$ref' && typeof value === 'string') copy.$ref = reference(value, base)
      else if (DATA_KEYWORDS.has(keyword)) copy[keyword] = value
      else if (MAP_KEYWORDS.has(keyword) && isObject(value)) {
        copy[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, member]) => [name, rewrite(member, base)]),
        )
      } else if (!DROPPED_KEYWORDS.has(keyword)) copy[keyword] = rewrite(value, base)
    }
    return copy
  }

  const reference = (text: string, base: string): string => {
    const found = resolve(text, base)
    if (!found) return text
    const known = definitions.get(found.key)
    if (known) return `#/$defs/${known.name}`
    const definition = { name: uniqueName(found.key, names), schema: undefined as unknown }
    definitions.set(found.key, definition)
    definition.schema = rewrite(found.target, found.base)
    return `#/$defs/${definition.name}`
  }

  const bundled = rewrite(schema, '')
  if (definitions.size === 0 || !isObject(bundled)) return bundled
  return {
    ...bundled,
    $defs: Object.fromEntries([...definitions.values()].map(({ name, schema }) => [name, schema])),
  }
}

/** Their values are data, in which a `$ref` refers to nothing. */
export const DATA_KEYWORDS: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'example', 'examples'])
/** Their members are named by the author, so `const` may be one of the names. */
export const MAP_KEYWORDS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
])
const DROPPED_KEYWORDS = new Set(['$id', '$schema', '$defs', 'definitions', '$anchor'])

function collectIds(node: unknown, found: Map<string, unknown>): void {
  if (Array.isArray(node)) for (const item of node) collectIds(item, found)
  if (!isObject(node)) return
  if (typeof node.$id === 'string') found.set(node.$id, node)
  for (const [keyword, value] of Object.entries(node))
    if (!DATA_KEYWORDS.has(keyword)) collectIds(value, found)
}

function uniqueName(key: string, names: Set<string>): string {
  const last = key.split(/[/#]/).findLast((part) => part !== '') ?? 'schema'
  const stem = last.replaceAll(/[^A-Za-z0-9_-]/g, '_')
  let name = stem
  for (let count = 2; names.has(name); count++) name = `${stem}${count}`
  names.add(name)
  return name
}
