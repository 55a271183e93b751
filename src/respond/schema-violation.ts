import type { ErrorObject } from 'ajv/dist/2020.js'
import { isObject } from '../operation/json-object.js'
import { escapeToken } from '../operation/pointer.js'
import { parseSource, SOURCE_KEYWORD, type SourceLocation } from '../operation/source.js'
import type { SchemaViolation } from './validation.js'

/** Ajv's errors (https://ajv.js.org/api.html#error-objects, with `verbose`) in the words of a violation. */

export const isInside = (error: ErrorObject, union: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${union.schemaPath}/`) && error.instancePath.startsWith(union.instancePath)

export function toViolation(
  error: ErrorObject,
  pointer: string,
  node: unknown,
  source: SourceLocation | undefined,
): SchemaViolation {
  const expected = expectation(error)
  const docs = descriptionOf(node) ?? descriptionOf(error.parentSchema)
  return {
    pointer,
    keyword: error.keyword,
    message: messageOf(error, expected),
    ...(expected !== undefined && { expected }),
    ...(docs !== undefined && { docs }),
    ...(source && { source }),
  }
}

/** A member that is missing or not wanted is named itself, not the object around it. */
export function blame(error: ErrorObject): { pointer: string; node: unknown } {
  const member: unknown =
    error.params['missingProperty'] ??
    error.params['additionalProperty'] ??
    error.params['unevaluatedProperty']
  if (typeof member !== 'string') return { pointer: error.instancePath, node: error.parentSchema }
  const properties: unknown = error.parentSchema?.['properties']
  return {
    pointer: `${error.instancePath}/${escapeToken(member)}`,
    node: isObject(properties) && Object.hasOwn(properties, member) ? properties[member] : undefined,
  }
}

function expectation(error: ErrorObject): unknown {
  switch (error.keyword) {
    case 'const':
      return error.params['allowedValue']
    case 'enum':
      return error.params['allowedValues']
    case 'anyOf':
    case 'oneOf': {
      const constants = constantsOf(error.schema)
      return constants ? constants : undefined
    }
    case 'type':
    case 'pattern':
    case 'format':
      return error.schema
    default:
      return error.params['limit'] ?? undefined
  }
}

/** TypeBox writes a set of literals as `anyOf` of constants. */
function constantsOf(alternatives: unknown): unknown[] | undefined {
  if (!Array.isArray(alternatives)) return undefined
  const list: unknown[] = alternatives
  return list.every((one) => isObject(one) && 'const' in one)
    ? list.map((one) => (isObject(one) ? one['const'] : undefined))
    : undefined
}

function messageOf(error: ErrorObject, expected: unknown): string {
  switch (error.keyword) {
    case 'required':
    case 'dependentRequired':
      return 'is required'
    case 'const':
      return `must be ${JSON.stringify(expected)}`
    case 'enum':
    case 'anyOf':
    case 'oneOf':
      return Array.isArray(expected)
        ? `must be one of ${expected.map((value) => JSON.stringify(value)).join(', ')}`
        : (error.message ?? 'fits none of the documented alternatives')
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not documented'
    default:
      return error.message ?? `breaks ${error.keyword}`
  }
}

export function sourceOf(node: unknown): SourceLocation | undefined {
  const text = isObject(node) ? node[SOURCE_KEYWORD] : undefined
  return typeof text === 'string' ? parseSource(text) : undefined
}

function descriptionOf(node: unknown): string | undefined {
  const text = isObject(node) ? node['description'] : undefined
  return typeof text === 'string' ? text : undefined
}
