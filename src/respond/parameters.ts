import type { Parameter } from '../operation/operation.js'
import { compileParameter, type Validate } from './parameters/parameter.js'
import { Message, type ParameterInput } from './parameters/reader.js'
import type { Resolve } from './schema/located.js'
import type { Violation } from './violation.js'

export type { Validate } from './parameters/parameter.js'
export type { ParameterInput } from './parameters/reader.js'

export type ParameterValues = Readonly<
  Record<'path' | 'query' | 'header' | 'cookie', Readonly<Record<string, unknown>>>
>

export interface CheckedParameters {
  /** By place and by the name that the description gives; absent parameters are absent. */
  readonly values: ParameterValues
  readonly violations: readonly Violation[]
}

const NOTHING: CheckedParameters = Object.freeze({
  values: Object.freeze({ path: {}, query: {}, header: {}, cookie: {} }),
  violations: Object.freeze([]),
})

/** Described elsewhere, whatever a parameter says (OpenAPI 3.1 section 4.8.12.2.1). */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization'])

/**
 * Reads and checks the path, query, header and cookie parameters of an operation: serialisation by
 * style and explode (OpenAPI 3.1 section 4.8.12), types where HTTP has only text, then each value
 * against its schema. Work on a parameter's schema is done when it is first sent.
 */
export function compileParameters(
  parameters: readonly Parameter[],
  resolve: Resolve,
  validate: Validate,
): (input: ParameterInput) => CheckedParameters {
  const readers = parameters
    .filter((parameter) => !(parameter.in === 'header' && IGNORED_HEADERS.has(parameter.name.toLowerCase())))
    .flatMap((parameter) => {
      const place = parameter.in
      if (place === 'body') return []
      const siblings = parameters.filter((other) => other !== parameter && other.in === parameter.in)
      const read = compileParameter(parameter, new Set(siblings.map(({ name }) => name)), resolve, validate)
      return [{ place, name: parameter.name, read }]
    })
  if (readers.length === 0) return () => NOTHING
  return (input) => {
    const message = new Message(input)
    const values: Record<Place, Record<string, unknown>> = { path: {}, query: {}, header: {}, cookie: {} }
    let violations: Violation[] | undefined
    for (const { place, name, read } of readers) {
      const { value, problems } = read(message)
      if (value !== undefined) values[place][name] = value
      if (problems) (violations ??= []).push(...problems)
    }
    return { values, violations: violations ?? [] }
  }
}

type Place = keyof ParameterValues
