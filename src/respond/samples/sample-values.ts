import type { ApiDescription } from '../../operation/description.js'
import { isLosslessNumber, parseExact, stringifyExact, toPlain } from '../../operation/json.js'
import type { MediaType, Parameter } from '../../operation/operation.js'
import { generate } from '../generate.js'
import { compileParameter } from '../parameters/parameter.js'
import { Message } from '../parameters/reader.js'
import { admits } from '../schema/admits.js'
import { locate, type Resolve } from '../schema/located.js'
import type { Validation } from '../validation.js'
import { messageWith, type ParameterParts, writeParameter } from './write-parameter.js'

export interface SampleValue {
  /** The JSON value; plain JavaScript numbers. */
  readonly value: unknown
  /** How the message carries it. */
  readonly parts: ParameterParts
  /** Made from the schema, since the docs show none, or none that they themselves allow. */
  readonly made: boolean
}

/** Values for the parameters and bodies of one description that its own checks accept. */
export class SampleValues {
  readonly resolve: Resolve
  readonly #validation: Validation

  constructor({ documents }: Pick<ApiDescription, 'documents'>, validation: Validation) {
    this.resolve = (id) => documents[id]
    this.#validation = validation
  }

  /** As documented where that is accepted, else made from the type, the enum and the pattern. */
  of(parameter: Parameter): SampleValue {
    const { example } = parameter
    if (example !== undefined) {
      const value = this.#typed(parameter, example)
      const shown = { value, parts: writeParameter(parameter, example), made: false }
      if (this.#isAccepted(parameter, shown)) return shown
    }
    const value = this.#made(parameter.schema, `${parameter.in} ${parameter.name}`)
    const text = parameter.mediaType === undefined ? value : stringifyExact(value)
    return { value, parts: writeParameter(parameter, text), made: true }
  }

  /** A body for a media type that shows none. */
  body({ schema }: MediaType): unknown {
    return schema === undefined ? {} : this.#made(schema, 'body')
  }

  #made(schema: Parameter['schema'], seed: string): unknown {
    const validate = this.#validation.validator(schema, 'request')
    return generate(schema, { seed, resolve: this.resolve, direction: 'request', validate }).value
  }

  /** The example is text; in a body, and for whoever reads it, it has the type that its schema asks for. */
  #typed({ schema }: Parameter, text: string): unknown {
    const root = locate(schema)
    if (admits(root, text, { resolve: this.resolve })) return text
    try {
      const exact = parseExact(text)
      const value = toPlain(exact)
      // A number that JavaScript would change stays as it is written.
      const changed = isLosslessNumber(exact) && String(value) !== exact.value
      if (admits(root, value, { resolve: this.resolve })) return changed ? exact : value
    } catch {
      // No JSON: text, then.
    }
    return text
  }

  #isAccepted(parameter: Parameter, { value, parts }: SampleValue): boolean {
    if (parameter.in === 'body') return admits(locate(parameter.schema), value, { resolve: this.resolve })
    if (parameter.in === 'header' && !/^[\x20-\x7e]*$/.test(parts.header ?? '')) return false
    if (parameter.in === 'path' && parts.path === '') return false
    const read = compileParameter(parameter, new Set(), this.resolve, (schema) =>
      this.#validation.validator(schema, 'request'),
    )
    return read(new Message(messageWith(parameter, parts))).problems === undefined
  }
}
