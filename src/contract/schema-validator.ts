import { type ErrorObject, Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { bundleSchema } from './bundle.js'

export type Validate = (value: unknown) => readonly ErrorObject[]

/** One for all schemas: making one costs more than compiling most of them. */
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  verbose: true,
  validateSchema: false,
  logger: false,
})
formats.default(ajv)

const compiled = new WeakMap<object, Validate>()

/** Checks plain values against a schema (JSON Schema 2020-12) with everything that it refers to. */
export function schemaValidator(
  schema: unknown,
  documents: Readonly<Record<string, unknown>> = {},
): Validate {
  if (typeof schema !== 'object' || schema === null) return () => []
  const known = compiled.get(schema)
  if (known) return known
  const bundled = bundleSchema(schema, documents)
  if (typeof bundled !== 'object' || bundled === null) return () => []
  const check = ajv.compile(bundled)
  const validate: Validate = (value) => (check(value) ? [] : (check.errors ?? []))
  compiled.set(schema, validate)
  return validate
}
