import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from '@sinclair/typebox'
import { Ajv, type ValidateFunction } from 'ajv'
import { parseExact, stringifyExact, toPlain } from '../../operation/json.js'
import type { ControlApp } from './context.js'
import { ControlProblem } from './problems.js'

/** How deep a body may be nested; what goes through it calls itself for each level. */
const DEEPEST = 100

const exact = new WeakMap<object, unknown>()

/** The body with the digits that its numbers were written with; the body itself has plain ones. */
export const exactBody = (body: object): unknown => exact.get(body)

/**
 * Bodies are JSON and say so: a page of another origin can send text or a form without being asked,
 * but never this media type. Replies keep the digits of numbers.
 */
export function speakJson(app: ControlApp): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (_request, text, done) => {
      try {
        done(null, parse(String(text)))
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  )
  app.setValidatorCompiler(compiler())
  app.setSerializerCompiler(() => (value) => stringifyExact(value))
}

function parse(text: string): unknown {
  if (text === '') return undefined
  let value: unknown
  try {
    value = parseExact(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ControlProblem('malformed-body', message)
  }
  if (depthOf(value) > DEEPEST) {
    throw new ControlProblem('malformed-body', `The body is nested deeper than ${DEEPEST} levels`)
  }
  const plain = toPlain(value)
  if (typeof plain === 'object' && plain !== null) exact.set(plain, value)
  return plain
}

function depthOf(root: unknown): number {
  let depth = 0
  for (let level = [root]; level.length > 0 && depth <= DEEPEST; depth++) {
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    )
  }
  return depth
}

/**
 * What stands in a URL is text, to be made what the schema asks for; what stands in a body is what it is.
 * Each schema is compiled when the first request needs it: most starts never see one.
 */
function compiler(): FastifySchemaCompiler<TSchema> {
  const options = { allErrors: true, verbose: true, strict: false, removeAdditional: false } as const
  const body = new Ajv(options)
  const url = new Ajv({ ...options, coerceTypes: 'array' })
  return ({ schema, httpPart }) => {
    let validate: ValidateFunction | undefined
    const lazy: ReturnType<FastifySchemaCompiler<TSchema>> = (value: unknown) => {
      validate ??= (httpPart === 'body' ? body : url).compile(schema)
      const valid = validate(value)
      lazy.errors = validate.errors ?? null
      return valid
    }
    return lazy
  }
}
