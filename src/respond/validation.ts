import { type TSchema, Type } from '@sinclair/typebox'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import { locateRef } from '../operation/locate.js'
import { resolveSchema } from '../operation/schema-ref.js'
import type { SourceLocation } from '../operation/source.js'
import { SchemaCompiler } from './schema-compiler.js'
import { blame, isInside, sourceOf, toViolation } from './schema-violation.js'
import type { Violation } from './violation.js'

/** What is wrong with a value, without the place it stands in; undefined for a valid one. */
export type Validator = (value: unknown) => SchemaViolation[] | undefined
export type SchemaViolation = Omit<Violation, 'in' | 'name'>

/** Members that are `readOnly` have no place in a request, `writeOnly` ones none in a response. */
export type Direction = 'request' | 'response'

const HIDDEN: Readonly<Record<Direction, string>> = { request: 'readOnly', response: 'writeOnly' }

/**
 * Validators for the schemas of one description (JSON Schema 2020-12). Each schema is compiled when
 * it is first used, so that a description of any size starts at once, and only once.
 */
export class Validation {
  readonly #documents: ApiDescription['documents']
  readonly #onBroken: (schema: TSchema, reason: string) => void
  readonly #validators: Readonly<Record<Direction, WeakMap<object, Validator>>> = {
    request: new WeakMap(),
    response: new WeakMap(),
  }
  readonly #compiler: SchemaCompiler

  /** @param onBroken is told of a schema that cannot be compiled; it then constrains nothing */
  constructor(
    documents: ApiDescription['documents'],
    onBroken: (schema: TSchema, reason: string) => void = () => {},
  ) {
    this.#documents = documents
    this.#compiler = new SchemaCompiler(documents)
    this.#onBroken = onBroken
  }

  validator(schema: TSchema, direction: Direction): Validator {
    const known = this.#validators[direction].get(schema)
    if (known) return known
    let validate: ValidateFunction | undefined
    const validator: Validator = (value) => {
      validate ??= this.#compile(schema)
      if (validate(value)) return undefined
      const violations = this.#violations(validate.errors ?? [], schema, HIDDEN[direction])
      return violations.length > 0 ? violations : undefined
    }
    this.#validators[direction].set(schema, validator)
    return validator
  }

  #compile(schema: TSchema): ValidateFunction {
    try {
      return this.#compiler.compile(schema)
    } catch (error) {
      this.#onBroken(schema, error instanceof Error ? error.message : String(error))
      return this.#compiler.compile(Type.Unknown())
    }
  }

  #violations(errors: readonly ErrorObject[], root: TSchema, hidden: string): SchemaViolation[] {
    const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    return (
      errors
        // `then` and `else` report themselves; what an alternative lacks matters only where it is the whole story.
        .filter((error) => error.keyword !== 'if')
        // A constant says its type itself.
        .filter((error) => error.keyword !== 'type' || !(error.parentSchema && 'const' in error.parentSchema))
        .filter((error) => !unions.some((union) => error !== union && isInside(error, union)))
        .map((error) => ({ error, ...blame(error) }))
        .filter(({ error, node }) => error.keyword !== 'required' || !this.#says(node, hidden))
        .map(({ error, pointer, node }) =>
          toViolation(error, pointer, node, this.#sourceOf(error, node) ?? sourceOf(root)),
        )
    )
  }

  #says(node: unknown, keyword: string): boolean {
    const schema = isObject(node) ? resolveSchema(this.#documents, Type.Unsafe(node)) : undefined
    return isObject(schema) && schema[keyword] === true
  }

  /** Where the schema that was broken is written: it says so itself, or its document knows. */
  #sourceOf(error: ErrorObject, node: unknown): SourceLocation | undefined {
    return (
      sourceOf(node) ??
      sourceOf(error.parentSchema) ??
      (error.schemaPath.startsWith('#') ? undefined : locateRef(this.#documents, error.schemaPath))
    )
  }
}
