import { isObject } from '../operation/json-object.js'
import { memberOf } from './value.js'

export type Direction = 'request' | 'response'

/**
 * A bundled schema without the members that belong to the other direction: `readOnly` ones are not
 * sent, `writeOnly` ones not received, and where such a one is required it is so in its own
 * direction only (OpenAPI 3.1, section 4.8.24; 3.0, "Fixed Fields" of the Schema Object).
 */
export function schemaFor(direction: Direction, schema: unknown): unknown {
  const mark = direction === 'request' ? 'readOnly' : 'writeOnly'
  return schemaText(schema).includes(`"${mark}":true`) ? without(mark, schema) : schema
}

/** Most schemas have no such member, and are left as they are. */
const schemaText = (schema: unknown): string => JSON.stringify(schema) ?? ''

function without(mark: string, node: unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => without(mark, item))
  if (!isObject(node)) return node
  const properties = isObject(node.properties) ? node.properties : {}
  const gone = new Set(Object.keys(properties).filter((name) => memberOf(properties[name], mark) === true))
  return Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => {
      if (keyword === 'required' && Array.isArray(value)) {
        return [keyword, value.filter((name) => !gone.has(String(name)))]
      }
      if (keyword === 'properties' && isObject(value)) {
        const kept = Object.entries(value).filter(([name]) => !gone.has(name))
        return [keyword, Object.fromEntries(kept.map(([name, member]) => [name, without(mark, member)]))]
      }
      return [keyword, DATA.has(keyword) ? value : without(mark, value)]
    }),
  )
}

/** Keywords whose values are data, in which nothing is a schema. */
const DATA = new Set(['const', 'enum', 'default', 'example', 'examples'])
