import { isObject } from '../../operation/json-object.js'
import { stringifyExact } from '../../operation/json.js'
import type { MediaType } from '../../operation/operation.js'

/** What stands between the items of a list in one value, by its style (OpenAPI 3.1, section 4.8.12.2). */
const DELIMITERS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' }

/**
 * The members of a value as a form names them, by OpenAPI's `encoding` (3.1, section 4.8.15): a list is
 * repeated, an object without a style of its own is JSON. What is undefined is not in it.
 */
export function formPairs(
  value: Readonly<Record<string, unknown>>,
  encoding: MediaType['encoding'] = {},
): [name: string, text: string][] {
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    const written = Object.hasOwn(encoding, name) ? encoding[name] : undefined
    const { style, explode } = isObject(written) ? written : {}
    if (member === undefined) return []
    if (Array.isArray(member)) {
      if (explode !== false) return member.map((item) => [name, textOf(item)])
      return [[name, member.map(textOf).join(DELIMITERS[String(style)] ?? ',')]]
    }
    if (isObject(member) && style === 'deepObject')
      return Object.entries(member).map(([inner, item]) => [`${name}[${inner}]`, textOf(item)])
    return [[name, textOf(member)]]
  })
}

/** As `application/x-www-form-urlencoded` (WHATWG URL, section 5.2). */
export const writeForm = (
  value: Readonly<Record<string, unknown>>,
  encoding?: MediaType['encoding'],
): string => new URLSearchParams(formPairs(value, encoding)).toString()

/** Null has no text in a form. */
const textOf = (value: unknown): string => {
  if (value === null) return ''
  return typeof value === 'string' ? value : stringifyExact(value)
}
