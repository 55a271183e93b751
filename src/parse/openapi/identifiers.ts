import { absoluteUri, elements, isObject, members, type Place, root } from './place.js'
import type { SourceDocument } from './source-document.js'

/** What `$id` and `$anchor` name in a document (JSON Schema 2020-12 core, section 8.2). */
export interface Identifiers {
  /** Schema resources by their absolute URI. */
  readonly resources: Map<string, Place>
  /** Anchors by the pointer of the resource they belong to. */
  readonly anchors: Map<string, Map<string, Place>>
}

/** Values that are data, in which `$id` names nothing. */
const DATA = new Set(['example', 'examples', 'enum', 'const', 'default', 'value'])
/** Members of which every name is a name and no keyword. */
const NAMES = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'schemas', 'dependentSchemas'])

export function collectIdentifiers(document: SourceDocument): Identifiers {
  const found: Identifiers = { resources: new Map(), anchors: new Map() }
  if (!/\$(?:id|anchor|dynamicAnchor)\b/.test(document.text)) return found
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
