import { isObject } from '../../operation/json-object.js'
import { dialectOf } from './dialect.js'
import { checks } from './keywords.js'
import { absoluteUri, elements, members, type Place, root } from '../document/place.js'
import type { SourceDocument } from '../document/source-document.js'

/** What `$id` and `$anchor` name in a document (JSON Schema 2020-12 core, section 8.2). */
export interface Identifiers {
  /** Schema resources by their absolute URI. */
  readonly resources: Map<string, Place>
  /** Anchors by the pointer of the resource they belong to. */
  readonly anchors: Map<string, Map<string, Place>>
}

/** Values that are data, in which `$id` names nothing. */
const DATA = new Set(['example', 'examples', 'enum', 'const', 'default', 'value'])
const IDENTIFIERS = /\$(?:id|anchor|dynamicAnchor)\b/
/** Keywords with data that validators do not look into. */
const UNSEEN = new Set(['default', 'enum', 'const'])
/** Members of which every name is a name and no keyword. */
const NAMES = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'schemas',
  'dependentSchemas',
])

const searched = new WeakMap<SourceDocument, boolean>()

/** Whether anything in a document has a name of JSON Schema's. */
export function hasIdentifiers(document: SourceDocument): boolean {
  const has = searched.get(document) ?? IDENTIFIERS.test(document.text)
  searched.set(document, has)
  return has
}

export function collectIdentifiers(document: SourceDocument): Identifiers {
  const found: Identifiers = { resources: new Map(), anchors: new Map() }
  if (!hasIdentifiers(document)) return found
  const seen = new Set<unknown>()
  const visit = (place: Place, resource: string, base: string, areNames: boolean): void => {
    const { value } = place
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (isObject(value) && !areNames) {
      if (typeof value['$id'] === 'string') {
        const id = absoluteUri(value['$id'], base)
        if (id !== undefined) {
          base = id
          resource = place.pointer
          if (!found.resources.has(id)) found.resources.set(id, place)
        }
      }
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const name = value[keyword]
        if (typeof name !== 'string') continue
        const anchors = found.anchors.get(resource) ?? new Map<string, Place>()
        if (!anchors.has(name)) anchors.set(name, place)
        found.anchors.set(resource, anchors)
      }
    }
    for (const { key, place: next } of placesWithin(place)) {
      if (areNames || !DATA.has(key)) visit(next, resource, base, !areNames && NAMES.has(key))
    }
  }
  visit(root(document), '', document.id, false)
  return found
}

const placesWithin = (place: Place): { key: string; place: Place }[] =>
  Array.isArray(place.value)
    ? elements(place).map((element, index) => ({ key: String(index), place: element }))
    : members(place)

/**
 * Takes away names that validators would still find where they look for them: in every object that is no
 * list and no value of a data keyword (`example` and extensions included). References rest on them no more.
 */
export function dropIdentifiers(document: SourceDocument): void {
  const { value } = document
  if ('dialect' in dialectOf(value) && isObject(value)) {
    // The validator compiles the document itself as a schema, too, when a reference leads into it.
    for (const key of ['id', ...checks.keys()]) {
      if (key !== 'definitions' && Object.hasOwn(value, key)) delete value[key]
    }
  }
  if (!hasIdentifiers(document)) return
  const pending: unknown[] = [value]
  const seen = new Set<unknown>()
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (!isObject(next) || seen.has(next)) continue
    seen.add(next)
    for (const [key, value] of Object.entries(next)) {
      if (typeof value === 'string' && (key === '$id' || key === '$anchor')) delete next[key]
      else if (key === '$dynamicAnchor' && typeof value === 'string' && !/^[a-z_][\w.-]*$/i.test(value))
        delete next[key]
      else if (!UNSEEN.has(key)) pending.push(value)
    }
  }
}
