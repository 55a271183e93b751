import { isObject } from '../../operation/json-object.js'
import { follow, type Located, type Resolve, type Schema, within } from './located.js'

/** Readers of keywords that leave out what has the wrong type, so that a broken schema breaks nothing. */

export function numberOf(schema: Schema, keyword: string): number | undefined {
  const value = typeof schema === 'boolean' ? undefined : schema[keyword]
  return typeof value === 'number' ? value : undefined
}

export function stringOf(schema: Schema, keyword: string): string | undefined {
  const value = typeof schema === 'boolean' ? undefined : schema[keyword]
  return typeof value === 'string' ? value : undefined
}

export function stringsOf(schema: Schema, keyword: string): string[] {
  const value = typeof schema === 'boolean' ? undefined : schema[keyword]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export function arrayOf(schema: Schema, keyword: string): readonly unknown[] | undefined {
  const value = typeof schema === 'boolean' ? undefined : schema[keyword]
  return Array.isArray(value) ? value : undefined
}

export function recordOf(schema: Schema, keyword: string): Readonly<Record<string, unknown>> {
  const value = typeof schema === 'boolean' ? undefined : schema[keyword]
  return isObject(value) ? value : {}
}

/** The schema under a keyword; undefined where the keyword is absent. */
export function schemaAt(located: Located, keyword: string): Located | undefined {
  const value = typeof located.schema === 'boolean' ? undefined : located.schema[keyword]
  return value === undefined ? undefined : within(located, value)
}

export const schemasAt = (
  located: Located,
  keyword: 'allOf' | 'anyOf' | 'oneOf' | 'prefixItems',
): Located[] => (arrayOf(located.schema, keyword) ?? []).map((schema) => within(located, schema))

/** What `$ref` points at; undefined where there is no reference, or none that leads anywhere. */
export function referenced(located: Located, resolve: Resolve): Located | undefined {
  const reference = stringOf(located.schema, '$ref') ?? stringOf(located.schema, '$dynamicRef')
  return reference === undefined ? undefined : follow(located, reference, resolve)
}

/** The values of `const` or `enum`; undefined where any value is allowed. */
export function allowedValues(schema: Schema): readonly unknown[] | undefined {
  if (typeof schema === 'boolean') return undefined
  return Object.hasOwn(schema, 'const') ? [schema['const']] : arrayOf(schema, 'enum')
}

const patterns = new Map<string, RegExp | undefined>()

/** A `pattern` as Ajv reads it; those that are no regular expression under the `u` flag are read without it. */
export function regularExpression(pattern: string): RegExp | undefined {
  if (patterns.has(pattern)) return patterns.get(pattern)
  let expression: RegExp | undefined
  for (const flags of ['u', '']) {
    try {
      expression ??= new RegExp(pattern, flags)
    } catch {
      // Neither way: the pattern says nothing.
    }
  }
  patterns.set(pattern, expression)
  return expression
}
