import { Type } from '@sinclair/typebox'
import { isObject } from '../../operation/json-object.js'
import { uniqueName } from '../../operation/operation-id.js'
import type { Example, Exchange, RequestBody, Response, ResponseHeader } from '../../operation/operation.js'
import { at, elements, member, type Place, sourceOf, textMember } from '../document/place.js'
import type { Report } from '../document/report.js'
import { exampleOf, headerOf, mediaTypeOfLanguage, readBody } from './body.js'
import { readShown } from './shown-request.js'
import type { Variables } from './variables.js'

export interface Saved {
  readonly responses: Response[]
  /** Bodies of the requests that they answered, with examples of the same names. */
  readonly bodies: RequestBody[]
  /** Which request each of them answered. */
  readonly exchanges: Exchange[]
}

/** The examples saved with a request to `path`: one response for each status, one example for each saved reply. */
export function readSaved(item: Place, path: string, variables: Variables, report: Report): Saved {
  const responses = new Map<string, Response>()
  const bodies: RequestBody[] = []
  const exchanges: Exchange[] = []
  const names = new Set<string>()
  for (const saved of elements(at(item, 'response'))) {
    if (!isObject(saved.value)) continue
    const name = uniqueName(textMember(saved.value, 'name') ?? 'default', names)
    const code = member(saved.value, 'code')
    const status = String(typeof code === 'number' ? code : 200)
    if (!/^[1-5]\d\d$/.test(status)) {
      report(
        'invalid-status',
        'error',
        `"${status}" is no HTTP status; the example "${name}" is left out.`,
        saved,
      )
      continue
    }
    const response = responses.get(status) ?? startResponse(status, saved)
    responses.set(status, response)
    const example = addExample(response, name, saved, report)
    const original = at(saved, 'originalRequest')
    const shown = readShown(at(original, 'url'), path, variables)
    if (shown) exchanges.push({ ...shown, status, ...(example && { example: example.source, name }) })
    const body = isObject(original.value) ? readBody(original, name, variables, report) : undefined
    if (body !== undefined) bodies.push(body)
  }
  return { responses: [...responses.values()], bodies, exchanges }
}

function startResponse(status: string, saved: Place): Response {
  const description = textMember(saved.value, 'status')
  return {
    status,
    ...(description !== undefined && description !== '' && { description }),
    headers: headersOf(saved),
    content: [],
    source: sourceOf(saved),
  }
}

/** Headers of the connection, the server and the body, which say nothing of the API. */
const INCIDENTAL =
  /^(?:content-(?:type|length|encoding)|connection|keep-alive|transfer-encoding|date|server|via|vary|etag|alt-svc|set-cookie|cf-.*|x-powered-by|strict-transport-security|access-control-.*)$/i

const headersOf = (saved: Place): ResponseHeader[] =>
  elements(at(saved, 'header')).flatMap(({ value }) => {
    const name = textMember(value, 'key')
    if (name === undefined || name === '' || INCIDENTAL.test(name)) return []
    const example = textMember(value, 'value')
    return [{ name, schema: Type.String(), ...(example !== undefined && { example }) }]
  })

function addExample(response: Response, name: string, saved: Place, report: Report): Example | undefined {
  const body = at(saved, 'body')
  if (typeof body.value !== 'string' || body.value === '') return undefined
  const mediaType =
    headerOf(saved, 'content-type') ??
    mediaTypeOfLanguage(textMember(saved.value, '_postman_previewlanguage')) ??
    (/^\s*[{[]/.test(body.value) ? 'application/json' : 'text/plain')
  let content = response.content.find((known) => known.mediaType === mediaType)
  if (content === undefined) {
    content = { mediaType, examples: [] }
    response.content.push(content)
  }
  const example = exampleOf(name, mediaType, body.value, body, report)
  content.examples.push(example)
  return example
}
