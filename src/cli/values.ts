import { Ajv } from 'ajv'
import { errors } from '../errors.js'
import { delayRange } from '../standin-options.js'
import type { Option } from './options.js'

/** Only values that somebody gave are checked, so a plain start compiles no schema here, nor the schema of schemas. */
const ajv = new Ajv({ strict: false, validateSchema: false })
ajv.addFormat('range', (text) => text.includes('-') && delayRange(text) !== undefined)

/** The value that a text from the command line or the environment stands for; the text itself where it stands for none. A list has it as its one item. */
export function fromText({ boolean, list, schema }: Option, text: string): unknown {
  if (list) return [text]
  if (boolean) return booleans.get(text.toLowerCase()) ?? text
  const numeric = [schema, ...(schema.anyOf ?? [])].some(({ type }) => type === 'integer')
  return numeric && /^\d+$/.test(text) ? Number(text) : text
}
const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** What a value of the option must be, to be read after "expected". */
export function expectation({ boolean, schema, expected }: Option): string {
  if (expected !== undefined) return expected
  if (boolean) return 'true or false'
  if (schema.type === 'integer') return `a whole number from ${schema.minimum} to ${schema.maximum}`
  return schema.anyOf === undefined
    ? 'a text that is not empty'
    : `one of ${schema.anyOf.map((literal) => literal.const).join(', ')}`
}

/**
 * Returns the value if the option's schema accepts it. `where` names the place that gave it, as
 * "--port" or "STANDIN_PORT (environment)"; `usage` tells a wrong command line from a wrong configuration.
 */
export function checked(option: Option, value: unknown, where: string, usage: boolean): unknown {
  if (ajv.compile(option.schema)(value)) return value
  const problem = `expected ${expectation(option)}, got ${JSON.stringify(value) ?? String(value)}`
  throw usage
    ? new errors.STANDIN_ERR_USAGE(`${where}: ${problem}`)
    : new errors.STANDIN_ERR_CONFIG(where, problem)
}
