import type { Parameter } from '../../operation/operation.js'
import { schemaOfTypeText } from '../type-words.js'
import type { Field } from './facts.js'

/** The rows of a table that describes a body, as the members that a schema is made from. */
export function fieldParameters(fields: readonly Field[]): Parameter[] {
  return fields.map((field) => {
    const parameter: Parameter = {
      in: 'body',
      name: field.name,
      schema: schemaOfTypeText(field.typeText, field.description).schema,
      source: field.source,
    }
    if (field.required !== undefined) parameter.required = field.required
    if (field.typeText !== undefined) parameter.typeText = field.typeText
    if (field.description !== undefined) parameter.description = field.description
    if (field.example !== undefined) parameter.example = field.example
    return parameter
  })
}
