import { decoded } from '../../operation/decoded.js'
import { isObject } from '../../operation/json-object.js'
/** JSON Schema 2020-12, the dialect of OpenAPI 3.1; readers bring older dialects up to it. */
export type Schema = boolean | SchemaObject
export interface SchemaObject {
  readonly [keyword: string]: unknown
}

/** A schema and the document that its relative references point into. */
export interface Located {
  readonly schema: Schema
  readonly document: unknown
}

/** A shared document by its id, the part of a `$ref` before `#`; see ApiDescription.documents. */
export type Resolve = (documentId: string) => unknown

/** What is neither an object nor `false` says nothing, as `true`. */
const asSchema = (value: unknown): Schema => (isObject(value) || value === false ? value : true)

/** A schema that is a document of its own. */
export const locate = (schema: unknown): Located => ({ schema: asSchema(schema), document: schema })

/** A schema inside the document of another. */
export const within = (outer: Located, schema: unknown): Located => ({
  schema: asSchema(schema),
  document: outer.document,
})

/**
 * The schema that `$ref` (or `$dynamicRef`, taken as `$ref`) points at; undefined where it points
 * nowhere. JSON Schema 2020-12 core, section 8.2.3.1; JSON Pointer, RFC 6901 section 6.
 */
export function follow(from: Located, reference: string, resolve: Resolve): Located | undefined {
  const hash = reference.indexOf('#')
  const id = hash === -1 ? reference : reference.slice(0, hash)
  const fragment = hash === -1 ? '' : decoded(reference.slice(hash + 1))
  const shared = id === '' ? from.document : resolve(id)
  if (shared !== undefined && (fragment === '' || fragment.startsWith('/'))) {
    const target = fragment === '' ? shared : valueAt(shared, fragment)
    if (target !== undefined) return { schema: asSchema(target), document: shared }
  }
  const named = namedSchemas(shared ?? from.document).get(fragment === '' ? id : fragment)
  return named && { schema: named, document: shared ?? from.document }
}

/** The value at a JSON Pointer, undefined where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

const namesByDocument = new WeakMap<object, ReadonlyMap<string, SchemaObject>>()

/** Schemas of a document by `$id`, `$anchor` and `$dynamicAnchor`: TypeBox refers to recursive types by `$id`. */
function namedSchemas(document: unknown): ReadonlyMap<string, SchemaObject> {
  if (typeof document !== 'object' || document === null) return new Map()
  const known = namesByDocument.get(document)
  if (known) return known
  const names = new Map<string, SchemaObject>()
  const pending: unknown[] = [document]
  const seen = new Set<unknown>()
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (isObject(value)) {
      for (const keyword of ['$id', '$anchor', '$dynamicAnchor']) {
        const name = value[keyword]
        if (typeof name === 'string') names.set(name, value)
      }
    }
    pending.push(...Object.values(value))
  }
  namesByDocument.set(document, names)
  return names
}
