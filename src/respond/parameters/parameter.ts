import type { TSchema } from '@sinclair/typebox'
import type { Parameter } from '../../operation/operation.js'
import { isJson } from '../../operation/media-type.js'
import { admits } from '../schema/admits.js'
import { compileCoerce, type Raw } from '../schema/coerce.js'
import { locate, type Resolve } from '../schema/located.js'
import type { Validator } from '../validation.js'
import type { Violation } from '../violation.js'
import { Unreadable } from './malformed.js'
import { type Message, type ReadParameter, readerOf } from './reader.js'
import { type Shape, shapesOf } from './shape.js'

/** Gives the validator of a schema; see Validation. */
export type Validate = (schema: TSchema) => Validator

/** `value` is undefined where the parameter is absent or cannot be read at all. */
export interface ReadResult {
  readonly value: unknown
  readonly problems?: readonly Violation[]
}

const ABSENT: ReadResult = Object.freeze({ value: undefined })

/** Reads and checks one parameter. What depends on its schema is worked out when it is first sent. */
export function compileParameter(
  parameter: Parameter,
  siblings: ReadonlySet<string>,
  resolve: Resolve,
  validate: Validate,
): (message: Message) => ReadResult {
  const place: Pick<Violation, 'in' | 'name' | 'docs' | 'source'> = {
    in: parameter.in,
    name: parameter.name,
    source: parameter.source,
    ...(parameter.description !== undefined && { docs: parameter.description }),
  }
  const fail = (keyword: string, message: string, expected?: unknown): ReadResult => ({
    value: undefined,
    problems: [{ ...place, pointer: '', keyword, message, ...(expected !== undefined && { expected }) }],
  })
  let read: ((message: Message) => unknown) | undefined
  let check: Validator | undefined
  const free = isFree(parameter)
  return (message) => {
    let value: unknown
    try {
      value = (read ??= compileRead(parameter, siblings, resolve))(message)
    } catch (error) {
      if (error instanceof Unreadable) return fail(error.keyword, error.message, error.expected)
      if (error instanceof SyntaxError) return fail('syntax', 'is not JSON', parameter.mediaType)
      throw error
    }
    if (value === undefined) {
      return parameter.required ? fail('required', 'is required') : ABSENT
    }
    if (free || (value === '' && parameter.allowEmptyValue === true)) return { value }
    const found = (check ??= validate(parameter.schema))(value)
    return !found
      ? { value }
      : {
          value,
          problems: found.map((problem) => ({ ...place, ...problem, in: place.in, name: parameter.name })),
        }
  }
}

/** Annotations that ask nothing of a value. */
const ANNOTATIONS = new Set(['type', 'title', 'description', 'default', 'example', 'examples', 'deprecated'])

/** A schema that any text meets needs no validator. */
function isFree({ schema, mediaType }: Parameter): boolean {
  if (mediaType !== undefined || typeof schema === 'boolean') return false
  return (
    schema['type'] === 'string' &&
    Object.keys(schema).every((key) => ANNOTATIONS.has(key) || key.startsWith('x-'))
  )
}

/** Of the readings that the style allows, the first that meets the schema, else the first. */
function compileRead(
  parameter: Parameter,
  siblings: ReadonlySet<string>,
  resolve: Resolve,
): (message: Message) => unknown {
  const read = readerOf(parameter, siblings, resolve)
  if (parameter.mediaType !== undefined) {
    const json = isJson(parameter.mediaType)
    return (message) => {
      const [text] = read(message, 'primitive')
      return json && typeof text === 'string' ? (JSON.parse(text) as unknown) : text
    }
  }
  const schema = locate(parameter.schema)
  const shapes = shapesOf(schema, resolve)
  const coerce = compileCoerce([schema], resolve)
  const [shape] = shapes
  const readings: (message: Message) => Raw[] =
    shape !== undefined && shapes.length === 1
      ? (message) => read(message, shape)
      : (message) => readAll(message, shapes, read)
  return (message) => {
    const found = readings(message)
    const [first] = found
    if (first === undefined) return undefined
    if (found.length === 1) return coerce(first)
    const values = found.map(coerce)
    return values.find((value) => admits(schema, value, { resolve })) ?? values[0]
  }
}

/** The readings in all shapes in which the text can be read. Throws Unreadable where it can be read in none. */
function readAll(message: Message, shapes: readonly Shape[], read: ReadParameter): Raw[] {
  const readings: Raw[] = []
  let unreadable: Unreadable | undefined
  for (const shape of shapes) {
    try {
      readings.push(...read(message, shape))
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      unreadable ??= error
    }
  }
  if (unreadable && readings.length === 0) throw unreadable
  return readings
}
