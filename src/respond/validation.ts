import type { TSchema } from '@sinclair/typebox'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ApiDescription } from '../operation/description.js'
import { parseSource, SOURCE_KEYWORD, type SourceLocation } from '../operation/source.js'
import type { Violation } from './violation.js'

/** What is wrong with a value, without the place it stands in; undefined for a valid one. */
export type Validator = (value: unknown) => SchemaViolation[] | undefined
export type SchemaViolation = Omit<Violation, 'in' | 'name'>

/**
 * Validators for the schemas of one description (JSON Schema 2020-12). Each schema is compiled when
 * it is first used, so that a description of any size starts at once, and only once.
 */
export class Validation {
  readonly #documents: ApiDescription['documents']
  readonly #validators = new WeakMap<object, Validator>()
  #ajv: Ajv2020 | undefined

  constructor(documents: ApiDescription['documents']) {
    this.#documents = documents
  }

  validator(schema: TSchema): Validator {
    const known = this.#validators.get(schema)
    if (known) return known
    let validate: ValidateFunction | undefined
    const validator: Validator = (value) => {
      validate ??= this.#compiler().compile(schema)
      return validate(value) ? undefined : violationsOf(validate.errors ?? [], schema)
    }
    this.#validators.set(schema, validator)
    return validator
  }

  #compiler(): Ajv2020 {
    if (this.#ajv) return this.#ajv
    // A description holds whatever its author wrote: unknown keywords and formats are not errors here.
    const ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      verbose: true,
      validateSchema: false,
      validateFormats: true,
      ownProperties: true,
      logger: false,
    })
    addFormats.default(ajv)
    for (const [id, document] of Object.entries(this.#documents)) {
      if (typeof document === 'object' && document !== null) ajv.addSchema(document, id)
    }
    this.#ajv = ajv
    return ajv
  }
}

function violationsOf(errors: readonly ErrorObject[], root: TSchema): SchemaViolation[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf')
  return (
    errors
      // `then` and `else` report themselves; what an alternative lacks matters only where it is the whole story.
      .filter((error) => error.keyword !== 'if')
      // A constant says its type itself.
      .filter((error) => error.keyword !== 'type' || !(error.parentSchema && 'const' in error.parentSchema))
      .filter((error) => !unions.some((union) => error !== union && isInside(error, union)))
      .map((error) => toViolation(error, root))
  )
}

const isInside = (error: ErrorObject, union: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${union.schemaPath}/`) && error.instancePath.startsWith(union.instancePath)

function toViolation(error: ErrorObject, root: TSchema): SchemaViolation {
  const { pointer, node } = blame(error)
  const expected = expectation(error)
  const source = sourceOf(node) ?? sourceOf(error.parentSchema) ?? sourceOf(root)
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
function blame(error: ErrorObject): { pointer: string; node: unknown } {
  const member: unknown =
    error.params['missingProperty'] ??
    error.params['additionalProperty'] ??
    error.params['unevaluatedProperty']
  if (typeof member !== 'string') return { pointer: error.instancePath, node: error.parentSchema }
  const properties: unknown = error.parentSchema?.['properties']
  return {
    pointer: `${error.instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    node: isRecord(properties) && Object.hasOwn(properties, member) ? properties[member] : undefined,
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
  return list.every((one) => isRecord(one) && 'const' in one)
    ? list.map((one) => (isRecord(one) ? one['const'] : undefined))
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function sourceOf(node: unknown): SourceLocation | undefined {
  const text = isRecord(node) ? node[SOURCE_KEYWORD] : undefined
  return typeof text === 'string' ? parseSource(text) : undefined
}

function descriptionOf(node: unknown): string | undefined {
  const text = isRecord(node) ? node['description'] : undefined
  return typeof text === 'string' ? text : undefined
}
