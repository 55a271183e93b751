import type { TSchema } from '@sinclair/typebox'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ApiDescription } from '../operation/description.js'
import { resolveRef } from '../operation/schema-ref.js'
import { uniqueItems } from './schema/unique-items.js'

type Documents = ApiDescription['documents']

/**
 * Compiles schemas of one description with what they refer to, and no more: a document is walked by Ajv
 * as a whole before anything in it can be used, and GitHub's has 13 MB. Only schemas with dynamic
 * references, whose targets depend on who refers to them, need their documents whole.
 */
export class SchemaCompiler {
  readonly #documents: Documents
  readonly #added = new Set<string>()
  #parts: Ajv2020 | undefined
  #whole: Ajv2020 | undefined

  constructor(documents: Documents) {
    this.#documents = documents
  }

  /** Throws Ajv's error where the schema cannot be compiled. */
  compile(schema: TSchema): ValidateFunction {
    const parts = (this.#parts ??= createAjv())
    if (!this.#add(parts, schema)) return this.#compileWhole(schema)
    try {
      return parts.compile(schema)
    } catch {
      // What is really wrong is said where nothing is missing.
      return this.#compileWhole(schema)
    }
  }

  #compileWhole(schema: TSchema): ValidateFunction {
    if (this.#whole === undefined) {
      this.#whole = createAjv()
      for (const [id, document] of Object.entries(this.#documents)) {
        if (typeof document === 'object' && document !== null) this.#whole.addSchema(document, id)
      }
    }
    return this.#whole.compile(schema)
  }

  /** Adds all that a schema refers to. False where that is not all that it takes. */
  #add(ajv: Ajv2020, schema: unknown): boolean {
    const pending: unknown[] = [schema]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (typeof next !== 'object' || next === null) continue
      for (const [key, value] of Object.entries(next)) {
        if (typeof value === 'object') pending.push(value)
        else if (key === '$dynamicRef' || key === '$dynamicAnchor') return false
        else if (key === '$ref' && typeof value === 'string') {
          const target = this.#addTarget(ajv, value)
          if (target !== undefined) pending.push(target)
        }
      }
    }
    return true
  }

  /** Adds what a reference leads to under its own address, and returns it if it is new. */
  #addTarget(ajv: Ajv2020, ref: string): object | undefined {
    // As Ajv writes the references that it looks up.
    const key = ajv.opts.uriResolver.resolve('', ref)
    if (this.#added.has(key)) return undefined
    this.#added.add(key)
    const target = resolveRef(this.#documents, ref)
    if (typeof target !== 'object' || target === null || Array.isArray(target)) return undefined
    ajv.addSchema(target, key)
    return target
  }
}

function createAjv(): Ajv2020 {
  // A description holds whatever its author wrote: unknown keywords and formats are not errors here.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    validateFormats: true,
    ownProperties: true,
    code: { regExp: tolerantRegExp },
    logger: false,
  })
  addFormats.default(ajv)
  return ajv.removeKeyword('uniqueItems').addKeyword(uniqueItems)
}

/** JSON Schema's patterns are read with `u`; many that people write are invalid under it and mean what they say without. */
const tolerantRegExp = Object.assign(
  (pattern: string, flags: string): RegExp => {
    try {
      return new RegExp(pattern, flags)
    } catch {
      return new RegExp(pattern, flags.replace('u', ''))
    }
  },
  // How generated code that is kept as a module would name it (Ajv's `code.regExp`); none is kept.
  { code: 'tolerantRegExp' },
)
