import { isObject } from '../../operation/json-object.js'
import { operationIdOf, uniqueName } from '../../operation/operation-id.js'
import { addLate } from '../../operation/late.js'
import { Method, type Operation } from '../../operation/operation.js'
import { Value } from '@sinclair/typebox/value'
import { at, elements, flagMember, members, type Place, textMember } from '../document/place.js'
import { OperationDetails, type Surroundings } from './details.js'
import { deref, type Reading } from './reading.js'
import { basePathOf } from './servers.js'

/**
 * The operations of a document. Each is read as far as it has to be to know a request for it; what it says
 * beyond that is read when it is asked for.
 */
export function readOperations(surroundings: Surroundings): Operation[] {
  return members(at(surroundings.document, 'paths')).flatMap(({ key: path, place }) =>
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
    if (Value.Check(Method, method)) {
      // OpenAPI has no reference here, but authors of split descriptions write it, and bundlers take it.
      const isReference = textMember(place.value, '$ref') !== undefined
      const operation = isReference ? deref(reading, place) : place
      return operation === undefined ? [] : [{ method, operation }]
    }
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
  surroundings: Surroundings,
  writtenPath: string,
  item: Place,
  method: Method,
  place: Place,
): Operation {
  const { reading, document, reports, basePath, ids, unread } = surroundings
  const { value } = place
  const path = pathOf(reading, writtenPath, basePath ?? basePathOf(reading, document, item, place), place)
  const bodyStep = reports.reserve()
  const operationId = idOf(reading, method, path, place, ids)
  const details = new OperationDetails(surroundings, { path, item, place }, bodyStep, reports.reserve())
  unread.add(details)
  const summary = textMember(value, 'summary') ?? textMember(item.value, 'summary')
  const description = textMember(value, 'description') ?? textMember(item.value, 'description')
  const deprecated = flagMember(value, 'deprecated')
  const tags = elements(at(place, 'tags')).map((tag) => String(tag.value))
  const head: Partial<Operation> = {
    operationId,
    method,
    path,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    ...(tags.length > 0 && { tags }),
    resultCodes: [],
  }
  addLate<Operation>(head, details, details.names)
  return head
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
