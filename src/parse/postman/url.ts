import { Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import type { Parameter } from '../../operation/operation.js'
import { at, elements, member, type Place, sourceOf, textMember } from '../document/place.js'
import { substitute, type Variables } from './variables.js'

export interface Address {
  /** In OpenAPI form, without host. */
  readonly path: string
  readonly parameters: Parameter[]
}

/** A request's URL: a text, or an object that spells it out beside the text. */
export function readUrl(url: Place, variables: Variables): Address {
  const raw = typeof url.value === 'string' ? url.value : textMember(url.value, 'raw')
  const parts = at(url, 'path')
  const written = raw ?? (Array.isArray(parts.value) ? parts.value.map(segmentText).join('/') : '')
  const [address = '', query = ''] = withoutFragment(written).split(/\?(.*)/s)
  const path = openApiPath(raw === undefined ? `/${address}` : withoutHost(address, variables), variables)
  return {
    path,
    parameters: [...pathParameters(path, url, variables), ...queryParameters(query, url, variables)],
  }
}

const segmentText = (segment: unknown): string =>
  typeof segment === 'string' ? segment : (textMember(segment, 'value') ?? '')

const withoutFragment = (text: string): string => text.trim().replace(/#.*$/s, '')

/** What stands after the host. A variable at the start is the host, and may hold a base path, too. */
function withoutHost(address: string, variables: Variables): string {
  const leading = /^\{\{[^{}]*\}\}/.exec(address)?.[0]
  const filled =
    leading === undefined ? address : substitute(leading, variables) + address.slice(leading.length)
  const scheme = /^(?:[a-z][a-z\d+.-]*|\{\{[^{}]*\}\}):\/\//i.exec(filled)?.[0]
  const rest = filled.slice(scheme?.length ?? 0)
  if (scheme === undefined && rest.startsWith('/')) return rest
  const slash = rest.indexOf('/')
  return slash === -1 ? '/' : rest.slice(slash)
}

/** `:id` and a variable that is a whole segment are path parameters; other variables have their values. */
function openApiPath(path: string, variables: Variables): string {
  const segments = path.split('/').map((segment) => {
    const whole = /^(?::([^/:]+)|\{\{([^{}]+)\}\})$/.exec(segment)
    const name = whole?.[1] ?? whole?.[2]?.trim()
    if (name !== undefined) return `{${name}}`
    return substitute(segment, variables).replaceAll('{{', '{').replaceAll('}}', '}')
  })
  const joined = segments.join('/').replaceAll(/\/{2,}/g, '/')
  return joined.startsWith('/') ? joined : `/${joined}`
}

function pathParameters(path: string, url: Place, variables: Variables): Parameter[] {
  const described = elements(at(url, 'variable'))
  return Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => {
    const row = described.find(({ value }) => (textMember(value, 'key') ?? textMember(value, 'id')) === name)
    const example = valueText(row?.value, variables) ?? variables.get(name)
    return parameter('path', name, row ?? url, true, example)
  })
}

function queryParameters(query: string, url: Place, variables: Variables): Parameter[] {
  const rows = elements(at(url, 'query')).filter(({ value }) => isObject(value))
  if (rows.length > 0) {
    return rows.flatMap((row) => {
      const name = textMember(row.value, 'key')
      return name === undefined || name === ''
        ? []
        : [parameter('query', name, row, undefined, valueText(row.value, variables))]
    })
  }
  return [...new URLSearchParams(query)].map(([name, value]) =>
    parameter('query', name, url, undefined, substitute(value, variables)),
  )
}

/** The value of a row with its variables filled in; undefined where it is empty or unknown. */
export function valueText(row: unknown, variables: Variables): string | undefined {
  const value = member(row, 'value')
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
  const filled = substitute(String(value), variables)
  return filled === '' || /\{\{.*\}\}/s.test(filled) ? undefined : filled
}

/** A row's description is a text, or an object around one. */
export function descriptionOf(value: unknown): string | undefined {
  const text = textMember(value, 'description') ?? textMember(member(value, 'description'), 'content')
  return text === '' ? undefined : text
}

export function parameter(
  where: Parameter['in'],
  name: string,
  row: Place,
  required: boolean | undefined,
  example: string | undefined,
): Parameter {
  const description = descriptionOf(row.value)
  return {
    in: where,
    name,
    ...(required !== undefined && { required }),
    ...(description !== undefined && { description }),
    schema: Type.String(),
    ...(example !== undefined && { example }),
    source: sourceOf(row),
  }
}
