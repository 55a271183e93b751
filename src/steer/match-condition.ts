import { equal } from '../operation/equal.js'
import { queryOf } from '../operation/query.js'
import { valuesByName } from './values-by-name.js'
import { isLosslessNumber, parseExact, stringifyExact, toPlain } from '../operation/json.js'
import { pointerTokens, valueAt } from '../operation/pointer.js'
import { isSecretName } from '../operation/secrets.js'
import type { RequestInput } from '../respond/check.js'
import { testBounded } from './bounded-regexp.js'
import type { Condition, ValueMatch } from './condition.js'

/** What of a call conditions look at. */
export interface ConditionedCall {
  readonly input: RequestInput
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>
  readonly valid: boolean
}

/**
 * How a call differs from what a condition asks for, a sentence for each part that does not hold;
 * empty where it matches. What stands under a secret name is compared, but not told.
 */
export function conditionDiffers(condition: Condition, call: ConditionedCall): string[] {
  const { input, path, valid } = call
  const differs: string[] = []
  const hold = (place: string, match: ValueMatch, values: Values): void => {
    const said = valueDiffers(match, values)
    if (said !== undefined) differs.push(`${place} ${said}`)
  }
  for (const [name, match] of Object.entries(condition.headers ?? {})) {
    hold(`header ${name}`, match, text(name, listed(input.headers[name.toLowerCase()])))
  }
  const query = condition.query && queryOf(input.url)
  for (const [name, match] of Object.entries(condition.query ?? {})) {
    hold(`query ${name}`, match, text(name, query?.getAll(name) ?? []))
  }
  for (const [name, match] of Object.entries(condition.path ?? {})) {
    hold(`path ${name}`, match, text(name, Object.hasOwn(path, name) ? [path[name]] : []))
  }
  if (condition.body) {
    const body = bodyOf(input)
    for (const [pointer, match] of Object.entries(condition.body)) {
      const tokens = pointerTokens(pointer)
      const value = valueAt(body.value, tokens)
      hold(pointer === '' ? 'body' : `body ${pointer}`, match, {
        actual: value === undefined ? [] : [value],
        isText: body.isForm,
        // The whole of a body may hold secrets anywhere.
        isSecret: pointer === '' || tokens.some(isSecretName),
      })
    }
  }
  if (condition.valid !== undefined && condition.valid !== valid) {
    differs.push(valid ? 'the request keeps to the docs' : 'the request breaks the docs')
  }
  return differs
}

const text = (name: string, actual: readonly unknown[]): Values => ({
  actual,
  isText: true,
  isSecret: isSecretName(name),
})

const listed = (header: string | string[] | undefined): string[] =>
  header === undefined ? [] : [header].flat()

/** The JSON value of a body, digits kept, or the members of a form; else its text. */
export function bodyOf({ body, headers }: RequestInput): {
  readonly value: unknown
  readonly isForm: boolean
} {
  if (body === undefined || body.length === 0) return { value: undefined, isForm: false }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  try {
    return { value: parseExact(text), isForm: false }
  } catch {
    const [type = ''] = listed(headers['content-type'])
    const isForm = type.toLowerCase().startsWith('application/x-www-form-urlencoded')
    return { value: isForm ? valuesByName(new URLSearchParams(text)) : text, isForm }
  }
}

/** The values at one place of a call: none, or several where a name is given several times. */
interface Values {
  readonly actual: readonly unknown[]
  /** Compared as text, as what has no types on the wire is. */
  readonly isText: boolean
  readonly isSecret: boolean
}

/** What of the values is not as asked for; undefined where one of them is. */
function valueDiffers(match: ValueMatch, { actual, isText, isSecret }: Values): string | undefined {
  if (isObject(match) && 'present' in match) {
    if (match.present === actual.length > 0) return undefined
    return match.present ? 'is absent' : 'is there'
  }
  if (actual.some((value) => holds(match, value, isText))) return undefined
  if (isSecret) return actual.length === 0 ? 'is absent' : 'is another than expected'
  const is = actual.length === 0 ? 'absent' : actual.map(shown).join(', ')
  return `is ${is}, expected ${expectation(match)}`
}

type Comparison = Exclude<ValueMatch, { present: boolean }>

function holds(match: Comparison, value: unknown, isText: boolean): boolean {
  if (!isObject(match)) return isSame(match, value, isText)
  if ('equals' in match) return isSame(match.equals, value, isText)
  if ('contains' in match) {
    return Array.isArray(value)
      ? value.some((item) => isSame(match.contains, item, isText))
      : textOf(value).includes(match.contains)
  }
  return testBounded(new RegExp(match.matches, 'u'), textOf(value))
}

const isSame = (expected: unknown, value: unknown, isText: boolean): boolean =>
  isText && !isObject(expected) && typeof value === 'string'
    ? String(expected) === value
    : equal(expected, toPlain(value))

const isObject = <Value>(value: Value): value is Value & object => typeof value === 'object' && value !== null

function expectation(match: Comparison): string {
  if (!isObject(match)) return shown(match)
  if ('equals' in match) return shown(match.equals)
  return 'contains' in match ? `to contain ${shown(match.contains)}` : `to match /${match.matches}/`
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return isLosslessNumber(value) ? value.value : stringifyExact(value)
}

/** Bodies may be long. */
const LONGEST = 80

function shown(value: unknown): string {
  const text = stringifyExact(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
