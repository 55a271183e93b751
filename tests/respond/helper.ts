import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Validate } from '../../src/respond/parameters.js'
import type { Schema } from '../../src/respond/schema/located.js'

/** A validator of its own for tests, as strict about formats as the product's. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, ownProperties: true, allErrors: true, validateFormats: true })
  formats.default(ajv)
  return ajv
}

export const validate: Validate = (schema: Schema) => {
  const check = newAjv().compile(schema)
  return (value) => {
    check(value)
    return (check.errors ?? []).map(({ instancePath, keyword, message }) => ({
      pointer: instancePath,
      keyword,
      message: message ?? keyword,
    }))
  }
}
