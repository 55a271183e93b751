import { Value } from '@sinclair/typebox/value'
import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import { operationIdOf, uniqueName } from '../operation/operation-id.js'
import { Method, type Operation, type Parameter, type RequestBody } from '../operation/operation.js'
import { openDocument, unreadable } from './document/open-document.js'
import { at, elements, member, type Place, root, sourceOf, textMember } from './document/place.js'
import { type Report, reporter } from './document/report.js'
import { Schemes } from './postman/auth.js'
import { readBody } from './postman/body.js'
import { readSaved } from './postman/saved-responses.js'
import { descriptionOf, parameter, readUrl, valueText } from './postman/url.js'
import { readVariables, type Variables } from './postman/variables.js'
import type { SourceDocument } from './document/source-document.js'
import type { SourceFile } from './source-file.js'

interface Surroundings {
  readonly variables: Variables
  readonly schemes: Schemes
  readonly report: Report
  readonly ids: Set<string>
}

/** Whether a parsed document is a Postman collection of the format 2.0 or 2.1. */
export const isPostmanCollection = (value: unknown): boolean =>
  Array.isArray(member(value, 'item')) && isObject(member(value, 'info'))

/** The collection itself: Postman's API wraps it in an object of its own. */
function collectionIn(document: SourceDocument): Place | undefined {
  const top = root(document)
  return [top, at(top, 'collection')].find(({ value }) => isPostmanCollection(value))
}

/**
 * Reads a Postman collection (format 2.0 and 2.1, https://schema.postman.com). Folders become tags; saved
 * responses become examples, and their requests examples of the same names. Schemas of bodies are left to
 * be inferred. Throws `STANDIN_ERR_SOURCE_UNREADABLE` where the file is no collection.
 */
export function readPostman(file: SourceFile): ApiDescription {
  const { document, findings: found } = openDocument(file)
  const findings = [...found()]
  const collection = collectionIn(document)
  if (collection === undefined) {
    const message = 'It is no Postman collection of format 2.x: the top level needs "info" and a list "item".'
    throw unreadable(file.path, file.text, { offset: 0, message })
  }
  const report = reporter(findings)
  const schemes = new Schemes(report)
  const surroundings = { variables: readVariables(collection), schemes, report, ids: new Set<string>() }
  const operations = readItems(surroundings, collection, [], authOf(collection))
  const info = member(collection.value, 'info')
  const summary = descriptionOf(info)
  const version = textMember(info, 'version')
  document.release()
  return {
    title: textMember(info, 'name') ?? file.path,
    ...(version !== undefined && { version }),
    ...(summary !== undefined && { summary }),
    operations,
    securitySchemes: schemes.found,
    documents: {},
    findings,
  }
}

/** Requests of a folder. What the folder demands of them holds unless they say it themselves. */
function readItems(
  surroundings: Surroundings,
  folder: Place,
  tags: readonly string[],
  auth: Place | undefined,
): Operation[] {
  return elements(at(folder, 'item')).flatMap((item) => {
    const own = authOf(item) ?? auth
    if (Array.isArray(member(item.value, 'item'))) {
      const name = textMember(item.value, 'name')
      return readItems(surroundings, item, name === undefined ? tags : [...tags, name], own)
    }
    const request = at(item, 'request')
    if (typeof request.value === 'string' || isObject(request.value)) {
      return readRequest(surroundings, item, request, tags, authOf(request) ?? own)
    }
    surroundings.report('invalid-operation', 'error', 'An item needs a "request" or items of its own.', item)
    return []
  })
}

function authOf(holder: Place): Place | undefined {
  const auth = at(holder, 'auth')
  return isObject(auth.value) ? auth : undefined
}

function readRequest(
  { variables, schemes, report, ids }: Surroundings,
  item: Place,
  request: Place,
  tags: readonly string[],
  auth: Place | undefined,
): Operation[] {
  const method = (textMember(request.value, 'method') ?? 'GET').toUpperCase()
  if (!Value.Check(Method, method)) {
    report(
      'unknown-method',
      'warning',
      `"${method}" is no method that is understood; it is left out.`,
      request,
    )
    return []
  }
  const url = typeof request.value === 'string' ? request : at(request, 'url')
  const { path, parameters } = readUrl(url, variables)
  const { responses, bodies, exchanges } = readSaved(item, path, variables, report)
  const own = isObject(request.value) ? readBody(request, 'default', variables, report) : undefined
  const requestBody = [...(own === undefined ? [] : [own]), ...bodies].reduce<RequestBody | undefined>(
    joined,
    undefined,
  )
  const security = schemes.requirements(auth)
  const summary = textMember(item.value, 'name')
  const description = descriptionOf(request.value) ?? descriptionOf(item.value)
  const source = sourceOf(item)
  return [
    {
      operationId: uniqueName(operationIdOf(method, path), ids),
      method,
      path,
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      ...(tags.length > 0 && { tags: [...tags] }),
      parameters: [...parameters, ...headerParameters(request, variables)],
      ...(requestBody !== undefined && { requestBody }),
      responses,
      ...(security !== undefined && { security }),
      ...(exchanges.length > 0 && { exchanges }),
      resultCodes: [],
      links: [],
      source,
      sources: [source],
    },
  ]
}

/** One body of two: their media types, and of each all examples. */
function joined(first: RequestBody | undefined, second: RequestBody): RequestBody {
  if (first === undefined) return second
  const content = [...first.content]
  for (const added of second.content) {
    const index = content.findIndex(({ mediaType }) => mediaType === added.mediaType)
    const known = content[index]
    if (known === undefined) content.push(added)
    else content[index] = { ...known, examples: [...known.examples, ...added.examples] }
  }
  return { ...first, content }
}

/** These are said by the body, by the responses and by `auth`. */
const SAID_ELSEWHERE = new Set([
  'accept',
  'content-type',
  'content-length',
  'authorization',
  'cookie',
  'host',
])

const headerParameters = (request: Place, variables: Variables): Parameter[] =>
  elements(at(request, 'header')).flatMap((row) => {
    const name = textMember(row.value, 'key')?.trim()
    if (name === undefined || name === '' || SAID_ELSEWHERE.has(name.toLowerCase())) return []
    return [parameter('header', name, row, undefined, valueText(row.value, variables))]
  })
