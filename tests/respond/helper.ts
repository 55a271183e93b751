import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Validate } from '../../src/respond/parameters.js'
import { Validation } from '../../src/respond/validation.js'

/** A validator of its own for tests, as strict about formats as the product's. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, ownProperties: true, allErrors: true, validateFormats: true })
  formats.default(ajv)
  return ajv
}

/** Violations as the product words them, for schemas that refer to nothing outside. */
export const validate: Validate = (schema) => new Validation({}).validator(schema, 'request')
