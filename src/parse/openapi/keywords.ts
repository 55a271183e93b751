import { isObject } from '../../operation/json-object.js'

interface Check {
  readonly fits: (value: unknown) => boolean
  readonly expected: string
}

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'])

const isStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const number: Check = { fits: (value) => typeof value === 'number', expected: 'a number' }
const count: Check = {
  fits: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  expected: 'a whole number that is not negative',
}
const text: Check = { fits: (value) => typeof value === 'string', expected: 'a string' }
const flag: Check = { fits: (value) => typeof value === 'boolean', expected: 'true or false' }
const object: Check = { fits: isObject, expected: 'an object' }
const schemas: Check = {
  fits: (value) => Array.isArray(value) && value.length > 0,
  expected: 'a list of at least one schema',
}

const byKeyword: Readonly<Record<string, Check>> = {
  type: {
    fits: (value) =>
      Array.isArray(value)
        ? value.length > 0 && value.every((item) => TYPES.has(String(item)))
        : TYPES.has(String(value)),
    expected: `one of ${[...TYPES].join(', ')}, or a list of them`,
  },
  required: { fits: isStrings, expected: 'a list of member names, in the schema of the object' },
  enum: { fits: Array.isArray, expected: 'a list of values' },
  properties: object,
  patternProperties: object,
  dependentSchemas: object,
  dependentRequired: {
    fits: (value) => isObject(value) && Object.values(value).every(isStrings),
    expected: 'an object of lists of member names',
  },
  $defs: object,
  definitions: object,
  discriminator: object,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  prefixItems: schemas,
  pattern: {
    fits: (value) => typeof value === 'string' && isPattern(value),
    expected: 'a regular expression',
  },
  format: text,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: { fits: (value) => typeof value === 'number' && value > 0, expected: 'a number above 0' },
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minProperties: count,
  maxProperties: count,
  minContains: count,
  maxContains: count,
  uniqueItems: flag,
  $ref: text,
  $dynamicRef: text,
  $dynamicAnchor: text,
}

/**
 * What values JSON Schema 2020-12 allows for keywords that a validator acts on. A value that does not fit
 * would keep every schema that refers to this one from being compiled.
 */
export const checks: ReadonlyMap<string, Check> = new Map(Object.entries(byKeyword))

/** ECMA-262 with the `u` flag, as JSON Schema asks, or without it, as many descriptions are written. */
function isPattern(pattern: string): boolean {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags) instanceof RegExp
    } catch {
      continue
    }
  }
  return false
}
