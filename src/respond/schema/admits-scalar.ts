import { fullFormats } from 'ajv-formats/dist/formats.js'
import { numberOf, regularExpression, stringOf } from './keywords.js'
import type { SchemaObject } from './located.js'

/** Length in code points, as JSON Schema counts (2020-12 validation, section 6.3). */
export const lengthOf = (text: string): number => {
  let length = 0
  for (const _ of text) length++
  return length
}

/** Ajv's own arithmetic, so that both agree on 0.3 and 0.1. */
export function isMultiple(value: number, of: number): boolean {
  const quotient = value / of
  return Number.isInteger(quotient) && Math.abs(quotient) < 1e21
}

/** 2020-12 validation, section 6.2, and the formats of numbers. */
export function admitsNumber(schema: SchemaObject, value: number): boolean {
  const multipleOf = numberOf(schema, 'multipleOf')
  return (
    value >= (numberOf(schema, 'minimum') ?? -Infinity) &&
    value <= (numberOf(schema, 'maximum') ?? Infinity) &&
    !(value <= (numberOf(schema, 'exclusiveMinimum') ?? -Infinity)) &&
    !(value >= (numberOf(schema, 'exclusiveMaximum') ?? Infinity)) &&
    (multipleOf === undefined || isMultiple(value, multipleOf)) &&
    isOfFormat(stringOf(schema, 'format'), value)
  )
}

/** 2020-12 validation, sections 6.3 and 7. */
export function admitsString(schema: SchemaObject, value: string): boolean {
  const minimum = numberOf(schema, 'minLength')
  const maximum = numberOf(schema, 'maxLength')
  if (minimum !== undefined && lengthOf(value) < minimum) return false
  if (maximum !== undefined && lengthOf(value) > maximum) return false
  const pattern = stringOf(schema, 'pattern')
  if (pattern !== undefined && regularExpression(pattern)?.test(value) === false) return false
  return isOfFormat(stringOf(schema, 'format'), value)
}

/** Formats that are not known hold (section 7.2.1). */
export function isOfFormat(format: string | undefined, value: string | number): boolean {
  if (format === undefined || !Object.hasOwn(fullFormats, format)) return true
  const definition: unknown = Reflect.get(fullFormats, format)
  return holds(definition, value)
}

function holds(definition: unknown, value: string | number): boolean {
  if (definition instanceof RegExp) return typeof value !== 'string' || definition.test(value)
  if (typeof definition === 'function') return typeof value !== 'string' || definition(value) === true
  if (typeof definition !== 'object' || definition === null || !('validate' in definition)) return true
  const { validate } = definition
  const type = 'type' in definition ? definition.type : 'string'
  if (typeof value !== type) return true
  if (validate instanceof RegExp) return validate.test(String(value))
  return typeof validate === 'function' ? validate(value) === true : true
}
