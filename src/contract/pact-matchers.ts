import { MatchersV3 } from '@pact-foundation/pact'
import { isObject } from '../operation/json-object.js'
import type { Operation } from '../operation/operation.js'
import { parseExact, toPlain } from '../operation/json.js'
import { compileMatchers } from './matchers.js'
import { exampleOf } from './request-content.js'
import { itemPath, memberPath, type RuleList, type Rules } from './rules.js'
import type { Unsupported } from './unsupported.js'

/** `standin/pact`: matchers for people who write tests with `PactV4` by hand. */
export interface PactBody {
  /** For `jsonBody` of @pact-foundation/pact. */
  readonly body: unknown
  /** What of the schema it does not assert. */
  readonly unsupported: readonly Unsupported[]
}

export interface PactBodyOptions {
  /** A value to show in the pact; else one that the schema documents, or one that is made. */
  readonly example?: unknown
  readonly documents?: Readonly<Record<string, unknown>>
}

/** The matchers of a TypeBox schema (or any JSON Schema 2020-12). Members that may be absent are left out. */
export function pactBody(schema: unknown, options: PactBodyOptions = {}): PactBody {
  const { rules, example, unsupported } = compileMatchers(schema, { direction: 'response', ...options })
  const limits = [...unsupported]
  return { body: template(toPlain(example), '$', rules, limits), unsupported: limits }
}

/**
 * The matchers of an operation's documented response.
 * @throws RangeError where the docs show no body for the status
 */
export function pactResponseBody(
  operation: Operation,
  status: string,
  documents: Readonly<Record<string, unknown>> = {},
): PactBody {
  const media = operation.responses.find((response) => response.status === status)?.content[0]
  if (media?.schema === undefined)
    throw new RangeError(`The docs of ${operation.operationId} show no body for status ${status}`)
  const text = exampleOf(media)
  return pactBody(media.schema, { documents, ...(text === undefined ? {} : { example: parseExact(text) }) })
}

function template(value: unknown, path: string, rules: Rules, limits: Unsupported[]): unknown {
  const list = rules[path]
  if (Array.isArray(value)) {
    const [first] = value
    const least = Number(list?.matchers.find(({ match }) => match === 'type')?.['min'] ?? 0)
    // eachLike would ask for one item at least, and documented lists may be empty.
    const items = first === undefined ? [] : [template(first, itemPath(path), rules, limits)]
    return Object.assign({ 'pact:matcher:type': 'type', value: items }, { min: least })
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [
      name,
      template(member, memberPath(path, name), rules, limits),
    ])
    return Object.fromEntries(members)
  }
  return scalar(value, path, list, limits)
}

function scalar(value: unknown, path: string, list: RuleList | undefined, limits: Unsupported[]): unknown {
  const names = list?.matchers.map(({ match }) => match) ?? []
  if (list?.combine === 'OR') {
    const message = `${path} may be of several types, for which @pact-foundation/pact has no matcher`
    limits.push({ pointer: path, keyword: 'type', message, scope: 'keyword' })
  }
  const pattern = list?.matchers.find(({ match }) => match === 'regex')?.['regex']
  if (typeof value === 'string' && typeof pattern === 'string') return MatchersV3.regex(pattern, value)
  if (typeof value === 'number')
    return names.includes('integer') ? MatchersV3.integer(value) : MatchersV3.number(value)
  if (typeof value === 'boolean') return MatchersV3.boolean(value)
  return typeof value === 'string' ? MatchersV3.string(value) : MatchersV3.nullValue()
}
