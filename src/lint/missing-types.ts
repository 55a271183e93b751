import type { ApiDescription } from '../operation/description.js'
import type { Finding } from '../operation/finding.js'
import type { Operation, Parameter } from '../operation/operation.js'

/** Keywords that say what a value is as well as a type does. */
const TELLING = ['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', 'properties', 'items', 'not']

/**
 * Parameters whose type is not said. Of an operation that has none at all it is said once. A header
 * and a cookie are text, and a variable of the path is mostly one, so that they need none.
 */
export const missingTypes = ({ operations }: ApiDescription): Finding[] => operations.flatMap(missingIn)

function missingIn(operation: Operation): Finding[] {
  const all = [...operation.parameters, ...(operation.requestBody?.parameters ?? [])].filter(
    (parameter) => parameter.in === 'query' || parameter.in === 'body',
  )
  const untyped = all.filter(isUntyped)
  const [first] = untyped
  if (first === undefined) return []
  if (untyped.length === all.length && all.length > 1) {
    const message = `No parameter of ${operation.method} ${operation.path} has a type. Say for each whether it is a string, a number, ...`
    return [missing(message, first)]
  }
  return untyped.map((parameter) =>
    missing(`The ${parameter.in} parameter \`${parameter.name}\` has no type. Say what it is.`, parameter),
  )
}

const missing = (message: string, { source }: Parameter): Finding => ({
  rule: 'parameter-type-missing',
  severity: 'warning',
  message,
  source,
})

const isUntyped = ({ typeText, schema, mediaType }: Parameter): boolean =>
  (typeText ?? '').trim() === '' &&
  mediaType === undefined &&
  typeof schema === 'object' &&
  !TELLING.some((keyword) => keyword in schema)
