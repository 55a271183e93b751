import { isObject } from '../../operation/json-object.js'
import type { Members } from '../document/place.js'

/** Members of a 2.0 parameter, header or items object that say what its value is. */
const SCHEMA_KEYWORDS = [
  'type',
  'format',
  'items',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
  'x-nullable',
]

/** Gives a 2.0 parameter or header, which is half a schema itself, the `schema` that 3.0 gives it. */
export function addParameterSchema(parameter: Members): void {
  if (isObject(parameter['schema']) || typeof parameter['$ref'] === 'string') return
  const written = SCHEMA_KEYWORDS.filter((keyword) => Object.hasOwn(parameter, keyword))
  parameter['schema'] = Object.fromEntries(written.map((keyword) => [keyword, parameter[keyword]]))
}

/** How 3.0 writes 2.0's `collectionFormat` (csv where none is given) at a place. */
export function styleOf(parameter: Members): { style?: string; explode?: boolean } {
  if (parameter['type'] !== 'array') return {}
  const isForm = parameter['in'] === 'query' || parameter['in'] === 'formData'
  switch (parameter['collectionFormat'] ?? 'csv') {
    case 'multi':
      return { style: 'form', explode: true }
    case 'ssv':
      return { style: 'spaceDelimited', explode: false }
    case 'pipes':
      return { style: 'pipeDelimited', explode: false }
    case 'tsv':
      return { style: 'tabDelimited', explode: false }
    default:
      return { style: isForm ? 'form' : 'simple', explode: false }
  }
}
