import { isObject } from '../../operation/json-object.js'
import type { Located, Resolve } from '../schema/located.js'
import { partsOf } from '../schema/members.js'

/** The `xml` keyword of a schema, OpenAPI 3.1 section 4.8.26; 3.2 says by `nodeType` what 3.1 has flags for. */
export interface XmlNames {
  readonly name?: string
  readonly namespace?: string
  readonly prefix?: string
  readonly attribute: boolean
  readonly wrapped: boolean
  /** The member is the text of the element around it. */
  readonly text: boolean
}

/** The first that says something goes; references and combinations are seen through. */
export function xmlNamesOf(schemas: readonly Located[], resolve: Resolve): XmlNames {
  for (const schema of schemas) {
    for (const { schema: part } of partsOf(schema, resolve)) {
      const xml = typeof part === 'boolean' ? undefined : part['xml']
      if (!isObject(xml)) continue
      const { name, namespace, prefix, attribute, wrapped, nodeType } = xml
      return {
        ...(typeof name === 'string' && { name }),
        ...(typeof namespace === 'string' && { namespace }),
        ...(typeof prefix === 'string' && { prefix }),
        attribute: attribute === true || nodeType === 'attribute',
        wrapped: wrapped === true || nodeType === 'element',
        text: nodeType === 'text' || nodeType === 'cdata',
      }
    }
  }
  return { attribute: false, wrapped: false, text: false }
}
