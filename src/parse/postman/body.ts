import { type TSchema, Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import { isJson } from '../../operation/media-type.js'
import { parseExact } from '../../operation/json.js'
import type { Example, MediaType, Parameter, RequestBody } from '../../operation/operation.js'
import { at, elements, member, type Place, sourceOf, textMember } from '../document/place.js'
import type { Report } from '../document/report.js'
import { parameter, valueText } from './url.js'
import { substitute, type Variables } from './variables.js'

const LANGUAGES: Record<string, string> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  javascript: 'application/javascript',
  text: 'text/plain',
}

export const mediaTypeOfLanguage = (language: string | undefined): string | undefined =>
  language === undefined || !Object.hasOwn(LANGUAGES, language) ? undefined : LANGUAGES[language]

/** The body of a request, and what it shows, as an example of the given name. */
export function readBody(
  request: Place,
  name: string,
  variables: Variables,
  report: Report,
): RequestBody | undefined {
  const body = at(request, 'body')
  if (!isObject(body.value) || body.value['disabled'] === true) return undefined
  switch (textMember(body.value, 'mode')) {
    case 'raw':
      return rawBody(request, body, name, variables, report)
    case 'urlencoded':
      return formBody(at(body, 'urlencoded'), 'application/x-www-form-urlencoded', name, variables)
    case 'formdata':
      return formBody(at(body, 'formdata'), 'multipart/form-data', name, variables)
    case 'graphql':
      return graphqlBody(at(body, 'graphql'), name)
    case 'file':
      return { content: [{ mediaType: 'application/octet-stream', examples: [] }], source: sourceOf(body) }
    default:
      return undefined
  }
}

function rawBody(
  request: Place,
  body: Place,
  name: string,
  variables: Variables,
  report: Report,
): RequestBody | undefined {
  const raw = at(body, 'raw')
  if (typeof raw.value !== 'string' || raw.value.trim() === '') return undefined
  const text = substitute(raw.value, variables)
  const language = at(at(at(body, 'options'), 'raw'), 'language').value
  const mediaType =
    headerOf(request, 'content-type') ??
    mediaTypeOfLanguage(typeof language === 'string' ? language : undefined) ??
    (isStrictJson(text) ? 'application/json' : 'text/plain')
  return {
    content: [{ mediaType, examples: [exampleOf(name, mediaType, text, raw, report)] }],
    source: sourceOf(body),
  }
}

/** An example of a text as it stands. What should be JSON and is not is kept as text, and said. */
export function exampleOf(
  name: string,
  mediaType: string,
  text: string,
  place: Place,
  report: Report,
): Example {
  const isText = isJson(mediaType) && !isStrictJson(text)
  if (isText) {
    const message = `The example "${name}" is not valid JSON, though its media type is ${mediaType}.`
    report('sample-not-json', 'warning', message, place)
  }
  return {
    name,
    mediaType,
    text,
    origin: isText ? 'text' : 'documented',
    repairs: [],
    source: sourceOf(place),
  }
}

function isStrictJson(text: string): boolean {
  try {
    parseExact(text)
    return true
  } catch {
    return false
  }
}

/** A header's value, parameters of a media type included. `header` is a list, or in old collections a text. */
export function headerOf(holder: Place, name: string): string | undefined {
  const { value } = at(holder, 'header')
  if (typeof value === 'string') {
    const line = value.split(/\r?\n/).find((row) => row.toLowerCase().startsWith(`${name}:`))
    return line?.slice(name.length + 1).trim()
  }
  const row = elements(at(holder, 'header')).find(
    ({ value }) => textMember(value, 'key')?.toLowerCase() === name && member(value, 'disabled') !== true,
  )
  const text = textMember(row?.value, 'value')?.trim()
  return text === undefined || text === '' || text.includes('{{') ? undefined : text
}

function formBody(rows: Place, mediaType: string, name: string, variables: Variables): RequestBody {
  const properties: Record<string, TSchema> = {}
  const parameters: Parameter[] = []
  const shown: [string, string][] = []
  for (const row of elements(rows)) {
    const key = textMember(row.value, 'key')
    if (key === undefined || key === '') continue
    const isFile = textMember(row.value, 'type') === 'file'
    const one = isFile ? Type.String({ format: 'binary' }) : Type.String()
    const isRepeated = Object.hasOwn(properties, key)
    properties[key] = Type.Optional(isRepeated ? Type.Array(one) : one)
    const example = isFile ? undefined : valueText(row.value, variables)
    if (!isRepeated) parameters.push(parameter('body', key, row, undefined, example))
    if (example !== undefined && member(row.value, 'disabled') !== true) shown.push([key, example])
  }
  const isUrlencoded = mediaType === 'application/x-www-form-urlencoded'
  const examples: Example[] =
    isUrlencoded && shown.length > 0
      ? [
          {
            name,
            mediaType,
            text: new URLSearchParams(shown).toString(),
            origin: 'documented',
            repairs: [],
            source: sourceOf(rows),
          },
        ]
      : []
  const content: MediaType[] = [{ mediaType, schema: Type.Object(properties), examples }]
  return { content, parameters, source: sourceOf(rows) }
}

/** GraphQL over HTTP: the query, and its variables, which the collection keeps as JSON text. */
function graphqlBody(graphql: Place, name: string): RequestBody {
  const query = textMember(graphql.value, 'query') ?? ''
  const variables = textMember(graphql.value, 'variables')?.trim() ?? ''
  const isGiven = variables !== '' && isStrictJson(variables)
  const text = `{"query":${JSON.stringify(query)}${isGiven ? `,"variables":${variables}` : ''}}`
  const mediaType = 'application/json'
  const schema = Type.Object({ query: Type.String(), variables: Type.Optional(Type.Unknown()) })
  const example: Example = {
    name,
    mediaType,
    text,
    origin: 'documented',
    repairs: [],
    source: sourceOf(graphql),
  }
  return { content: [{ mediaType, schema, examples: [example] }], source: sourceOf(graphql) }
}
