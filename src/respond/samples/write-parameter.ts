import { isObject } from '../../operation/json-object.js'
import { isLosslessNumber, stringifyExact } from '../../operation/json.js'
import type { Parameter } from '../../operation/operation.js'
import type { ParameterInput } from '../parameters/reader.js'

/** A parameter as a message carries it; only the member of its place is there. */
export interface ParameterParts {
  /** Percent-encoded. */
  readonly path?: string
  /** `name=value` pairs, encoded. */
  readonly query?: readonly string[]
  readonly header?: string
  /** `name=value` pairs. */
  readonly cookie?: readonly string[]
}

/**
 * Serialises a value by the parameter's style (OpenAPI 3.1 section 4.8.12.3). A text stands for
 * itself: it is taken as already serialised, but for the encoding.
 */
export function writeParameter(parameter: Parameter, value: unknown): ParameterParts {
  const place = parameter.in
  if (parameter.wholeQuery === true) return { query: [encodeURIComponent(scalar(value))] }
  const style = parameter.style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const explode = parameter.explode ?? style === 'form'
  if (place === 'path') return { path: segment(parameter.name, value, style, explode) }
  if (place === 'header') return { header: simple(value, explode, (text) => text) }
  const written = pairs(parameter.name, value, style, explode)
  return place === 'cookie' ? { cookie: written } : { query: written }
}

/** A message with nothing but one parameter, for its own check. */
export const messageWith = ({ name }: Parameter, parts: ParameterParts): ParameterInput => ({
  path: parts.path === undefined ? {} : { [name]: parts.path },
  query: parts.query?.join('&') ?? '',
  headers: {
    ...(parts.header !== undefined && { [name.toLowerCase()]: parts.header }),
    ...(parts.cookie !== undefined && { cookie: parts.cookie.join('; ') }),
  },
})

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (isLosslessNumber(value)) return value.value
  return value === null || value === undefined ? '' : stringifyExact(value)
}

/** `Object.entries`, but not of a number that keeps its digits. */
const membersOf = (value: unknown): [string, unknown][] | undefined =>
  isObject(value) ? Object.entries(value) : undefined

function simple(value: unknown, explode: boolean, encode: (text: string) => string): string {
  if (Array.isArray(value)) return value.map((item) => encode(scalar(item))).join(',')
  const members = membersOf(value)
  if (!members) return encode(scalar(value))
  const between = explode ? '=' : ','
  return members.map(([name, member]) => `${encode(name)}${between}${encode(scalar(member))}`).join(',')
}

function segment(name: string, value: unknown, style: string, explode: boolean): string {
  if (style === 'label') return `.${simple(value, explode, encodeURIComponent)}`
  if (style !== 'matrix') return simple(value, explode, encodeURIComponent)
  if (Array.isArray(value) && explode) {
    return value.map((item) => `;${name}=${encodeURIComponent(scalar(item))}`).join('')
  }
  const members = explode ? membersOf(value) : undefined
  if (members) return members.map(([key, member]) => `;${key}=${encodeURIComponent(scalar(member))}`).join('')
  return `;${name}=${simple(value, false, encodeURIComponent)}`
}

const DELIMITERS: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '|' }

const pair = (key: string, value: unknown): string =>
  `${encodeURIComponent(key)}=${encodeURIComponent(scalar(value))}`

function pairs(name: string, value: unknown, style: string, explode: boolean): string[] {
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => pair(name, item))
    const list = value.map((item) => encodeURIComponent(scalar(item))).join(DELIMITERS[style] ?? ',')
    return [`${encodeURIComponent(name)}=${list}`]
  }
  const members = membersOf(value)
  if (!members) return [pair(name, value)]
  if (style === 'deepObject') return members.map(([key, member]) => pair(`${name}[${key}]`, member))
  if (explode) return members.map(([key, member]) => pair(key, member))
  return [`${encodeURIComponent(name)}=${simple(value, false, encodeURIComponent)}`]
}
