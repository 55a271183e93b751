import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { errorMessage } from './failure.js'
import { parseExact, toPlain } from '../operation/json.js'

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

/**
 * The JSON value of a file's text, digits kept, once it is known to have the file's form. Throws an
 * Error that says what is wrong; `form` says what is expected (`documents by id, by collection`).
 */
export function parseChecked<Schema extends TSchema>(
  text: string,
  schema: Schema,
  form: string,
): Static<Schema> {
  let value: unknown
  try {
    value = parseExact(text)
  } catch (error) {
    throw new Error(text.trim() === '' ? 'it is empty' : `not JSON (${oneLine(errorMessage(error))})`, {
      cause: error,
    })
  }
  const plain = toPlain(value)
  if (!Value.Check(schema, plain)) {
    const first = Value.Errors(schema, plain).First()
    throw new Error(`not ${form} (at "${first?.path ?? ''}": ${first?.message ?? 'unexpected value'})`)
  }
  return value
}
