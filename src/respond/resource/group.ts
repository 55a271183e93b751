import type { Method, Operation } from '../../operation/operation.js'
import { type Located, locate } from '../schema/located.js'
import { idMember } from './identity.js'
import { nounOf, parameterNames } from './names.js'
import { bodyOf, takesPatch } from './request-body.js'
import type { Action, Resource, ResourceOperation } from './resource.js'
import type { Found, Shapes } from './shape.js'
import { successOf } from './success.js'

/** The operations of one collection, before it is known whether they form a resource. */
export interface Group {
  /** Of the collection, as the first operation has it. */
  readonly path: string
  readonly collection: Operation[]
  readonly items: Operation[]
}

/** What the operations of a group show of their items. */
interface Seen {
  readonly id: string
  readonly item: Located
}

/** The resource that a group forms; undefined where it does not evidently form one. */
export function resourceOf(
  { path, collection, items }: Group,
  shapes: Shapes,
): Omit<Resource, 'collection'> | undefined {
  const noun = nounOf(path)
  const all = [...collection, ...items]
  if (noun === '' || all.length < 2 || all.every(({ method }) => method === 'GET')) return undefined
  const [read, list] = [by(items, 'GET'), by(collection, 'GET')]
  const seen = whatIsRead(read, noun, shapes) ?? whatIsListed(list, items[0], noun, shapes)
  if (!seen) return undefined

  const known = { noun, shapes, ...seen }
  const found = [
    list && itemsShown(list, known),
    create(by(collection, 'POST'), known),
    read && reading(read, known),
    change(by(items, 'PUT'), 'replace', known),
    change(by(items, 'PATCH'), 'patch', known),
    deleting(by(items, 'DELETE'), known),
    replaceByBody(by(collection, 'PUT'), known),
  ].filter((one) => one !== undefined)
  // A change that is not understood would be contradicted by what is read afterwards.
  const written = [by(collection, 'POST'), by(items, 'PUT'), by(items, 'PATCH'), by(items, 'DELETE')]
  if (written.some((one) => one && !found.some(({ operation }) => operation === one))) return undefined
  const shows = found.some(({ action }) => action === 'read' || action === 'list')
  const changes = found.some(({ action }) => action !== 'read' && action !== 'list')
  return shows && changes ? { path, id: seen.id, operations: found } : undefined
}

const by = (operations: readonly Operation[], method: Method): Operation | undefined =>
  operations.find((one) => one.method === method)

interface Known extends Seen {
  readonly noun: string
  readonly shapes: Shapes
}

function whatIsRead(read: Operation | undefined, noun: string, shapes: Shapes): Seen | undefined {
  const success = read && successOf(read, 'read')
  if (!read || !success?.schema) return undefined
  const parameter = itemParameter(read)
  let id: string | undefined
  const found = shapes.item(success.schema, noun, (item) => {
    id = idMember(item, parameter, noun, shapes)
    return id !== undefined
  })
  return found && id !== undefined ? { id, item: found.item } : undefined
}

function whatIsListed(
  list: Operation | undefined,
  item: Operation | undefined,
  noun: string,
  shapes: Shapes,
): Seen | undefined {
  const success = list && successOf(list, 'list')
  if (!success?.schema) return undefined
  const idOf = (one: Located): string | undefined => idMember(one, item && itemParameter(item), noun, shapes)
  const found = shapes.list(success.schema, noun, (one) => idOf(one) !== undefined)
  const id = found && idOf(found.item)
  return found && id !== undefined ? { id, item: found.item } : undefined
}

/** The last parameter of an item's path. */
function itemParameter({ path, parameters }: Operation): { name: string; schema: Located } {
  const name = path.slice(path.lastIndexOf('{') + 1, -1)
  const described = parameters.find((one) => one.in === 'path' && one.name === name)
  return { name, schema: locate(described?.schema ?? true) }
}

function itemsShown(list: Operation, { noun, shapes, id }: Known): ResourceOperation | undefined {
  const schema = successOf(list, 'list')?.schema
  const found = schema && shapes.list(schema, noun, (item) => shapes.members(item).has(id))
  return found && ofCollection(list, 'list', found)
}

function reading(read: Operation, known: Known): ResourceOperation | undefined {
  const found = itemShown(read, 'read', known)
  return found && ofItem(read, 'read', found)
}

function create(operation: Operation | undefined, known: Known): ResourceOperation | undefined {
  const success = operation && successOf(operation, 'create')
  if (!operation || !success) return undefined
  const { shapes, noun, id } = known
  const hasId = (item: Located): boolean => shapes.members(item).has(id)
  const found = itemShown(operation, 'create', known)
  // A search by POST answers with a list.
  if (!found && success.schema && shapes.list(success.schema, noun, hasId)) return undefined
  const body = bodyOf(operation, known.item, noun, shapes)
  if (!body) {
    // What takes no item makes one only where it shows the new one.
    return operation.requestBody || !found ? undefined : ofCollection(operation, 'create', found)
  }
  const isCreated = found !== undefined || success.status === 201 || body.isAlike
  return isCreated ? ofCollection(operation, 'create', found, body.tokens) : undefined
}

function change(
  operation: Operation | undefined,
  action: 'replace' | 'patch',
  known: Known,
): ResourceOperation | undefined {
  if (!operation || !successOf(operation, action)) return undefined
  const body = bodyOf(operation, known.item, known.noun, known.shapes)
  if (body ? !body.isAlike : !(action === 'patch' && takesPatch(operation))) return undefined
  return ofItem(operation, action, itemShown(operation, action, known), body?.tokens)
}

const deleting = (operation: Operation | undefined, known: Known): ResourceOperation | undefined =>
  operation && successOf(operation, 'delete')
    ? ofItem(operation, 'delete', itemShown(operation, 'delete', known))
    : undefined

/** `PUT /pet`, which says in its body which pet. */
function replaceByBody(operation: Operation | undefined, known: Known): ResourceOperation | undefined {
  const { item, noun, shapes, id } = known
  const body = operation && successOf(operation, 'replace') && bodyOf(operation, item, noun, shapes)
  if (!body || !body.names.includes(id)) return undefined
  return ofCollection(operation, 'replace', itemShown(operation, 'replace', known), body.tokens)
}

function itemShown(operation: Operation, action: Action, { noun, shapes, id }: Known): Found | undefined {
  const schema = successOf(operation, action)?.schema
  return schema && shapes.item(schema, noun, (item) => shapes.members(item).has(id))
}

const ofCollection = (
  operation: Operation,
  action: Action,
  found: Found | undefined,
  body: readonly string[] = [],
): ResourceOperation => ({
  operation,
  action,
  parents: parameterNames(operation.path),
  parameter: undefined,
  shown: found?.tokens,
  body,
})

const ofItem = (
  operation: Operation,
  action: Action,
  found: Found | undefined,
  body?: readonly string[],
): ResourceOperation => {
  const all = ofCollection(operation, action, found, body)
  return { ...all, parents: all.parents.slice(0, -1), parameter: all.parents.at(-1) }
}
