import * as fc from 'fast-check'
import t from 'tap'
import { generate } from '../../src/respond/generate.js'
import { isObject } from '../../src/operation/json-object.js'
import type { Schema } from '../../src/respond/schema/located.js'
import { newAjv } from './helper.js'
import { schema } from './schemas.js'

const resolve = (): undefined => undefined
// References to `#/$defs` of a schema that was wrapped by another lead nowhere; such a schema is none.
const wellFormed = (candidate: unknown): candidate is Schema => {
  if (!isObject(candidate) && typeof candidate !== 'boolean') return false
  try {
    newAjv().compile(candidate)
    return true
  } catch {
    return false
  }
}

void t.test('every body is valid against its schema', async (t) => {
  const ajv = newAjv()
  fc.assert(
    fc.property(schema.filter(wellFormed), fc.nat(), (schema, seed) => {
      const { value, valid, reason } = generate(schema, { seed, resolve })
      const check = ajv.compile(schema)
      if (!valid || !check(value)) {
        throw new Error(
          `${reason ?? ajv.errorsText(check.errors)}\n${JSON.stringify(schema)}\n${JSON.stringify(value)}`,
        )
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100), seed: Number(process.env['SEED'] ?? 20_240_101) },
  )
  t.pass()
})

// What authors write: the right keywords with anything under them.
const keywords = fc.constantFrom(
  'type',
  'enum',
  'const',
  'minimum',
  'multipleOf',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'items',
  'prefixItems',
  'contains',
  'minContains',
  'minItems',
  'uniqueItems',
  'properties',
  'required',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'minProperties',
  'dependentRequired',
  'dependentSchemas',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'else',
  '$ref',
  'example',
  'examples',
  'default',
  'readOnly',
)
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('string', 'object', 'array', 'integer', '#', '(', '[a-z', 'date', true, false, null),
    fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-1, 0, 1e9, 1e308)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keywords, tie('value'), { maxKeys: 4 }),
  ),
})).value

void t.test('a broken schema breaks nothing', async (t) => {
  fc.assert(
    fc.property(
      fc.dictionary(keywords, anything),
      fc.constantFrom('request' as const, 'response' as const),
      (schema, direction) => {
        const { value, valid, reason } = generate(schema, { resolve, direction })
        t.ok(JSON.stringify(value) !== undefined && (valid || reason !== undefined))
      },
    ),
    { numRuns: 300, seed: 3 },
  )
})

void t.test('the same seed gives the same body', async (t) => {
  fc.assert(
    fc.property(schema.filter(wellFormed), fc.nat(), (schema, seed) => {
      const [one, other] = [schema, structuredClone(schema)].map((copy) => generate(copy, { seed, resolve }))
      t.equal(JSON.stringify(one), JSON.stringify(other))
    }),
    { numRuns: 50, seed: 7 },
  )
})
