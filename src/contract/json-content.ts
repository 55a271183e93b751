import { isObject } from '../operation/json-object.js'
import { essenceOf, isJson } from '../operation/media-type.js'
import type { MediaType } from '../operation/operation.js'
import { exampleOf } from './request-content.js'
import { memberOf, parsed } from './value.js'

/**
 * Whether a body of this kind is JSON, whatever it is called: JSON sent as `text/plain` is common.
 * A text type counts as JSON where its example is an object or array, or its schema allows nothing else.
 */
export function holdsJson(media: MediaType): boolean {
  if (isJson(media.mediaType)) return true
  if (!essenceOf(media.mediaType).startsWith('text/')) return false
  const example = parsed(exampleOf(media))
  if (example !== undefined) return isObject(example) || Array.isArray(example)
  const type = memberOf(media.schema, 'type')
  return type === 'object' || type === 'array'
}
