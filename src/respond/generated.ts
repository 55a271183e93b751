import { isObject } from '../operation/json-object.js'
import { essenceOf, isJson, isXml } from '../operation/media-type.js'
import type { MediaType, Response } from '../operation/operation.js'
import { writeForm } from './bodies/write-form.js'
import { writeXml } from './bodies/write-xml.js'
import { headerText, type Note } from './decision.js'
import { generate } from './generate.js'
import type { Resolve, Schema } from './schema/located.js'
import type { Validation } from './validation.js'

/** What data is made with. */
export interface Making {
  readonly resolve: Resolve
  readonly validation: Validation
  /** The same seed makes the same data. */
  readonly seed: string
}

export interface GeneratedBody {
  readonly text: string
  readonly note: Note
}

/** A body made from the schema of a response, written in its media type; undefined where it has no schema. */
export function generateBody(
  response: Response,
  { mediaType, schema }: MediaType,
  { resolve, validation, seed }: Making,
): GeneratedBody | undefined {
  if (schema === undefined) return undefined
  const validate = validation.validator(schema, 'response')
  const { value, valid, reason } = generate(schema, { seed, resolve, direction: 'response', validate })
  const flaw = valid ? '' : `, and is not valid: ${reason}`
  return {
    text: writeBody(value, mediaType, schema, resolve),
    note: {
      kind: 'generated-body',
      text: `the docs show no example of ${response.status}; made from the schema${flaw}`,
      source: response.source,
    },
  }
}

/** A value in the form of a media type. */
export function writeBody(value: unknown, mediaType: string, schema: Schema, resolve: Resolve): string {
  const essence = essenceOf(mediaType)
  if (isJson(essence) || essence === 'application/*') return JSON.stringify(value)
  if (isXml(essence)) return writeXml(value, schema, resolve)
  if (essence === 'application/x-www-form-urlencoded' && isObject(value)) return writeForm(value)
  return asText(value)
}

/** What the body and the connection decide, whatever the docs say (RFC 9110 sections 7.6.1, 8.3, 8.4, 8.6). */
const DECIDED_ELSEWHERE = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** A field name, RFC 9110 section 5.1. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/

/** The documented headers of a response, by name in lower case, with their documented or made values. */
export function documentedHeaders({ headers }: Response, making: Making): Record<string, string> {
  const values = headers.flatMap(({ name, schema, example }): [string, string][] => {
    const lower = name.toLowerCase()
    if (DECIDED_ELSEWHERE.has(lower) || !TOKEN.test(lower)) return []
    const value = example ?? asText(generate(schema, { ...making, direction: 'response' }).value)
    return [[lower, headerText(value)]]
  })
  return Object.fromEntries(values)
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
