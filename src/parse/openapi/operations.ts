import { isObject } from '../../operation/json-object.js'
import { operationIdOf, uniqueName } from '../../operation/operation-id.js'
import { type Link, Method, type Operation } from '../../operation/operation.js'
import type { SecurityScheme } from '../../operation/description.js'
import { Value } from '@sinclair/typebox/value'
import { parameterPlaces, readParameters } from './parameters.js'
import {
  at,
  elements,
  flagMember,
  member,
  members,
  type Place,
  sourceOf,
  textMember,
} from '../document/place.js'
import { deref, type Reading } from './reading.js'
import { readRequestBody, readSwagger2Body } from './request-body.js'
import { readResponses } from './responses.js'
import { readSecurity } from './security.js'
import { basePathOf } from './servers.js'

/** What all operations of one document have in common. */
interface Surroundings {
  readonly reading: Reading
  readonly document: Place
  readonly schemes: Readonly<Record<string, SecurityScheme>>
  /** Replaces the base path that the description gives. */
  readonly basePath: string | undefined
  readonly ids: Set<string>
}

export function readOperations(
  reading: Reading,
  document: Place,
  schemes: Readonly<Record<string, SecurityScheme>>,
  basePath: string | undefined,
): Operation[] {
  const surroundings = { reading, document, schemes, basePath, ids: new Set<string>() }
  return members(at(document, 'paths')).flatMap(({ key: path, place }) =>
    path.startsWith('x-') ? [] : readPath(surroundings, path, place),
  )
}

function readPath(surroundings: Surroundings, path: string, place: Place): Operation[] {
  const { reading } = surroundings
  const isReference = textMember(place.value, '$ref') !== undefined
  if (!isObject(place.value)) {
    reading.report(
      'invalid-path-item',
      'error',
      `What "${path}" holds must be an object; it is left out.`,
      place,
    )
    return []
  }
  const target = deref(reading, place)
  // A path item may have operations of its own beside a reference.
  const items = isReference && target !== undefined ? [target, place] : [target ?? place]
  return items.flatMap((item) =>
    operationsIn(reading, item).flatMap(({ method, operation }) => {
      if (isObject(operation.value)) return [readOperation(surroundings, path, item, method, operation)]
      const message = `The operation ${method} ${path} must be an object; it is left out.`
      reading.report('invalid-operation', 'error', message, operation)
      return []
    }),
  )
}

function operationsIn(reading: Reading, item: Place): { method: Method; operation: Place }[] {
  const listed = [...members(item), ...members(at(item, 'additionalOperations'))]
  return listed.flatMap(({ key, place }) => {
    const method = key.toUpperCase()
    if (Value.Check(Method, method)) return [{ method, operation: place }]
    const isKnown = /^(?:x-|\$ref$|summary$|description$|servers$|parameters$|additionalOperations$)/.test(
      key,
    )
    if (!isKnown) {
      reading.report(
        'unknown-method',
        'warning',
        `"${key}" is no method that is understood; it is left out.`,
        place,
      )
    }
    return []
  })
}

function readOperation(
  { reading, document, schemes, basePath, ids }: Surroundings,
  writtenPath: string,
  item: Place,
  method: Method,
  place: Place,
): Operation {
  const { value } = place
  const path = pathOf(reading, writtenPath, basePath ?? basePathOf(reading, document, item, place), place)
  const places = parameterPlaces(reading, item, place)
  const requestBody =
    reading.dialect === '2.0'
      ? readSwagger2Body(reading, places, mediaTypes(document, place, 'consumes'))
      : readRequestBody(reading, place)
  const security = readSecurity(reading, document, place, schemes)
  const summary = textMember(value, 'summary') ?? textMember(item.value, 'summary')
  const description = textMember(value, 'description') ?? textMember(item.value, 'description')
  const deprecated = flagMember(value, 'deprecated')
  const tags = elements(at(place, 'tags')).map((tag) => String(tag.value))
  const source = sourceOf(place)
  return {
    operationId: idOf(reading, method, path, place, ids),
    method,
    path,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    ...(tags.length > 0 && { tags }),
    parameters: readParameters(reading, places, path, place),
    ...(requestBody !== undefined && { requestBody }),
    responses: readResponses(reading, place, mediaTypes(document, place, 'produces')),
    ...(security !== undefined && { security }),
    resultCodes: [],
    links: linksOf(place),
    source,
    sources: [source],
  }
}

/** Base path and path. Query and fragment, which have no place in a path, are cut off and said. */
function pathOf({ report }: Reading, written: string, basePath: string, place: Place): string {
  const path = written.replace(/[?#].*$/s, '')
  if (path !== written) {
    report(
      'path-with-query',
      'warning',
      `The path "${written}" is served as "${path}", without its query.`,
      place,
    )
  }
  if (path.startsWith('/')) return basePath + path
  report('path-without-slash', 'warning', `The path "${written}" is served as "/${path}".`, place)
  return `${basePath}/${path}`
}

function idOf({ report }: Reading, method: Method, path: string, place: Place, ids: Set<string>): string {
  const written = textMember(place.value, 'operationId')
  if (written === undefined || written === '') return uniqueName(operationIdOf(method, path), ids)
  const id = uniqueName(written, ids)
  if (id !== written) {
    const message = `The operationId "${written}" is taken by an operation before; this one is "${id}".`
    report('duplicate-operation-id', 'error', message, at(place, 'operationId'))
  }
  return id
}

/** 2.0's `produces` or `consumes`: those of the operation replace those of the document. */
function mediaTypes(document: Place, operation: Place, key: 'produces' | 'consumes'): string[] {
  const own = member(operation.value, key)
  const list = Array.isArray(own) ? own : member(document.value, key)
  return Array.isArray(list) ? list.filter((type): type is string => typeof type === 'string') : []
}

function linksOf(place: Place): Link[] {
  const docs = at(place, 'externalDocs')
  const href = textMember(docs.value, 'url')
  if (href === undefined) return []
  return [{ text: textMember(docs.value, 'description') ?? href, href, source: sourceOf(docs) }]
}
